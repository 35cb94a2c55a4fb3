import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageFile } from '../contract/package-root.ts'
import { TestBench, type TestRequest, type TestResponse } from './test-client.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await TestBench.start()
})
afterAll(() => bench.stop())

const envelope = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(packageFile('schemas/error.schema.json'), 'utf8')),
)
const sse = { accept: 'text/event-stream' }

function expectRefusal(
  { status, headers, json }: TestResponse,
  expected: number,
  type: string,
  param?: string,
) {
  expect(status).toBe(expected)
  expect(headers['content-type']).toMatch(/^application\/json/)
  expect(envelope(json)).toBe(true)
  expect(json).toMatchObject({ error: { type, ...(param === undefined ? {} : { param }) } })
}

describe('without a good token', () => {
  const asks: [string, () => TestRequest][] = [
    ['no header', () => ({ token: null })],
    ['an unknown token', () => ({ token: 'nobody' })],
    ['an expired token', () => ({ token: bench.server.expiredToken })],
    ['one character more', () => ({ token: `${bench.server.token}x` })],
    ['one character less', () => ({ token: bench.server.token.slice(0, -1) })],
    ['other letter case', () => ({ token: bench.server.token.toUpperCase() })],
    ['an empty token', () => ({ token: '' })],
    ['two tokens', () => ({ token: `${bench.server.token} ${bench.server.token}` })],
    ['Basic', () => ({ token: null, headers: { authorization: `Basic ${bench.server.token}` } })],
    ['no scheme', () => ({ token: null, headers: { authorization: bench.server.token } })],
    ['x-api-key', () => ({ token: null, headers: { 'x-api-key': bench.server.token } })],
  ]
  test.each(asks)('%s is a 401, for lists, streams and unknown threads alike', async (_what, make) => {
    const nowhere = bench.events('', { id: 'sthr_none', events: [] })
    for (const url of [bench.events(), bench.events('?limit=x'), nowhere, `${bench.server.baseUrl}/sessions`])
      for (const headers of [{}, sse]) {
        const ask = make()
        const answer = await bench.ask(url, { ...ask, headers: { ...ask.headers, ...headers } })
        expectRefusal(answer, 401, 'authentication_error')
        expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
        expect(answer.text).not.toContain(bench.server.token)
      }
  })

  test('the token in the query is a 401', async () => {
    const { token } = bench.server
    const answer = await bench.ask(bench.events(`?access_token=${token}&token=${token}`), { token: null })
    expectRefusal(answer, 401, 'authentication_error')
  })

  test('the scheme may be written in any letter case', async () => {
    const headers = { authorization: `bEARER ${bench.server.token}` }
    expect((await bench.ask(bench.events(), { token: null, headers })).status).toBe(200)
  })
})

describe('what does not exist', () => {
  const real = () => bench.session().id
  const thread = () => bench.thread().id
  const paths: [string, () => string][] = [
    ['a session', () => `/sessions/sess_none/threads/${thread()}/events`],
    ['a thread', () => `/sessions/${real()}/threads/sthr_none/events`],
    ["another session's thread", () => `/sessions/${bench.session(1).id}/threads/${thread()}/events`],
    ['ids exchanged', () => `/sessions/${thread()}/threads/${real()}/events`],
    ['an encoded slash', () => `/sessions/${real()}/threads/${thread()}%2F/events`],
    ['a malformed escape', () => `/sessions/${real()}/threads/%zz/events`],
    ['half a character', () => `/sessions/${real()}/threads/%ff/events`],
    ['a control character', () => `/sessions/${real()}%00/threads/${thread()}/events`],
    ['an empty id', () => `/sessions//threads/${thread()}/events`],
    ['a very long id', () => `/sessions/${real()}/threads/sthr_${'a'.repeat(20_000)}/events`],
    ['an object member', () => `/sessions/__proto__/threads/constructor/events`],
    ['a trailing slash', () => `/sessions/${real()}/threads/${thread()}/events/`],
    ['another route', () => '/agents'],
  ]
  test.each(paths)('%s is a 404, with any Accept and query', async (_what, path) => {
    for (const query of ['', '?limit=0', '?after_id=x&before_id=y'])
      for (const headers of [{}, sse])
        expectRefusal(
          await bench.ask(`${bench.server.baseUrl}${path()}${query}`, { headers }),
          404,
          'not_found_error',
        )
  })

  test("another tenant's token finds nothing", async () => {
    const token = bench.server.otherTenantToken
    expectRefusal(await bench.ask(bench.events(), { token }), 404, 'not_found_error')
    expectRefusal(await bench.ask(bench.events(), { token, headers: sse }), 404, 'not_found_error')
    const { json } = await bench.ask(`${bench.server.baseUrl}/sessions`, { token })
    expect(json).toMatchObject({ data: [], has_more: false })
  })

  test('a path beside the base URL is a 404 for everyone', async () => {
    const { origin } = new URL(bench.server.baseUrl)
    expectRefusal(await bench.ask(`${origin}/`, { token: null }), 404, 'not_found_error')
  })

  test('an id may be percent-encoded', async () => {
    const encoded = bench.thread().id.replace('_', '%5F')
    const url = `${bench.server.baseUrl}/sessions/${bench.session().id}/threads/${encoded}/events`
    expect((await bench.ask(url)).status).toBe(200)
  })
})

describe('a bad query', () => {
  test.each([
    '0',
    '-1',
    '101',
    '1000',
    '1e3',
    '5.5',
    '5.0',
    'ten',
    '',
    '%20',
    '9'.repeat(400),
    '0x10',
    '%zz',
  ])('limit=%s is a 400', async (limit) => {
    expectRefusal(await bench.ask(bench.events(`?limit=${limit}`)), 400, 'invalid_request_error', 'limit')
  })

  test.each(['ASC', 'descending', '', '1'])('order=%s is a 400', async (order) => {
    expectRefusal(await bench.ask(bench.events(`?order=${order}`)), 400, 'invalid_request_error', 'order')
  })

  test('both cursors are a 400', async () => {
    const [a, b] = bench.thread().events
    const answer = await bench.ask(bench.events(`?after_id=${a?.id}&before_id=${b?.id}`))
    expectRefusal(answer, 400, 'invalid_request_error')
  })

  test.each(['after_id', 'before_id'])('%s that names no event of this thread is a 400', async (name) => {
    const own = bench.thread().events.at(0)?.id
    for (const id of [
      '',
      'evt_none',
      bench.thread(1).events[0]?.id,
      own?.toUpperCase(),
      `${own}x`,
      '__proto__',
    ])
      expectRefusal(await bench.ask(bench.events(`?${name}=${id}`)), 400, 'invalid_request_error', name)
  })
})

test.each(['PUT', 'POST', 'DELETE', 'OPTIONS'] as const)('%s is a 405 that names GET', async (method) => {
  const body = method === 'DELETE' ? undefined : '{"a":1}'
  for (const url of [bench.events(), `${bench.server.baseUrl}/sessions`]) {
    const answer = await bench.ask(url, { method, body })
    expectRefusal(answer, 405, 'invalid_request_error')
    expect(answer.headers.allow).toBe('GET, HEAD')
  }
})
