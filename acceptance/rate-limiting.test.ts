import { expect, test } from 'vitest'
import { packageVersion } from '../src/contract/package-root.ts'
import type { Override } from '../src/reference/behaviour.ts'
import type { RawRequest } from '../src/reference/request-context.ts'
import type { Exchange } from '../src/wire/exchange.ts'
import { runAgainst } from './run-against.ts'

const timeout = 300_000

/** Notes every request to the API, and answers every so many with 429; each lowers the rate of the run. */
function noting(heard: RawRequest[], every: number): Override {
  return (base) => ({
    authenticate(call) {
      heard.push(call.request)
      if (call.number % every !== 0) return base.authenticate(call)
      return {
        denied: true,
        status: 429,
        type: 'rate_limit_error',
        message: 'Too many.',
        headers: { 'retry-after': '0' },
      }
    },
  })
}

/** How many of the exchanges were under way at once. */
function mostAtOnce(exchanges: readonly Exchange[]): number {
  const turns = exchanges.flatMap(({ startedAtMs, totalMs }) => [
    { at: startedAtMs, by: 1 },
    { at: startedAtMs + totalMs, by: -1 },
  ])
  let [now, most] = [0, 0]
  for (const { by } of turns.sort((a, b) => a.at - b.at || a.by - b.by)) {
    now += by
    most = Math.max(most, now)
  }
  return most
}

test('a whole run asks with GET and HEAD alone, says who it is, and keeps to its concurrency in retries too', {
  timeout,
}, async () => {
  const heard: RawRequest[] = []
  const record = await runAgainst({ behaviour: noting(heard, 100) }, { concurrency: 3, runs: 2 })
  expect(record.traffic.rate_limit_waits).toBeGreaterThan(1)
  expect(new Set(heard.map(({ method }) => method))).toEqual(new Set(['GET', 'HEAD']))
  const named = (name: string) =>
    new Set(heard.map(({ headers }) => headers.find(([one]) => one.toLowerCase() === name)?.[1]))
  expect(named('user-agent')).toEqual(new Set([`thread-events-conformance/${packageVersion}`]))
  expect(named('x-conformance-run')).toEqual(new Set(['acceptance']))
  expect(mostAtOnce(record.exchanges)).toBeLessThanOrEqual(3)
})

test('nothing starts faster than the rate that was set, retries included', { timeout }, async () => {
  const record = await runAgainst(
    { behaviour: noting([], 25) },
    { maxRps: 400, only: ['envelope'], runs: 0, concurrency: 8 },
  )
  expect(record.traffic.rate_limit_waits).toBeGreaterThan(0)
  const starts = record.exchanges.map(({ startedAtMs }) => startedAtMs).sort((a, b) => a - b)
  const [first = 0, last = 0] = [starts[0], starts.at(-1)]
  expect(starts.length).toBeGreaterThan(20)
  expect(last - first).toBeGreaterThanOrEqual((starts.length - 1) * 2.5 - 20)
})
