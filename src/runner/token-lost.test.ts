import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { judgeRun } from '../verdict/judge-run.ts'
import { handmadeWorld } from './handmade-server-fixture.ts'
import { failing, judgeHandmade } from './judge-handmade-fixture.ts'

const world = handmadeWorld(60)
const how = { strict: false, requireConclusive: false }

// Refuses the token from some request on, or for some requests alone.
function refusing(refuses: (place: number, target: string) => boolean, more = {}) {
  let seen = 0
  return {
    listRoutes: 20,
    ...more,
    instead: ({ url = '', headers }: IncomingMessage, response: ServerResponse) => {
      seen += 1
      if (headers.authorization === undefined || !refuses(seen, url)) return false
      response
        .writeHead(401, { 'content-type': 'application/json', 'www-authenticate': 'Bearer' })
        .end('{"type":"error","error":{"type":"authentication_error","message":"token expired"}}')
      return true
    },
  }
}

test('a token that stops working ends the run as a problem of the set-up, and no later 401 is judged', async () => {
  const record = await judgeHandmade(
    world,
    refusing((place) => place > 150),
    { runs: 0 },
  )
  expect(record.obstacle?.problem).toMatch(/^The token stopped working after \d+ requests/)
  expect(failing(record)).toEqual([])
  expect(record.outcomes.some(({ verdict }) => verdict === 'inconclusive')).toBe(true)
  expect(record.asked.length).toBeLessThan(200)
  expect(judgeRun(record.outcomes, how, { obstacle: record.obstacle?.problem }).exitCode).toBe(3)
})

test('what failed before the token stopped working stays a failure', async () => {
  const record = await judgeHandmade(
    world,
    refusing((place) => place > 120, { defaultLimit: 7 }),
    {
      runs: 0,
      concurrency: 1,
      only: ['envelope', 'pagination', 'filter', 'hostile-input', 'authentication'],
    },
  )
  expect(record.obstacle?.problem).toMatch(/^The token stopped working/)
  expect(failing(record)).toContain('PAG-01')
  expect(judgeRun(record.outcomes, how, { obstacle: record.obstacle?.problem }).exitCode).toBe(1)
})

test('a target that returns 401 to some requests only is judged by them', async () => {
  const record = await judgeHandmade(
    world,
    refusing((_, target) => target.includes('order=desc')),
    {
      runs: 0,
      only: ['order'],
    },
  )
  expect(record.obstacle).toBeUndefined()
  expect(failing(record)).toContain('ORD-03')
})
