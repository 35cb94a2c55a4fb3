import { afterEach, describe, expect, test } from 'vitest'
import type { Exchange } from './exchange.ts'
import { SecretRegistry } from './secrets.ts'
import { clientOf, closeAll, http, httpServer, raw, rawServer } from './socket-fixture.ts'

afterEach(closeAll)

const plain = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'
const token = 'pat_0123456789abcdef0123'

describe('the request that is sent', () => {
  test('has the path byte for byte, each Accept on its own line, and no unrequested header', async () => {
    let seen = ''
    const client = await raw((socket, request) => {
      seen += request
      socket.write(`${plain}content-length: 2\r\n\r\n{}`)
    })
    await client.ask({
      purpose: 'p',
      target: '/a/../%2e%2E//b%2Fc?x=[]&y=%zz&z={"\'|\\^`}',
      accept: ['text/a', 'text/b'],
    })
    expect(seen).toContain('GET /v1/a/../%2e%2E//b%2Fc?x=[]&y=%zz&z={"\'|\\^`} HTTP/1.1\r\n')
    expect(seen.match(/^accept: .*$/gim)).toEqual(['Accept: text/a', 'Accept: text/b'])
    expect(seen).toContain(`\r\nAuthorization: Bearer ${token}\r\n`)
    seen = ''
    await client.ask({ purpose: 'p', target: '/a', authorization: null, method: 'HEAD' })
    const names = [...seen.matchAll(/^([\w-]+):/gm)].map(([, name]) => name?.toLowerCase())
    expect(seen).toMatch(/^HEAD /)
    expect(names.toSorted()).toEqual(['connection', 'host', 'traceparent', 'user-agent', 'x-conformance-run'])
  })

  test.for([
    ['a line break in the path', { target: '/a\nb' }],
    ['a space in the path', { target: '/a b' }],
    ['a character beyond Latin-1 in the path', { target: '/调研' }],
    ['a line break in a header', { target: '/a', headers: [['x', 'a\r\nb: c']] as const }],
    ['a character beyond Latin-1 in a header', { target: '/a', headers: [['x', '调研']] as const }],
    ['a header name that is none', { target: '/a', headers: [['a b', 'c']] as const }],
    ['a NUL in an Accept line', { target: '/a', accept: ['\0'] }],
  ] as const)('%s cannot be written in HTTP, which is a failure and no exception', async ([, ask]) => {
    let requests = 0
    const client = await http((_request, response) => {
      requests += 1
      response.end('{}')
    })
    const exchange = await client.ask({ purpose: 'p', ...ask })
    expect(exchange.failure?.kind).toBe('unsendable')
    expect([exchange.response, requests]).toEqual([undefined, 0])
    expect((await client.ask({ purpose: 'p', target: '/a' })).failure).toBeUndefined()
  })

  test('is reported when it is sent, not while it waits', async () => {
    const order: string[] = []
    const base = await httpServer((_request, response) => {
      order.push('answered')
      response.end('{}')
    })
    const client = clientOf(base, { concurrency: 1 })
    const ask = () => client.ask({ purpose: 'p', target: '/a', onSend: () => order.push('sent') })
    await Promise.all([ask(), ask()])
    expect(order).toEqual(['sent', 'answered', 'sent', 'answered'])
  })

  test('sends as many concurrent requests as allowed, and no more', async () => {
    const held: (() => void)[] = []
    let most = 0
    const client = await http(
      (_request, response) => {
        held.push(() => response.end('{}'))
        most = Math.max(most, held.length)
        // Nobody is answered before the place is full, so the bound must be reached, and cannot be passed.
        if (held.length === 3) for (const answer of held.splice(0)) answer()
      },
      { concurrency: 3 },
    )
    await Promise.all(Array.from({ length: 21 }, () => client.ask({ purpose: 'p', target: '/a' })))
    expect(most).toBe(3)
  })
})

test('a redirect is an answer, and is not followed', async () => {
  let requests = 0
  const client = await http((_request, response) => {
    requests += 1
    response.writeHead(302, { location: '/elsewhere' }).end()
  })
  expect((await client.ask({ purpose: 'p', target: '/a' })).response?.status).toBe(302)
  expect(requests).toBe(1)
})

