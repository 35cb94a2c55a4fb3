import { expect, test } from 'vitest'
import { anExchange } from '../history-fixture.ts'
import { judgeRequestId } from './request-id.ts'

const id = '1b4e28ba-2fa1-4d17-883f-0016d3cca427'
const judged = (body: object, sent: string | string[] = [], seen = new Map<string, number>()) => {
  const error = { type: 'error', error: { type: 'not_found_error', message: 'There is no such thread.' } }
  const exchange = anExchange({ ...error, ...body }, { status: 404 })
  const headers = [sent].flat().map((value) => ['X-Request-Id', value] as const)
  return judgeRequestId({ ...exchange, request: { ...exchange.request, headers } }, seen)
}
const kindOf = (...given: Parameters<typeof judged>) => {
  const result = judged(...given)
  return typeof result === 'object' ? result.kind : result
}

test('a new UUID, or the x-request-id that was sent, is right', () => {
  expect(kindOf({ request_id: id })).toBeUndefined()
  expect(kindOf({ request_id: 'mine' }, 'mine')).toBeUndefined()
})

test('anything else is a finding', () => {
  expect(kindOf({})).toBe('request-id-missing')
  expect(kindOf({ request_id: null })).toBe('request-id-missing')
  expect(kindOf({ request_id: 'req_1' })).toBe('request-id-form')
  expect(kindOf({ request_id: id }, 'mine')).toBe('request-id-other')
  expect(kindOf({ request_id: id }, undefined, new Map([[id, 7]]))).toBe('request-id-repeated')
})

test('an x-request-id that a server may replace is not compared', () => {
  for (const sent of ['"', ',', 'x'.repeat(200), ['mine', 'other']])
    expect(kindOf({ request_id: id }, sent)).toBe('undecided')
  expect(judged({}, '"')).toMatchObject({ kind: 'request-id-missing', expected: 'a string' })
})

test('what is no error envelope is not judged', () => {
  expect(kindOf({ error: 'no' })).toBe('undecided')
})
