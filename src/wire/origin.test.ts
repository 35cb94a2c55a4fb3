import { expect, test } from 'vitest'
import { originOf, shownOrigin } from './origin.ts'

const envelope = JSON.stringify({ type: 'error', error: { type: 'api_error', message: 'm' } })
const nginx =
  '<html><head><title>400 Bad Request</title></head><body><hr><center>nginx/1.22.1</center></body></html>'
const answer = (status: number, body: string, type = 'text/html') => ({
  status,
  headers: [
    ['content-type', type],
    ['server', 'nginx'],
  ] as const,
  body,
  failure: undefined,
})

test.for([502, 503, 504])('%i without the error envelope is from a gateway', (status) => {
  expect(originOf(answer(status, nginx))).toBe('gateway')
  expect(originOf(answer(status, '', 'text/plain'))).toBe('gateway')
  expect(originOf(answer(status, envelope, 'application/json'))).toBeUndefined()
})

test('429 is a rate limit, with the error envelope or without it', () => {
  expect(originOf(answer(429, envelope, 'application/json'))).toBe('rate-limit')
  expect(originOf(answer(429, 'slow down', 'text/plain'))).toBe('rate-limit')
})

test('the error page of a known server is from a gateway, any other HTML is the answer of the API', () => {
  expect(originOf(answer(400, nginx))).toBe('gateway')
  expect(originOf(answer(404, '<h1>Not found</h1>'))).toBeUndefined()
  expect(originOf(answer(500, '<h1>Internal Server Error</h1>'))).toBeUndefined()
  expect(originOf(answer(200, nginx))).toBeUndefined()
})

test('only a connection that was reset before any answer is from a gateway', () => {
  const failed = (kind: 'reset' | 'timeout') => ({ kind, message: 'm' })
  const nothing = { status: undefined, headers: [], body: '' }
  expect(originOf({ ...nothing, failure: failed('reset') })).toBe('gateway')
  expect(originOf({ ...nothing, failure: failed('timeout') })).toBeUndefined()
  expect(originOf({ ...answer(200, ''), failure: failed('reset') })).toBeUndefined()
})

test('is shown by status and server', () => {
  expect(shownOrigin(answer(502, ''))).toBe('502, Server: nginx')
})
