import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestBench } from './test-client.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await TestBench.start({ behaviour: () => ({ afterHistory: () => 'close' }) })
})
afterAll(() => bench.stop())

/** Everything that the server says to these bytes before it closes the connection. */
function say(bytes: string | Uint8Array): Promise<string> {
  const { port, hostname } = new URL(bench.server.baseUrl)
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(Number(port), hostname)
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(heard))
    socket.write(bytes)
  })
}

/** The same, of a client that says no more after these pieces; nothing where the connection was only closed. */
function shout(pieces: readonly Uint8Array[]): Promise<string> {
  const { port, hostname } = new URL(bench.server.baseUrl)
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(Number(port), hostname)
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
    })
    // To reset the connection is an answer as well.
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(heard))
    for (const piece of pieces) socket.write(piece)
    socket.end()
  })
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1])

describe('a malformed request', () => {
  const get = () => `GET ${new URL(bench.events()).pathname} HTTP/1.1\r\n`
  const cases: [string, () => string, number][] = [
    ['no HTTP at all', () => 'hello there\r\n\r\n', 400],
    ['an unknown version', () => `${get().replace('1.1', '9.9')}\r\n`, 400],
    ['a header without colon', () => `${get()}Host: x\r\nnonsense\r\n\r\n`, 400],
    ['a header with NUL', () => `${get()}Host: x\r\nA: \0\r\n\r\n`, 400],
    ['two lengths', () => `${get()}Host: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400],
    ['no Host', () => `${get()}Connection: close\r\n\r\n`, 400],
    ['two Hosts', () => `${get()}Host: x\r\nHost: y\r\nConnection: close\r\n\r\n`, 400],
    ['a path beyond all bounds', () => `GET /v1/${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ['headers beyond all bounds', () => `${get()}Host: x\r\nA: ${'a'.repeat(300_000)}\r\n\r\n`, 431],
    ['CONNECT', () => 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', 400],
  ]
  test.each(cases)('%s gets the error envelope', async (_what, bytes, status) => {
    const answer = await say(bytes())
    expect(statusOf(answer)).toBe(status)
    expect(answer).toMatch(/content-type: application\/json/i)
    expect(answer).toContain('"type":"error"')
  })

  test('long paths and headers within the bound are read', async () => {
    const path = `/v1/sessions/${'s'.repeat(30_000)}/threads/x/events`
    const head = `Host: x\r\nAuthorization: Bearer ${bench.server.token}\r\nConnection: close\r\n`
    expect(statusOf(await say(`GET ${path} HTTP/1.1\r\n${head}X: ${'a'.repeat(30_000)}\r\n\r\n`))).toBe(404)
  })

  test('the absolute form is read', async () => {
    const head = `Host: x\r\nAuthorization: Bearer ${bench.server.token}\r\nConnection: close\r\n`
    expect(statusOf(await say(`GET ${bench.events()} HTTP/1.1\r\n${head}\r\n`))).toBe(200)
  })

  test('an unsupported Expect or Upgrade is ignored', async () => {
    for (const line of ['Expect: miracles', 'Connection: upgrade\r\nUpgrade: h2c']) {
      const head = `Host: x\r\n${line}\r\nAuthorization: Bearer ${bench.server.token}\r\nConnection: close\r\n`
      expect(statusOf(await say(`${get()}${head}\r\n`))).toBe(200)
    }
  })
})

const between = (min: number, max: number) =>
  fc.string({ unit: fc.integer({ min, max }).map((code) => String.fromCharCode(code)) })
// What a request line can hold: bytes beyond ASCII end in the parser, so they are the exception.
const piece = fc.oneof(
  { weight: 8, arbitrary: between(0x21, 0x7e).map((text) => text.replaceAll('#', '%23')) },
  {
    weight: 4,
    arbitrary: fc.string({ unit: 'grapheme' }).map(encodeURIComponent),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '%00',
      '%zz',
      '%',
      '%ff',
      '%2F',
      '..',
      '%E2%80%A8',
      '__proto__',
      'a'.repeat(5_000),
    ),
  },
  { weight: 1, arbitrary: between(0x21, 0xff) },
)
const parameter = fc.tuple(
  fc.oneof(
    fc.constantFrom('limit', 'order', 'after_id', 'before_id', 'type', 'types[]', 'types%5B%5D', '__proto__'),
    piece,
  ),
  fc.oneof(fc.constantFrom('1', '100', '-1', 'asc', 'desc', '', 'agent.message', ',', 'a,,b'), piece),
)
const header = fc.tuple(
  fc.constantFrom(
    'Accept',
    'Accept',
    'Last-Event-ID',
    'X-Other',
    'Cookie',
    'Accept-Encoding',
    'Range',
    'If-None-Match',
  ),
  fc.oneof(
    fc.constantFrom('text/event-stream', '"', 'text/event-stream;q="', ',,;;', '*/*', ''),
    between(0x20, 0x7e),
    between(0xa0, 0xff),
  ),
)

describe('any input in path, query and headers', () => {
  test('is answered below 500, and the server lives on', async () => {
    const target = new URL(bench.events()).pathname.split('/').slice(1)
    const path = fc.oneof(
      fc.array(piece, { maxLength: 8 }),
      fc.tuple(fc.nat(target.length - 1), piece).map(([at, text]) => target.with(at, text)),
      fc.constant(target),
    )
    const statuses = new Set<number>()
    const given = fc.record({
      method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS', 'PATCH', 'TRACE'),
      path,
      query: fc.array(parameter, { maxLength: 5 }),
      headers: fc.array(header, { maxLength: 5 }),
      signed: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(given, async ({ method, path, query, headers, signed }) => {
        const search = query.map((pair) => pair.join('=')).join('&')
        const lines = [
          `${method} /${path.join('/')}?${search} HTTP/1.1`,
          'Host: x',
          'Connection: close',
          ...(signed ? [`Authorization: Bearer ${bench.server.token}`] : []),
          ...headers.map((pair) => pair.join(': ')),
        ]
        const answer = await say(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'))
        const status = statusOf(answer)
        statuses.add(status)
        expect(status).toBeGreaterThanOrEqual(200)
        expect(status).toBeLessThan(500)
        if (status >= 400 && method !== 'HEAD') expect(answer).toContain('"type":"error"')
      }),
      { numRuns: 600 },
    )
    // The input came as far as every stage.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 401, 404, 405]))
    expect((await bench.ask(bench.events())).status).toBe(200)
  }, 60_000)
})

describe('bytes that need be no HTTP, in pieces', () => {
  const raw = fc.oneof(
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)) },
    {
      weight: 3,
      arbitrary: fc
        .array(
          fc.oneof(
            fc.constantFrom(
              'GET',
              ' ',
              '/v1/sessions',
              ' HTTP/1.1',
              '\r\n',
              '\n',
              '\r',
              ':',
              'Host: x',
              '\0',
              '\r\n\r\n',
            ),
            fc.constantFrom(
              'Transfer-Encoding: chunked',
              'Content-Length: 5',
              'Connection: close',
              'ffffffff',
              '0',
            ),
            between(0x00, 0xff),
          ),
          { maxLength: 20 },
        )
        .map((parts) => Buffer.from(parts.join(''), 'latin1')),
    },
  )

  test('end in an answer below 500 or a closed connection, and the server lives on', async () => {
    let answered = 0
    await fc.assert(
      fc.asyncProperty(fc.array(raw, { minLength: 1, maxLength: 4 }), async (pieces) => {
        const heard = await shout(pieces)
        if (heard === '') return
        answered += 1
        expect(statusOf(heard)).toBeLessThan(500)
      }),
      { numRuns: 300 },
    )
    expect(answered).toBeGreaterThan(50)
    expect((await bench.ask(bench.events())).status).toBe(200)
  }, 60_000)
})

describe('any body on the control routes', () => {
  const field = fc.constantFrom(
    'threads',
    'events',
    'id',
    'type',
    'created_at',
    'session_id',
    '__proto__',
    'x',
  )
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.constantFrom(null, true, -1, 1e308, '', 'sess_a', '2026-01-01T00:00:00Z', '\ud800'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(field, tie('value'), { maxKeys: 5 }),
    ),
  }))
  const text = fc.oneof(
    { weight: 4, arbitrary: value.map((one) => JSON.stringify(one)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 20_000 }).map((depth) => '['.repeat(depth)) },
    { weight: 1, arbitrary: value.map((one) => `{"threads":[${JSON.stringify(one)}]}`) },
  )
  const request = fc.record({
    method: fc.constantFrom('PUT', 'POST', 'DELETE', 'PATCH'),
    path: fc.constantFrom(
      '/sessions/sess_fuzz',
      '/sessions/sess_fuzz/threads/sthr_a/events',
      '/sessions',
      '/tokens',
      '/x',
    ),
    text,
  })

  test('is answered below 500, and the data that was there stays', async () => {
    const { controlUrl, controlToken } = bench.server
    const before = (await bench.ask(bench.events())).json
    const statuses = new Set<number>()
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, text: body }) => {
        const response = await fetch(`${controlUrl}${path}`, {
          method,
          headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
          body,
        })
        await response.text()
        statuses.add(response.status)
        expect(response.status).toBeLessThan(500)
      }),
      { numRuns: 400 },
    )
    expect([...statuses]).toEqual(expect.arrayContaining([204, 400]))
    expect((await bench.ask(bench.events())).json).toEqual(before)
  }, 60_000)
})
