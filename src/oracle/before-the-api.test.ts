import { expect, test } from 'vitest'
import { isFromGateway, mayBypassApi } from './before-the-api.ts'
import { anExchange } from './history-fixture.ts'
import { judgeErrorBody } from './judge-error.ts'

const asked = (target: string, status = 404) =>
  anExchange('Not Found', { status, type: 'text/plain', request: { method: 'GET', target, headers: [] } })

test.for([
  '/sessions/a/threads/b/events/',
  '/sessions/a/threads/b%2Fc/events',
  '/sessions/a/threads/%/events',
  '/sessions/a/threads/%FF/events',
  `/sessions/a/threads/b/events?type=${'x'.repeat(2_000)}`,
])('an HTTP server or router may refuse %s by itself', (target) => {
  expect(mayBypassApi(asked(target))).toBe(true)
  expect(judgeErrorBody(asked(target))).toBe('skip')
  // A failure of the server is one of the API all the same.
  expect(judgeErrorBody(asked(target, 500))).toMatchObject({ kind: 'schema 500' })
})

test.for([
  '/sessions/a/threads/b/events',
  '/sessions/a/threads/b%00/events',
  '/sessions/a/threads/b/events?type=%',
])('%s reaches the API, whose errors have the envelope', (target) => {
  expect(judgeErrorBody(asked(target))).toMatchObject({ kind: 'schema 404' })
})

test.for([429, 502, 503, 504])('%d comes from a gateway and needs no envelope', (status) => {
  expect(isFromGateway(asked('/sessions/a/threads/b/events', status))).toBe(true)
  expect(judgeErrorBody(asked('/sessions/a/threads/b/events', status))).toBe('skip')
})
