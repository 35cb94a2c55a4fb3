import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { maxBodyBytes } from './http/read-body.ts'
import { listedIds, TestBench } from './test-client.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await TestBench.start()
})
afterAll(() => bench.stop())

const session = { id: 'sess_made', threads: [] }
const thread = { id: 'sthr_made', events: [] }
const list = (query = '') => bench.ask(bench.events(query, thread, session))
const put = (events: unknown, id = session.id) =>
  bench.control(`/sessions/${id}`, 'PUT', { threads: [{ id: thread.id, events }] })
const post = (events: unknown) =>
  bench.control(`/sessions/${session.id}/threads/${thread.id}/events`, 'POST', { events })

function event(id: string, created_at = '2026-01-01T00:00:00Z', more: object = {}) {
  return { id, type: 't', session_id: session.id, session_thread_id: thread.id, created_at, ...more }
}

describe('a session that is put', () => {
  test('is listed in chronological order at full precision in any zone, ties as given', async () => {
    const given = [
      event('evt_8', '2026-01-01T00:00:00.0000000000000000002Z'),
      event('evt_4', '2026-01-01T00:00:00Z'),
      event('evt_1', '2026-01-01T07:59:59.999999999+08:00'),
      event('evt_5', '2025-12-31T18:30:00.000-05:30'),
      event('evt_6', '2026-01-01t00:00:00.000000000z'),
      event('evt_0', '2025-12-31T23:59:58Z'),
      event('evt_7', '2026-01-01T00:00:00.0000000000000000001Z'),
      event('evt_2', '2025-12-31T23:59:59.9999999991Z'),
    ]
    expect((await put(given)).status).toBe(204)
    expect(listedIds((await list()).json)).toEqual(
      ['0', '1', '2', '4', '5', '6', '7', '8'].map((n) => `evt_${n}`),
    )
    expect(listedIds((await list('?order=desc')).json).at(0)).toBe('evt_8')
  })

  test('replaces the previous one, is discovered, and disappears when deleted', async () => {
    await put([event('evt_a')])
    await put([event('evt_b')])
    expect(listedIds((await list()).json)).toEqual(['evt_b'])
    const { baseUrl } = bench.server
    expect(listedIds((await bench.ask(`${baseUrl}/sessions`)).json)).toContain(session.id)
    expect(listedIds((await bench.ask(`${baseUrl}/sessions/${session.id}/threads`)).json)).toEqual([
      thread.id,
    ])
    expect((await bench.control(`/sessions/${session.id}`, 'DELETE')).status).toBe(204)
    expect((await list()).status).toBe(404)
    expect((await bench.control(`/sessions/${session.id}`, 'DELETE')).status).toBe(204)
  })

  test.each([
    ['no list', 'x', /threads.0.events must be array/],
    ['no zone', [event('evt_a', '2026-01-01T00:00:00')], /events.0.created_at must match format/],
    ['no real date', [event('evt_a', '2026-02-30T00:00:00Z')], /created_at/],
    ['a twin', [event('evt_a'), event('evt_a')], /share one id/],
    ['another label', [event('evt_a', undefined, { session_id: 'sess_x' })], /another session/],
    ['a type of two lines', [event('evt_a', undefined, { type: 'a\nb' })], /frame/],
    [
      'deep nesting',
      [event('evt_a', undefined, { x: JSON.parse('['.repeat(150) + ']'.repeat(150)) })],
      /deep/,
    ],
  ])('is refused with a reason for %s', async (_what, events, reason) => {
    const { status, json } = await put(events)
    expect(status).toBe(400)
    expect(json).toMatchObject({
      error: { type: 'invalid_request_error', message: expect.stringMatching(reason) },
    })
  })

  test('is refused when the body is not JSON, not an object, or too large', async () => {
    for (const body of ['{', '[]', 'null', '"x"', ''])
      expect((await bench.control('/sessions/sess_x', 'PUT', body)).status).toBe(400)
    const answer = await bench.control('/sessions/sess_x', 'PUT', ' '.repeat(maxBodyBytes + 1))
    expect([answer.status, answer.json]).toMatchObject([413, { type: 'error' }])
  })
})

describe('appended events', () => {
  test('take their place in time and are there once 204 is sent', async () => {
    await put([event('evt_a', '2026-01-01T00:00:01Z'), event('evt_c', '2026-01-01T00:00:03Z')])
    const late = [event('evt_b', '2026-01-01T00:00:02Z'), event('evt_d', '2026-01-01T00:00:03Z')]
    expect((await post(late)).status).toBe(204)
    expect(listedIds((await list()).json)).toEqual(['evt_a', 'evt_b', 'evt_c', 'evt_d'])
  })

  test('are refused when the id is taken, or the thread unknown', async () => {
    await put([event('evt_a')])
    expect((await post([event('evt_a')])).status).toBe(409)
    const nowhere = await bench.control('/sessions/sess_made/threads/sthr_x/events', 'POST', { events: [] })
    expect(nowhere.status).toBe(404)
  })
})

test('made tokens have their state', async () => {
  await put([])
  const states = { active: 200, expired: 401, other_tenant: 404 }
  for (const [state, status] of Object.entries(states)) {
    const made = await bench.control('/tokens', 'POST', { state })
    expect(made.status).toBe(201)
    const token = /"token":"([^"]+)"/.exec(made.text)?.[1] ?? ''
    const answer = await bench.ask(bench.events('', thread, session), { token })
    expect([state, answer.status]).toEqual([state, status])
  }
  expect((await bench.control('/tokens', 'POST', { state: 'admin' })).status).toBe(400)
})

test('only the control token opens the control routes', async () => {
  for (const token of [null, bench.server.token, `${bench.server.controlToken}x`]) {
    const ask = { method: 'DELETE', token } as const
    expect((await bench.ask(`${bench.server.controlUrl}/sessions/${bench.session().id}`, ask)).status).toBe(
      401,
    )
  }
  expect((await bench.ask(bench.events(), { token: bench.server.controlToken })).status).toBe(401)
})

test('unknown control routes are 404, other methods 405', async () => {
  expect((await bench.control('/nothing', 'PUT', {})).status).toBe(404)
  expect((await bench.control('/sessions/%zz', 'PUT', {})).status).toBe(404)
  expect((await bench.control('/tokens', 'DELETE')).status).toBe(405)
})

test('a server without control or discovery has no such routes', async () => {
  const bare = await TestBench.start({ control: false, discovery: false })
  expect((await bare.control('/tokens', 'POST', { state: 'active' })).status).toBe(404)
  expect((await bare.ask(`${bare.server.baseUrl}/sessions`)).status).toBe(404)
  await bare.stop()
})

test('discovery pages through sessions and threads', async () => {
  const url = `${bench.server.baseUrl}/sessions/${bench.session().id}/threads`
  const wanted = bench.session().threads.map(({ id }) => id)
  const first = await bench.ask(`${url}?limit=2`)
  expect(first.json).toEqual({
    data: wanted.slice(0, 2).map((id) => ({ id })),
    first_id: wanted[0],
    last_id: wanted[1],
    has_more: true,
  })
  const second = await bench.ask(`${url}?limit=2&after_id=${wanted[1]}`)
  expect(second.json).toMatchObject({ first_id: wanted[2], last_id: wanted[3], has_more: false })
  expect((await bench.ask(`${url}?after_id=sthr_none`)).status).toBe(400)
  expect((await bench.ask(`${url}?limit=0`)).status).toBe(400)
})
