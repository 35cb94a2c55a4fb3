import { describe, expect, test } from 'vitest'
import { isJsonObject, type JsonValue } from './json.ts'
import { eventProblem, schemaProblem } from './schemas.ts'

// The example response of the API's own page.
const sent = {
  id: 'evt_019f0000000000000000000000000101',
  type: 'agent.thread_message_sent',
  schema_version: '1.0',
  session_id: 'sess_019f00000000000000000000000000aa',
  session_thread_id: 'sthr_019f00000000000000000000000002bb',
  turn_id: 'turn_019f0000000000000000000000000010',
  direction: 'coordinator_to_child',
  content: '请调研 Cloud Agents API 的最新竞品动态。',
  from_session_thread_id: 'sthr_019f00000000000000000000000001aa',
  to_session_thread_id: 'sthr_019f00000000000000000000000002bb',
  created_at: '2026-06-15T08:01:00.000Z',
  processed_at: '2026-06-15T08:01:00.000Z',
}
const running = {
  id: 'evt_019f0000000000000000000000000102',
  type: 'session.thread_status_running',
  schema_version: '1.0',
  session_id: 'sess_019f00000000000000000000000000aa',
  session_thread_id: 'sthr_019f00000000000000000000000002bb',
  agent_name: 'Research Agent',
  status: 'running',
  created_at: '2026-06-15T08:01:01.000Z',
  processed_at: '2026-06-15T08:01:01.000Z',
}
const page = { data: [sent, running], first_id: sent.id, last_id: running.id, has_more: true }

const definitions = ['EVT-01', 'EVT-02', 'EVT-05', 'EVT-06', 'EVT-07', 'EVT-09'] as const
const broken = (event: JsonValue) =>
  definitions.filter((definition) => eventProblem(definition, event) !== undefined)
const without = (event: Readonly<Record<string, JsonValue>>, name: string) =>
  Object.fromEntries(Object.entries(event).filter(([key]) => key !== name))

test("the page's own example is valid, whole and event by event", () => {
  expect(schemaProblem('list', page)).toBeUndefined()
  expect([sent, running].flatMap(broken)).toEqual([])
  expect([sent, running].map((event) => schemaProblem('event', event))).toEqual([undefined, undefined])
})

describe('a list that the contract forbids is rejected', () => {
  test.for(Object.keys(page))('without %s', (name) => {
    expect(schemaProblem('list', without(page, name))).toContain(name)
  })
  test.for<[string, JsonValue]>([
    ['data', {}],
    ['data', null],
    ['data', ['evt_1']],
    ['first_id', 1],
    ['last_id', false],
    ['has_more', 'true'],
    ['has_more', 1],
    ['has_more', null],
  ])('with %s: %j', ([name, value]) => {
    expect(schemaProblem('list', { ...page, [name]: value })).toContain(name)
  })
  test('an array instead of an object', () => {
    expect(schemaProblem('list', page.data)).toBeDefined()
  })
})

describe('an event that the contract forbids is rejected, by the requirement that it breaks', () => {
  test.for(['id', 'type', 'session_id', 'session_thread_id', 'created_at'])('without %s: EVT-01', (name) => {
    expect(broken(without(sent, name))).toContain('EVT-01')
  })
  test.for<[string, JsonValue, string]>([
    ['id', 7, 'EVT-01'],
    ['type', '', 'EVT-01'],
    ['type', null, 'EVT-01'],
    ['session_id', null, 'EVT-01'],
    ['session_thread_id', 5, 'EVT-01'],
    ['created_at', 1_781_510_460_000, 'EVT-01'],
    ['processed_at', 5, 'EVT-01'],
    ['id', '019f0000000000000000000000000101', 'EVT-02'],
    ['id', 'EVT_1', 'EVT-02'],
    ['id', 'evt_', 'EVT-02'],
    ['created_at', '2026-06-15T08:01:00.000', 'EVT-05'],
    ['created_at', '2026-06-15 ', 'EVT-05'],
    ['created_at', '2026-02-30T08:01:00Z', 'EVT-05'],
    ['created_at', '2026-06-15T24:00:00Z', 'EVT-05'],
    ['created_at', '2026-06-15T08:01:00+0200', 'EVT-05'],
    ['created_at', '1781510460', 'EVT-05'],
    ['processed_at', 'soon', 'EVT-05'],
    ['direction', '', 'EVT-06'],
    ['direction', null, 'EVT-06'],
    ['content', null, 'EVT-06'],
    ['content', 5, 'EVT-06'],
    ['from_session_thread_id', 'thr_1', 'EVT-06'],
    ['to_session_thread_id', '', 'EVT-06'],
    ['schema_version', '1', 'EVT-07'],
    ['schema_version', 1, 'EVT-07'],
    ['turn_id', '010', 'EVT-07'],
  ])('with %s: %j (%3$s)', ([name, value, requirement]) => {
    expect(broken({ ...sent, [name]: value })).toContain(requirement)
  })
  test.for(['direction', 'content', 'from_session_thread_id', 'to_session_thread_id'])(
    'a message without %s: EVT-06',
    (name) => {
      expect(broken(without(sent, name))).toEqual(['EVT-06'])
    },
  )
  test.for<JsonValue>([null, 'idle', true])('a running status that is %j: EVT-06', (status) => {
    expect(broken({ ...running, status })).toEqual(['EVT-06'])
  })
})

