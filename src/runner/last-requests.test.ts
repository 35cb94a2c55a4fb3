import { expect, test } from 'vitest'
import type { Finding } from '../oracle/finding.ts'
import type { Outcome } from '../verdict/outcome.ts'
import { type Departures, handmadeWorld } from './handmade-server-fixture.ts'
import { judgeHandmade } from './judge-handmade-fixture.ts'
import { Repetitions } from './last-requests.ts'

async function verdictsWith(departures: Departures, maxRequests: number, area = 'hostile-input') {
  const record = await judgeHandmade(
    handmadeWorld(60),
    { listRoutes: 20, ...departures },
    { runs: 0, maxRequests, only: [area] },
  )
  const verdictOf = (id: string) => record.outcomes.find((outcome) => outcome.id === id)
  return { verdictOf, sent: record.exchanges.length }
}

/** Drops the connection for long queries. */
const droppingLongQueries: Departures = {
  instead: ({ url = '' }, response) => {
    if (url.length < 2_500) return false
    response.socket?.destroy()
    return true
  },
}

test('a dropped connection is repeated with the last requests of a run, and fails INP-01', async () => {
  const { verdictOf } = await verdictsWith(droppingLongQueries, 60)
  expect(verdictOf('INP-01')?.verdict).toBe('fail')
})

test('a correct server causes no further requests', async () => {
  const { sent } = await verdictsWith({}, 50)
  expect(sent).toBe(50)
})

/** Accepts `limit=0`, the first time or each time. */
function acceptingZero(isAccepted: (time: number) => boolean): Departures {
  let time = 0
  return {
    instead: ({ url = '', headers }, response) => {
      if (!url.includes('limit=0') || headers.authorization === undefined || !isAccepted(time++)) return false
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify({ data: [], first_id: null, last_id: null, has_more: false }))
      return true
    },
  }
}

test('what failed is repeated with the last requests of a run', async () => {
  const once = await verdictsWith(
    acceptingZero((time) => time === 0),
    60,
    'pagination',
  )
  expect(once.verdictOf('PAG-09')).toMatchObject({ verdict: 'fail', reproduced: '1 of 2' })
  const always = await verdictsWith(
    acceptingZero(() => true),
    60,
    'pagination',
  )
  expect(always.verdictOf('PAG-09')).toMatchObject({ verdict: 'fail', reproduced: 'always (2 of 2)' })
})

const finding = (exchange: number): Finding => ({
  kind: 'status-200',
  message: `Exchange ${exchange}`,
  expected: '400',
  actual: '200',
  exchanges: [exchange],
})

const failed = (...exchanges: number[]): Outcome => ({
  id: 'PAG-09',
  verdict: 'fail',
  judged: 3,
  findings: exchanges.map(finding),
})

test('the finding that showed again represents those that did not', () => {
  const repetitions = new Repetitions()
  repetitions.note('PAG-09', finding(1), false)
  repetitions.note('PAG-09', finding(2), true)
  const { findings, reproduced } = repetitions.describe(failed(1, 2, 3))
  expect(findings.map(({ exchanges }) => exchanges)).toEqual([[2], [1], [3]])
  expect(reproduced).toBe('always (2 of 2)')
  expect([...repetitions.unreproduced]).toEqual([])
})

test('a failure of which nothing showed again is flaky, and blocks nothing', () => {
  const repetitions = new Repetitions()
  repetitions.note('PAG-09', finding(1), false)
  expect(repetitions.describe(failed(1, 2)).reproduced).toBe('1 of 2')
  expect([...repetitions.unreproduced]).toEqual(['PAG-09'])
})

test('a failure that was not repeated stays as it is', () => {
  const repetitions = new Repetitions()
  repetitions.note('PAG-09', finding(1), true)
  expect(repetitions.describe(failed(7))).toEqual(failed(7))
  expect(repetitions.describe({ ...failed(1), verdict: 'pass' }).reproduced).toBeUndefined()
})
