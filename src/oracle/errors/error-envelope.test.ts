import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../../contract/json.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { anExchange, aStream, aThread, kindOf } from '../history-fixture.ts'
import {
  type ErrorJudge,
  judgeErrorBody,
  judgeErrorMediaType,
  judgeErrorMessage,
  judgeErrorType,
} from './error-envelope.ts'

const envelope = (message: string, type = 'invalid_request_error') => ({
  type: 'error',
  error: { type, message },
})
const refused = (body: JsonValue, more: Parameters<typeof anExchange>[1] = {}) =>
  anExchange(body, { status: 400, ...more })
const judges: readonly ErrorJudge[] = [judgeErrorBody, judgeErrorMediaType, judgeErrorType, judgeErrorMessage]

test('an error as the errors page has it is right', () => {
  const exchange = refused(envelope('limit must be an integer from 1 to 100.'))
  expect(judges.map((judge) => judge(exchange))).toEqual([undefined, undefined, undefined, undefined])
})

test.for<[string, Exchange]>([
  ['a list', anExchange({ data: [] })],
  ['a stream', aStream(aThread([]), []).exchange],
  ['no answer', refused('', { response: undefined })],
  ['half an answer', refused('{', { failure: { kind: 'reset', message: 'it broke off' } })],
  ['a rate limit', refused('slow down', { status: 429, type: 'text/plain' })],
  ['a HEAD', refused('', { request: { method: 'HEAD', target: '/', headers: [] } })],
])('%s is no error to judge', ([, exchange]) => {
  expect(judges.map((judge) => judge(exchange))).toEqual(['undecided', 'undecided', 'undecided', 'undecided'])
})

test.for<[string, JsonValue]>([
  ['text', 'Not found'],
  ['nothing', ''],
  ['the bare error', { error: { type: 'x', message: 'y' } }],
  ['an empty message', envelope('')],
])('%s is no envelope (ERR-01)', ([, body]) => {
  expect(kindOf(judgeErrorBody(refused(body)))).toBe('schema 400')
})

test.for(['text/html', 'text/plain', 'application/problem+json', ''])(
  '%j is not the media type of an error (ERR-02)',
  (type) => {
    expect(kindOf(judgeErrorMediaType(refused(envelope('x'), { type })))).toBe('media-type 400')
  },
)

test.for<[number, string, string | undefined]>([
  [400, 'invalid_request_error', undefined],
  [401, 'authentication_error', undefined],
  [403, 'permission_error', undefined],
  [404, 'not_found_error', undefined],
  [500, 'api_error', undefined],
  [404, 'invalid_request_error', 'error-type 404'],
  [401, 'not_found_error', 'error-type 401'],
  [500, 'internal', 'error-type 500'],
  // The errors page does not speak of these.
  [406, 'not_acceptable', 'undecided'],
  [503, 'api_error', 'undecided'],
])('%i with %s: %s (ERR-03)', ([status, type, expected]) => {
  expect(kindOf(judgeErrorType(refused(envelope('x', type), { status })))).toBe(expected)
})

describe('internals of the server in a message (ERR-04)', () => {
  test.for([
    'Not found: /sessions/sess_a/threads/sthr_a/events',
    'Select a smaller limit, from the range 1 to 100.',
    'Please select one of the values where the limit is = 20.',
    'Where did the token go?',
    'No thread "sthr_a" in session "sess_a" at 2026-06-15T08:01:00Z.',
    'The cursor "evt_1" is not in this thread (see https://example.com/docs/paging).',
    'See https://docs.example.com/app/errors/not-found and https://example.com/home/api/v1/help.',
    'order must be asc/desc; got etc/other/thing.',
    'Unexpected token at position 12:1',
  ])('none: %s', (message) => {
    expect(judgeErrorMessage(refused(envelope(message)))).toBeUndefined()
  })
  test.for([
    'x\n    at parse (/srv/app/dist/query.js:41:13)',
    'x\n    at async Server.handle (node:internal/http:12:3)',
    'x\n    at C:\\app\\dist\\query.js:41:13',
    'Traceback (most recent call last):',
    '  File "/app/api/threads.py", line 41, in list',
    'java.lang.NPE at com.example.Api.list(Api.java:88)',
    'goroutine 17 [running]:',
    'panic in handlers.go:88',
    'ENOENT: /var/lib/api/threads/1.json',
    'cannot open file:///home/api/threads/1.json',
    'C:\\inetpub\\api\\threads.json',
    'SELECT id FROM events WHERE thread = $1',
    "near WHERE thread = 'sthr_a'",
    'syntax error at or near "limit"',
    'relation "events" does not exist',
    'SQLSTATE[22021]',
  ])('found: %s', (message) => {
    expect(kindOf(judgeErrorMessage(refused(envelope(message))))).toBe('internals 400')
  })
  test('are found in any part of the body, and in one that is no JSON', () => {
    const trace = { ...envelope('x'), stack: ['Error: x', '    at f (/srv/app/a.js:1:2)'] }
    expect(kindOf(judgeErrorMessage(refused(trace)))).toBe('internals 400')
    expect(kindOf(judgeErrorMessage(refused('<pre>Error: x\n    at f (/srv/app/a.js:1:2)</pre>')))).toBe(
      'internals 400',
    )
  })
  test('are none where the message repeats the request', () => {
    const target = "/sessions/%2Fvar%2Flib%2Fapi%2Fx/threads?type=' OR SELECT 1 FROM x"
    const request = { method: 'GET', target, headers: [] } as const
    for (const repeated of [target, decodeURIComponent(target)])
      expect(judgeErrorMessage(refused(envelope(`No route: ${repeated}`), { request }))).toBeUndefined()
  })
})
