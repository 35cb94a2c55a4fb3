import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { judgeRun } from '../verdict/judge-run.ts'
import { handmadeWorld } from './handmade-server-fixture.ts'
import { failing, judgeHandmade } from './judge-handmade-fixture.ts'

const world = handmadeWorld(60)

// Drops the connection of the requests whose place in the run is chosen.
function dropping(drops: (place: number, target: string) => boolean) {
  let seen = 0
  return {
    listRoutes: 20,
    instead({ url = '' }: IncomingMessage, response: ServerResponse) {
      seen += 1
      if (!drops(seen, url)) return false
      response.destroy()
      return true
    },
  }
}

test('a target that goes down during the run ends it as a problem of the set-up', async () => {
  const record = await judgeHandmade(
    world,
    dropping((place) => place > 150),
    { runs: 0 },
  )
  expect(record.obstacle?.problem).toMatch(/^The target went down during the run/)
  expect(failing(record)).toEqual([])
  const how = { strict: false, requireConclusive: false }
  expect(judgeRun(record.outcomes, how, { obstacle: record.obstacle?.problem }).exitCode).toBe(3)
})

test('a target that drops some requests is judged by them', async () => {
  const record = await judgeHandmade(
    world,
    dropping((_, target) => target.includes('limit=0')),
    { only: ['pagination', 'hostile-input'], runs: 0 },
  )
  expect(record.obstacle).toBeUndefined()
  expect(failing(record)).toContain('INP-01')
})
