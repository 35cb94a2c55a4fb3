import { expect, test } from 'vitest'
import { type Departures, handmadeWorld } from './handmade-server-fixture.ts'
import { failing, judgeHandmade } from './judge-handmade-fixture.ts'

const [session, thread] = ['sess_7f3a91c2d4e5', 'sthr_0a1b2c3d4e5f']

/** One page with all events has `has_more: true`, which only the judge of all lists finds (ENV-05). */
const moreBehindTheOldest: Departures = {
  listRoutes: 20,
  instead: (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost')
    if (search !== '?limit=100&order=desc' || !pathname.includes(thread)) return false
    const data = (handmadeWorld(60)[session]?.[thread] ?? []).toReversed()
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ data, first_id: data[0]?.id, last_id: data.at(-1)?.id, has_more: true }))
    return true
  },
}

test('a failure that the judge of all lists finds stops a run with --fail-fast', async () => {
  const changes = { only: ['envelope', 'order', 'pagination'], runs: 0, attempts: 3 }
  const whole = await judgeHandmade(handmadeWorld(60), moreBehindTheOldest, changes)
  const stopped = await judgeHandmade(handmadeWorld(60), moreBehindTheOldest, { ...changes, failFast: true })
  expect(failing(whole)).toEqual(['ENV-05'])
  expect(failing(stopped)).toEqual(['ENV-05'])
  expect(stopped.limit?.problem).toMatch(/stopped because ENV-05 failed/)
  expect(stopped.asked.length).toBeLessThan(whole.asked.length / 2)
})
