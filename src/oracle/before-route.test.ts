import { expect, test } from 'vitest'
import { isBeforeRoute } from './before-route.ts'
import { anExchange } from './history-fixture.ts'

const asked = (target: string, status = 400, header = 'application/json') => ({
  ...anExchange('<h1>Bad Request</h1>', { status, type: 'text/html' }),
  request: { method: 'GET' as const, target, headers: [['Accept', header]] as const },
})

test.for([
  '/sessions/%/threads/b/events',
  '/sessions/a/threads/b%2Fevents/events',
  '/sessions/a/threads/b%00/events',
  '/sessions/a/threads/b/events/',
  '/sessions/a/threads/%E2%82/events',
  '/sessions/a/threads/b;v=1/events',
  '/sessions/a/threads/%2562/events',
  '/sessions/*/threads/b/events',
  `/sessions/a/threads/${'b'.repeat(1_500)}/events`,
])('the server itself may refuse %s', (target) => {
  expect(isBeforeRoute(asked(target))).toBe(true)
  expect(isBeforeRoute(asked(target, 500))).toBe(false)
})

test('the server itself may refuse a very long header', () => {
  expect(isBeforeRoute(asked('/sessions/a/threads/b/events', 400, 'x'.repeat(3_000)))).toBe(true)
})

test.for(['/sessions/a/threads/b/events', '/sessions/a/threads/b%20/events?limit=%2F;'])(
  'the route answers %s itself',
  (target) => {
    expect(isBeforeRoute(asked(target))).toBe(false)
  },
)
