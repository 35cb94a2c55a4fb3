import { describe, expect, test } from 'vitest'
import {
  type Departures,
  type HandmadeWorld,
  handmadeEvent,
  handmadeServer,
  handmadeWorld,
} from '../runner/handmade-server-fixture.ts'
import { failing, handmadeIds, judgeHandmade } from '../runner/judge-handmade-fixture.ts'

const only = ['PAG-01']

/** As many sessions with empty threads, and one with events behind them. */
function manySessions(empty: number): HandmadeWorld {
  const sessions = Array.from({ length: empty }, (_, at) => [`sess_empty${at}`, { [`sthr_empty${at}`]: [] }])
  return { ...Object.fromEntries(sessions), ...handmadeWorld(130) }
}

describe('a thread with events behind many empty sessions', () => {
  test.for([
    ['after_id', { listRoutes: 4 }],
    ['page', { listRoutes: 4, listPaging: 'page' }],
  ] as const)('is found on a later page of the list route, by %s', async ([, departures]) => {
    const { target, outcomes } = await judgeHandmade(manySessions(13), departures, { only })
    expect(target.eventsRead).toBe(130)
    expect(target.siblingThreadId).toBe('sthr_9f8e7d6c5b4a')
    expect(target.otherSessionId).not.toBeNull()
    expect(outcomes.find(({ id }) => id === 'PAG-01')?.verdict).toBe('pass')
  })

  test('that is not found within the bound is not said to be absent', async () => {
    const { obstacle, asked } = await judgeHandmade(manySessions(200), { listRoutes: 20 }, { only })
    expect(obstacle?.problem).toContain('has no events')
    expect(obstacle?.problem).toMatch(/stopped after 60 requests/)
    expect(asked.length).toBeLessThan(200)
  })
})

test('a run with a budget reads the first page of each thread once, and greets no unknown thread', async () => {
  const plain = await judgeHandmade(handmadeWorld(130), { listRoutes: 20 }, { only })
  const counted = await judgeHandmade(handmadeWorld(130), { listRoutes: 20 }, { only, maxRequests: 100 })
  const firstPages = counted.asked.filter((target) => /\/events\?limit=100$/.test(target))
  expect(firstPages.length).toBe(new Set(firstPages).size)
  expect(counted.exchanges.filter(({ purpose }) => purpose === 'preflight')).toEqual([])
  expect(counted.target.eventsRead).toBe(130)
  expect(counted.target.siblingThreadId).toBe(plain.target.siblingThreadId)
  expect(counted.target.otherSessionId).toBe(plain.target.otherSessionId)
})

describe('a run that read no event', () => {
  test('because nothing is configured and no list route exists ends as an obstacle', async () => {
    const instead: Departures['instead'] = (request, response) => {
      if (!/^\/v1\/sessions(\/[^/]+\/threads)?$/.test(request.url ?? '')) return false
      response.writeHead(405).end()
      return true
    }
    const { obstacle, outcomes } = await judgeHandmade(handmadeWorld(30), { instead })
    expect(obstacle?.problem).toMatch(/none is configured, and the list route answers 405/)
    expect(obstacle?.advice).toContain('CONFORMANCE_THREAD_ID')
    expect(outcomes.every(({ verdict }) => verdict === 'not-run')).toBe(true)
  })

  test('because every response is 404 names the base URL', async () => {
    const instead: Departures['instead'] = (_request, response) => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found')
      return true
    }
    const { obstacle } = await judgeHandmade(handmadeWorld(30), { instead })
    expect(obstacle?.problem).toMatch(/answers 404 to everything/)
    expect(obstacle?.advice).toContain('CONFORMANCE_BASE_URL')
  })
})

test('a list of JSON under text/html is a finding of ENV-02, and the rest is judged', async () => {
  const record = await judgeHandmade(
    handmadeWorld(30),
    { listRoutes: 20, mediaType: 'text/html' },
    { only: ['envelope', 'PAG-01'] },
  )
  expect(record.obstacle).toBeUndefined()
  expect(failing(record)).toEqual(['ENV-02'])
})

describe('a control URL', () => {
  test.for(['PUT', 'POST', 'DELETE'])(
    'whose %s fails is an obstacle that names the request',
    async (method) => {
      const instead: Departures['instead'] = (request, response) => {
        if (request.url?.startsWith('/control') !== true) return false
        request.resume()
        response.writeHead(request.method === method ? 503 : 204).end()
        return true
      }
      const control = await handmadeServer({}, { instead })
      try {
        const controlUrl = control.baseUrl.replace('/v1', '/control')
        const record = await judgeHandmade(handmadeWorld(30), { listRoutes: 20 }, { only }, { controlUrl })
        expect(record.obstacle?.problem).toMatch(new RegExp(`${method} /sessions/\\S+ was answered 503`))
        expect(record.obstacle?.concerns).toBe('control')
      } finally {
        await control.close()
      }
    },
  )
})

test('events in the response of a list route are not taken for sessions or threads', async () => {
  const events = [0, 1].map((place) => handmadeEvent('sess_7f3a91c2d4e5', 'sthr_0a1b2c3d4e5f', place))
  const instead: Departures['instead'] = ({ url = '' }, response) => {
    if (!/\/sessions(\/[^/]+\/threads)?(\?|$)/.test(url)) return false
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: events }))
    return true
  }
  const { target, asked } = await judgeHandmade(
    handmadeWorld(30),
    { instead },
    { only },
    { ids: handmadeIds },
  )
  expect(target.siblingThreadId).toBeNull()
  expect(asked.filter((one) => /\/threads\/evt_/.test(one))).toEqual([])
})