test('errors thrown by callbacks propagate, and the slot is free again', async () => {
  const client = await raw(
    (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: {}\n\n'),
    { concurrency: 1 },
  )
  const until = () => {
    throw new Error('of the caller')
  }
  await expect(client.ask({ purpose: 'p', target: '/a', until })).rejects.toThrow('of the caller')
  const next = await client.ask({ purpose: 'p', target: '/a', until: (frames) => frames.length > 0 })
  expect(next.stream?.end).toBe('enough')
})

describe('the record', () => {
  test('holds every exchange once, numbered, with long bodies cut; the caller has the whole', async () => {
    const client = await http((_request, response) => response.end(`"${'x'.repeat(5_000)}"`))
    const told = await client.ask({ purpose: 'first', target: '/a' })
    await client.ask({ purpose: 'second', target: '/b' })
    expect(told.response?.body).toHaveLength(5_002)
    expect(client.exchanges.map(({ id, purpose, response }) => [id, purpose, response?.body.length])).toEqual(
      [
        [1, 'first', 1_001],
        [2, 'second', 1_001],
      ],
    )
  })

  test('shows a token neither in a request nor where the target repeats it', async () => {
    const secrets = new SecretRegistry()
    secrets.add('CONFORMANCE_TOKEN', token)
    const base = await httpServer((request, response) => {
      response.setHeader('x-echo', request.headers.authorization ?? '')
      response.setHeader('set-cookie', 'session=unknown-secret')
      response.end(JSON.stringify({ got: request.headers.authorization }))
    })
    const client = clientOf(base, {}, { secrets, headers: [['X-Gateway', 'key-of-a-gateway']] })
    const exchange = await client.ask({ purpose: 'p', target: `/a?token=${token}` })
    const text = JSON.stringify([exchange, client.exchanges])
    for (const secret of [token, 'key-of-a-gateway', 'unknown-secret']) expect(text).not.toContain(secret)
    expect(exchange.request.headers).toContainEqual(['Authorization', 'Bearer $CONFORMANCE_TOKEN'])
    expect(exchange.echoes).toEqual(['CONFORMANCE_TOKEN'])
  })

  test('shows no token of a request that is wrong on purpose', async () => {
    const client = await http((_request, response) => response.writeHead(401).end())
    const { request } = await client.ask({
      purpose: 'p',
      target: '/a',
      authorization: `Bearer ${token}x`,
      headers: [['X-Api-Key', token]],
    })
    expect(request.headers).toContainEqual(['Authorization', 'Bearer [redacted]'])
    expect(request.headers).toContainEqual(['X-Api-Key', '[redacted]'])
  })
})

describe('a run that is stopped is not blamed on the target', () => {
  test('whether the stop is before the request, before the response, or in a stream', async () => {
    const stop = new AbortController()
    const base = await rawServer((socket, request) => {
      if (request.includes('/stream'))
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: {}\n\n')
      else stop.abort()
    })
    const client = clientOf(base, {}, { signal: stop.signal })
    const during: Promise<Exchange>[] = []
    const onOpen = () => during.push(client.ask({ purpose: 'p', target: '/silent' }))
    const stream = await client.ask({ purpose: 'p', target: '/stream', onOpen })
    const before = await client.ask({ purpose: 'p', target: '/never' })
    const kinds = [stream, ...(await Promise.all(during)), before].map(({ failure }) => failure?.kind)
    expect(kinds).toEqual(['aborted', 'aborted', 'aborted'])
  })

  test('nor are bodies without end, nor the requests that wait for their turn', async () => {
    const stop = new AbortController()
    const base = await httpServer((request, response) => {
      response.writeHead(200, {
        'content-type': request.url?.endsWith('0') ? 'text/event-stream' : 'application/json',
      })
      response.write(': never ends\n\n')
    })
    const client = clientOf(base, { concurrency: 3, timeoutMs: 600_000 }, { signal: stop.signal })
    const pending = Array.from({ length: 12 }, (_, at) =>
      client.ask({ purpose: 'p', target: `/${at}`, onOpen: () => setImmediate(() => stop.abort()) }),
    )
    const kinds = (await Promise.all(pending)).map(({ failure, stream }) => failure?.kind ?? stream?.end)
    expect(new Set(kinds)).toEqual(new Set(['aborted']))
  })

  test('nor does a stopped run wait for a rate limit', async () => {
    const stop = new AbortController()
    const base = await httpServer((_request, response) => {
      response.writeHead(429, { 'retry-after': '3600' }).end(() => stop.abort())
    })
    const client = clientOf(base, { maxRateLimitWaitMs: 7_200_000 }, { signal: stop.signal })
    expect((await client.ask({ purpose: 'p', target: '/a' })).response?.status ?? 'none').toBeOneOf([
      429,
      'none',
    ])
  })
})
