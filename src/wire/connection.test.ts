import type { Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Exchange } from './exchange.ts'
import { clientOf, closeAll, http, raw, rawServer } from './socket-fixture.ts'

afterEach(closeAll)

const whole = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}'
const request = { purpose: 'p', target: '/a' }
const outcome = ({ response, failure }: Exchange) => failure?.kind ?? response?.status

/** Counts sockets and requests. The callback answers each request by its number, from 1. */
function counting(answer: (socket: Socket, request: number) => void) {
  const sockets = new Set<Socket>()
  const count = { requests: 0, sockets: () => sockets.size }
  const talk = (socket: Socket) => {
    sockets.add(socket)
    count.requests += 1
    answer(socket, count.requests)
  }
  return { count, talk }
}

describe('a connection that breaks', () => {
  test.for<[string, (socket: Socket) => void, string, string]>([
    [
      'is reset before any answer',
      (socket) => socket.resetAndDestroy(),
      'reset',
      'the target dropped the connection',
    ],
    ['is closed before any answer', (socket) => socket.end(), 'reset', 'the target dropped the connection'],
    [
      'is closed in the head',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nconte'),
      'reset',
      'the target dropped the connection',
    ],
    [
      'is closed in the body',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{'),
      'reset',
      'the response ended prematurely',
    ],
    [
      'is closed in a chunk',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{'),
      'reset',
      'the response ended prematurely',
    ],
    [
      'speaks something else',
      (socket) => socket.end('220 ready\r\n'),
      'protocol',
      'the response is not valid HTTP/1.1',
    ],
  ])('and %s is named', async ([, answer, kind, message]) => {
    const { count, talk } = counting(answer)
    const client = await raw(talk)
    const { failure } = await client.ask(request)
    expect(failure).toEqual({ kind, message })
    // Only where there was no answer at all may another try reach the API.
    expect(count.requests).toBe(message === 'the target dropped the connection' ? 4 : 1)
  })

  test('immediately on every kept-alive socket is retried once', async () => {
    const { count, talk } = counting((socket, request) =>
      request === 2 ? socket.resetAndDestroy() : socket.write(whole),
    )
    const client = await raw(talk)
    expect([outcome(await client.ask(request)), outcome(await client.ask(request))]).toEqual([200, 200])
    expect([count.requests, count.sockets()]).toEqual([3, 2])
    expect(client.traffic().retries).toBe(1)
  })

  test('again after the retry is the result', async () => {
    const { count, talk } = counting((socket, request) =>
      request === 1 ? socket.write(whole) : socket.resetAndDestroy(),
    )
    const client = await raw(talk)
    await client.ask(request)
    expect(outcome(await client.ask(request))).toBe('reset')
    expect(count.requests).toBe(6)
  })

  test('in the body of a response is not retried, kept-alive or not', async () => {
    const { count, talk } = counting((socket, request) =>
      request === 1
        ? socket.write(whole)
        : socket.end(whole.replace('content-length: 2', 'content-length: 9')),
    )
    const client = await raw(talk)
    await client.ask(request)
    expect(outcome(await client.ask(request))).toBe('reset')
    expect(count.requests).toBe(2)
  })

  test('after every response, unannounced, is not a failure', async () => {
    const { talk } = counting((socket) => socket.end(whole))
    const client = await raw(talk)
    for (let turn = 0; turn < 5; turn++) expect(outcome(await client.ask(request))).toBe(200)
  })
})

describe('sockets', () => {
  test('are kept alive from one request to the next', async () => {
    const { count, talk } = counting((socket) => socket.write(whole))
    const client = await raw(talk)
    for (let turn = 0; turn < 5; turn++) await client.ask(request)
    expect([count.requests, count.sockets()]).toEqual([5, 1])
  })

  test('on a connection of their own use only that one, for lists and streams alternately', async () => {
    const ports: (number | undefined)[] = []
    const client = await http((request, response) => {
      ports.push(request.socket.remotePort)
      if (request.url?.endsWith('stream') !== true) return response.end('{}')
      return response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: {}\n\n')
    })
    await client.ask(request)
    const connection = client.connection()
    for (const target of ['/a', '/stream', '/a', '/stream'])
      await client.ask({ purpose: 'p', target, connection })
    await connection.close()
    expect(new Set(ports.slice(1)).size).toBe(1)
    expect(ports[1]).not.toBe(ports[0])
  })

  test('on which a connection of its own was broken off are replaced', async () => {
    const { count, talk } = counting((socket, request) =>
      request === 2 ? socket.resetAndDestroy() : socket.write(whole),
    )
    const client = await raw(talk)
    const connection = client.connection()
    for (let turn = 0; turn < 3; turn++)
      expect(outcome(await client.ask({ ...request, connection }))).toBe(200)
    expect(count.sockets()).toBe(2)
  })
})

describe('deadlines', () => {
  test('an answer that does not begin, and one that does not end, are timeouts', async () => {
    const client = await raw(
      (socket, request) => {
        if (request.includes('/body')) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{')
      },
      { timeoutMs: 150 },
    )
    const silent = await client.ask({ purpose: 'p', target: '/silent' })
    expect(silent.failure).toEqual({ kind: 'timeout', message: 'no response within 150 ms' })
    const endless = await client.ask({ purpose: 'p', target: '/body' })
    expect(endless.failure).toEqual({ kind: 'timeout', message: 'the response did not end in time' })
    expect(endless.response?.status).toBe(200)
  })
})

describe('an address without a target', () => {
  test('is refused if nothing listens', async () => {
    const base = await rawServer(() => undefined)
    await closeAll()
    expect((await clientOf(base).ask(request)).failure).toEqual({
      kind: 'connect',
      message: 'the connection was refused',
    })
  })

  test('does not speak TLS on https', async () => {
    const base = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const { failure } = await clientOf(new URL(base.href.replace('http', 'https'))).ask(request)
    expect(failure).toEqual({ kind: 'tls', message: 'the server does not use TLS' })
  })
})

describe('proxies', () => {
  test('are not used for a loopback target', async () => {
    const base = await rawServer((socket) => socket.write(whole))
    const proxy = { http: 'http://127.0.0.1:9', https: undefined, no: undefined }
    expect(outcome(await clientOf(base, {}, { proxy }).ask(request))).toBe(200)
  })

  test('that refuse are not taken for the target', async () => {
    const { host } = await rawServer((socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'))
    const proxy = { http: undefined, https: host, no: undefined }
    const client = clientOf(new URL('https://api.example/v1'), {}, { proxy })
    expect((await client.ask(request)).failure).toEqual({
      kind: 'connect',
      message: 'the proxy refused the connection with status 403',
    })
  })
  test('that cannot be reached are named', async () => {
    const { host } = await rawServer(() => undefined)
    await closeAll()
    const proxy = { http: host, https: undefined, no: undefined }
    const client = clientOf(new URL('http://api.example/v1'), {}, { proxy })
    expect((await client.ask(request)).failure?.message).toBe(
      `the proxy ${host} could not be reached: the connection was refused`,
    )
  })

  test('pass on every Accept line', async () => {
    let seen = ''
    const { host } = await rawServer((socket, request) => {
      if (request.startsWith('CONNECT')) return socket.write('HTTP/1.1 200 OK\r\n\r\n')
      seen = request
      return socket.write(whole)
    })
    const proxy = { http: host, https: undefined, no: undefined }
    const client = clientOf(new URL('http://api.example/v1'), {}, { proxy })
    await client.ask({ ...request, accept: ['application/json', 'text/event-stream'] })
    expect(seen.match(/^accept: .*$/gim)).toEqual(['Accept: application/json', 'Accept: text/event-stream'])
  })
})