describe('events of other documented types', () => {
  const event = (type: string, fields: JsonValue) => ({
    ...without(running, 'agent_name'),
    type,
    ...(isJsonObject(fields) ? fields : {}),
  })
  test.for<[string, JsonValue, readonly string[]]>([
    ['session.thread_created', { parent_thread_id: null, agent_name: 'a', role: 'child' }, []],
    ['session.thread_created', { agent_name: 'a', role: 'child' }, ['EVT-09']],
    ['session.thread_status_running', {}, ['EVT-09']],
    ['session.thread_status_idle', { stop_reason: null }, []],
    ['session.thread_status_terminated', {}, ['EVT-09']],
    ['agent.thread_message_received', { direction: 'inbound', content: [] }, []],
    ['agent.thread_message_received', { direction: 'inbound' }, ['EVT-09']],
  ])('%s with %j breaks %j', ([type, fields, expected]) => {
    expect(broken(event(type, fields))).toEqual(expected)
  })
  test.for(['agent.message_start', 'agent.content_block_delta'])('%s needs no created_at', (type) => {
    expect(broken(without({ ...sent, type }, 'created_at'))).toEqual([])
  })
})

describe('what is unusual but allowed is accepted', () => {
  test.for<[string, JsonValue]>([
    ['id', 'evt_c3d4e5f6a7b8c9d0'],
    ['type', 'something.nobody.documented'],
    ['created_at', '2026-05-18T03:40:48.888851795Z'],
    ['created_at', '2026-05-18t03:40:48z'],
    ['created_at', '2026-05-18T03:40:48+14:00'],
    ['created_at', '2016-12-31T23:59:60Z'],
    ['created_at', '2024-02-29T00:00:00-00:00'],
    ['processed_at', null],
    ['content', [{ type: 'text', text: 'a' }]],
    ['direction', 'sideways'],
    ['content', ''],
    ['unknown_field', { deeply: [1, { nested: null }] }],
  ])('%s: %j', ([name, value]) => {
    expect(broken({ ...sent, [name]: value })).toEqual([])
  })
  test.for(['processed_at', 'schema_version', 'turn_id'])('no %s', (name) => {
    expect(broken(without(sent, name))).toEqual([])
  })
  test('a list with further fields, and one that is empty', () => {
    expect(schemaProblem('list', { ...page, object: 'list' })).toBeUndefined()
    expect(
      schemaProblem('list', { data: [], first_id: null, last_id: null, has_more: false }),
    ).toBeUndefined()
  })
})

describe('the error envelope', () => {
  const error = { type: 'error', error: { type: 'not_found_error', message: 'No such thread.' } }
  test('is accepted with and without param and request_id', () => {
    const full = { ...error, request_id: 'req_1', error: { ...error.error, param: 'limit' } }
    expect([error, full].map((value) => schemaProblem('error', value))).toEqual([undefined, undefined])
  })
  test.for<JsonValue>([
    'Not found',
    { error: error.error },
    { ...error, type: 'err' },
    { type: 'error' },
    { type: 'error', error: 'Not found' },
    { type: 'error', error: { type: 'not_found_error' } },
    { type: 'error', error: { message: 'x' } },
    { type: 'error', error: { type: '', message: 'x' } },
    { type: 'error', error: { type: 'not_found_error', message: '' } },
  ])('%j is rejected', (value) => {
    expect(schemaProblem('error', value)).toBeDefined()
  })
})
