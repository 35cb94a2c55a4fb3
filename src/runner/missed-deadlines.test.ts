import { expect, test } from 'vitest'
import { anExchange } from '../oracle/history-fixture.ts'
import type { CheckResult } from '../verdict/outcome.ts'
import type { Exchange, WireFailure } from '../wire/exchange.ts'
import { withoutMissedDeadlines, withoutUnrepeatedDeadlines } from './missed-deadlines.ts'

const exchange = (id: number, failure: WireFailure): Exchange => ({
  id,
  purpose: 'p',
  request: { method: 'GET', target: '/', headers: [] },
  response: undefined,
  failure,
  stream: undefined,
  startedAtMs: 0,
  firstByteMs: undefined,
  totalMs: 1,
  waits: 0,
  connection: undefined,
  echoes: [],
})
const timedOut = exchange(1, { kind: 'timeout', message: 'no response within 10000 ms' })
const dropped = exchange(2, { kind: 'reset', message: 'dropped' })

const finding = (id: number) => ({ kind: 'k', message: 'm', expected: 'e', actual: 'a', exchanges: [id] })
const results: readonly CheckResult[] = [
  { id: 'AUT-03', cases: [{ exchanges: [3] }, { exchanges: [1], finding: finding(1) }] },
  { id: 'AUT-01', cases: [{ exchanges: [2], finding: finding(2) }] },
]

test('a response that misses its deadline once is no finding', async () => {
  const judged = await withoutMissedDeadlines(results, [timedOut, dropped], () => Promise.resolve(false))
  expect(judged.map(({ cases }) => cases.length)).toEqual([1, 1])
  expect(judged[0]?.cases).toEqual([{ exchanges: [3] }])
})

test('a response that misses it every time is a finding, also behind others that missed it once', async () => {
  const late = [4, 5, 6].map((id) =>
    exchange(id, { kind: 'timeout', message: 'no response within 10000 ms' }),
  )
  const several: CheckResult = {
    id: 'INP-01',
    cases: [{ exchanges: [3] }, ...late.map(({ id }) => ({ exchanges: [id], finding: finding(id) }))],
  }
  const judged = await withoutMissedDeadlines([several], late, (_, { exchanges }) =>
    Promise.resolve(exchanges.includes(6)),
  )
  expect(judged).toEqual([several])
})

test('a new event that is missing from a stream that timed out once is no finding, and of a history it is', async () => {
  const silent: Exchange = {
    ...exchange(7, { kind: 'timeout', message: 'unused' }),
    failure: undefined,
    stream: { frames: [], comments: 0, heartbeats: 0, leftover: 0, parseErrors: [], end: 'idle' },
  }
  const live: CheckResult = {
    id: 'SSE-09',
    cases: [{ exchanges: [3] }, { exchanges: [7], finding: finding(7) }],
  }
  const both: readonly CheckResult[] = [live, { ...live, id: 'SSE-04' }]
  const judged = await withoutMissedDeadlines(both, [silent], () => Promise.resolve(false))
  expect(judged.map(({ cases }) => cases.length)).toEqual([1, 2])
  expect(await withoutMissedDeadlines(both, [silent], () => Promise.resolve(true))).toEqual(both)
})

test('one that misses it again is', async () => {
  const judged = await withoutMissedDeadlines(results, [timedOut, dropped], () => Promise.resolve(true))
  expect(judged).toEqual(results)
})

test('in a run that ended early, a deadline counts only if the same request missed it twice', () => {
  const [first, second] = [1, 4].map((id) =>
    exchange(id, { kind: 'timeout', message: 'no response within 10000 ms' }),
  )
  if (first === undefined || second === undefined) throw new Error('There are no exchanges.')
  expect(withoutUnrepeatedDeadlines(results, [first, second, dropped])).toEqual(results)
  const other = { ...second, request: { ...second.request, target: '/other' } }
  for (const exchanges of [
    [first, dropped],
    [first, other, dropped],
  ]) {
    const [once, reset] = withoutUnrepeatedDeadlines(results, exchanges)
    expect(once).toMatchObject({
      cases: [{ exchanges: [3] }],
      lack: { provide: 'Give the run more requests or time.' },
    })
    expect(reset).toEqual(results[1])
  }
})

test('a request that misses its deadline each time is not excused by one with other headers', () => {
  const late = [1, 4].map((id) => {
    const one = exchange(id, { kind: 'timeout', message: 'no response within 10000 ms' })
    return { ...one, request: { ...one.request, headers: [['Cookie', '=']] as const } }
  })
  const answered = anExchange({})
  const plain = { ...answered, id: 9, request: { ...answered.request, target: '/' } }
  expect(withoutUnrepeatedDeadlines(results, [...late, plain, dropped])).toEqual(results)
})
