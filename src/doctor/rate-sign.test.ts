import { expect, test } from 'vitest'
import { anExchange } from '../oracle/history-fixture.ts'
import { rateSign } from './rate-sign.ts'

function withHeaders(headers: readonly (readonly [string, string])[]) {
  const exchange = anExchange({})
  const { response } = exchange
  return response === undefined ? exchange : { ...exchange, response: { ...response, headers } }
}

test('rate limits are recognised by their headers, each of which is named once', () => {
  const limited = withHeaders([
    ['X-RateLimit-Limit', '60'],
    ['ratelimit-policy', '"default";q=60;w=60'],
    ['x-request-id', 'req_1'],
  ])
  const [sign, ...others] = rateSign([limited, limited])
  expect(others).toEqual([])
  expect(sign).toMatchObject({
    name: 'rate',
    state: 'note',
    text: 'x-ratelimit-limit: 60, ratelimit-policy: "default";q=60;w=60',
  })
  expect(sign?.advice).toContain('--max-rps')
})

test('a 429 that was waited for is counted', () => {
  expect(rateSign([{ ...anExchange({}), waits: 1 }, anExchange({})])[0]?.text).toBe(
    '1 of 2 requests were answered with 429',
  )
})

test('nothing is said of a target without a limit', () => {
  expect(rateSign([anExchange({})])).toEqual([])
})
