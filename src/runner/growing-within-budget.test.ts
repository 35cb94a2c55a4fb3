import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../contract/json.ts'
import { type Departures, handmadeEvent, handmadeWorld } from './handmade-server-fixture.ts'
import { judgeHandmade } from './judge-handmade-fixture.ts'

const [session, thread] = ['sess_7f3a91c2d4e5', 'sthr_0a1b2c3d4e5f']
const known = handmadeWorld(60)[session]?.[thread] ?? []

/** Whether a request is one for a full page that ends with the newest event. */
function isLastPage(target: string): boolean {
  const query = new URL(target, 'http://localhost').searchParams
  const cursor = known.findIndex(({ id }) => id === query.get('after_id'))
  const limit = Number(query.get('limit') ?? '20')
  return cursor !== -1 && !query.has('order') && cursor + limit === known.length - 1
}

function verdictsWith(departures: Departures, maxRequests: number) {
  const changes = { only: ['envelope', 'pagination'], runs: 0, concurrency: 1, maxRequests }
  return judgeHandmade(handmadeWorld(60), { listRoutes: 20, ...departures }, changes)
}

async function verdictOfHasMore(departures: Departures, maxRequests: number) {
  const { outcomes } = await verdictsWith(departures, maxRequests)
  return outcomes.find(({ id }) => id === 'ENV-05')?.verdict
}

/** How many requests a run makes up to the first one for the last page. */
async function requestsToLastPage(): Promise<number> {
  const { asked } = await verdictsWith({}, 1_000)
  return asked.findIndex(isLastPage) + 1
}

describe('has_more of the last page in a run with a budget', () => {
  test('is not wrong where the thread grew meanwhile and the budget is used up', async () => {
    const growing: Departures = {
      onList: (events, asked) => {
        if (isLastPage(asked.at(-1) ?? '')) events.push(handmadeEvent(session, thread, events.length))
        return events
      },
    }
    const maxRequests = await requestsToLastPage()
    for (const further of [0, 1, 2, 5])
      expect(await verdictOfHasMore(growing, maxRequests + further)).not.toBe('fail')
  })

  test('is wrong where the end of the thread was read afterwards', async () => {
    const wrong: Departures = {
      instead: (request, response) => {
        if (!isLastPage(request.url ?? '') || request.headers.authorization === undefined) return false
        const limit = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('limit') ?? '20')
        const data: readonly JsonObject[] = known.slice(-limit)
        const [first_id, last_id] = [data[0]?.id, data.at(-1)?.id]
        response.setHeader('Content-Type', 'application/json')
        response.end(JSON.stringify({ data, first_id, last_id, has_more: true }))
        return true
      },
    }
    const maxRequests = await requestsToLastPage()
    expect(await verdictOfHasMore(wrong, maxRequests)).not.toBe('fail')
    expect(await verdictOfHasMore(wrong, maxRequests + 1)).toBe('fail')
  })
})
