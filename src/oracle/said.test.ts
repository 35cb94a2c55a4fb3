import { expect, test } from 'vitest'
import { judgeRefusal } from './errors/refusal.ts'
import { anExchange } from './history-fixture.ts'
import { gotStatus } from './said.ts'

const refusal = (message: string, status = 400) =>
  anExchange({ type: 'error', error: { type: 'invalid_request_error', message } }, { status })

test('the message of an unexpected answer is quoted', () => {
  expect(gotStatus(refusal('order is not supported'))).toBe('got 400: "order is not supported"')
  expect(judgeRefusal(refusal('order is not supported'), [401], 'No token')?.message).toBe(
    'No token: expected 401, got 400: "order is not supported".',
  )
})

test('a long message is cut, and control characters are made visible', () => {
  expect(gotStatus(refusal('x'.repeat(1_000))).length).toBeLessThan(220)
  expect(gotStatus(refusal('a\u001b[31m\u202eb'))).toBe('got 400: "a\\u001b[31m\\u202eb"')
})

test('without a message only the status is shown', () => {
  expect(gotStatus(anExchange('<h1>no</h1>', { status: 502, type: 'text/html' }))).toBe('got 502')
})
