import { expect, test } from 'vitest'
import type { Exchange } from './exchange.ts'
import { trafficOf } from './traffic.ts'

const exchange = (more: Partial<Exchange>): Exchange => ({
  id: 1,
  purpose: 'p',
  request: { method: 'GET', target: '/', headers: [] },
  response: { status: 200, headers: [], body: '', bytes: 10, utf8: true, truncated: false },
  failure: undefined,
  stream: undefined,
  startedAtMs: 0,
  firstByteMs: 1,
  totalMs: 2,
  waits: 0,
  echoes: [],
  ...more,
})

test('a run without requests has no latency', () => {
  expect(trafficOf([], 0)).toEqual({
    requests: 0,
    streams: 0,
    bytes: 0,
    retries: 0,
    rate_limit_waits: 0,
    failures: 0,
    latency_ms: null,
  })
})

test('every try counts as a request, and a wait as a retry', () => {
  const silent = exchange({
    response: undefined,
    failure: { kind: 'timeout', message: 'm' },
    firstByteMs: undefined,
  })
  expect(trafficOf([exchange({ waits: 2 }), silent], 1)).toMatchObject({
    requests: 4,
    retries: 3,
    rate_limit_waits: 2,
    failures: 1,
    bytes: 10,
  })
})

test('latencies are those of the responses, in any order', () => {
  const exchanges = Array.from({ length: 100 }, (_, at) => exchange({ firstByteMs: 100 - at }))
  expect(trafficOf(exchanges, 0).latency_ms).toEqual({ p50: 51, p90: 91, p99: 100, max: 100 })
  expect(trafficOf([exchange({ firstByteMs: 1.239 })], 0).latency_ms).toEqual({
    p50: 1.24,
    p90: 1.24,
    p99: 1.24,
    max: 1.24,
  })
})
