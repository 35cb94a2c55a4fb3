import { describe, expect, test } from 'vitest'
import { anExchange, kindOf } from '../history-fixture.ts'
import { errorType, judgeRefusal } from './refusal.ts'

const silence = anExchange('', { response: undefined, failure: { kind: 'timeout', message: 'why' } })

describe('a request that must be refused', () => {
  const refusal = (code: number, type = 'not_found_error') =>
    anExchange({ type: 'error', error: { type, message: 'x' } }, { status: code })
  const judged = (exchange: Parameters<typeof judgeRefusal>[0]) =>
    kindOf(judgeRefusal(exchange, [404, 400], 'A thread', 'not_found_error'))
  test('is refused with a status that is allowed, and with the first one by its type', () => {
    expect(judged(refusal(404))).toBeUndefined()
    expect(judged(refusal(400, 'invalid_request_error'))).toBeUndefined()
  })
  test('is wrong with another status or type, or without an answer', () => {
    expect(judged(refusal(200))).toBe('status-200')
    expect(judged(refusal(403))).toBe('status-403')
    expect(judged(refusal(404, 'error'))).toBe('error-type')
    expect(judged(anExchange('<html>', { status: 404 }))).toBe('error-type')
    expect(judged(silence)).toBe('no-answer')
  })
})

test('the type of an error is read where the body has one', () => {
  expect(errorType('{"type":"error","error":{"type":"x"}}')).toBe('x')
  for (const body of ['', 'x', '[]', '{"error":"x"}', '{"error":{"type":5}}', '{"error":null}'])
    expect(errorType(body), body).toBeUndefined()
})
