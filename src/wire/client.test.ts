import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { type ClientOptions, createClient, type Limits, type WireClient } from './client.ts'
import { SecretRegistry } from './secrets.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const limits: Limits = {
  timeoutMs: 2_000,
  streamFirstByteMs: 2_000,
  streamIdleMs: 300,
  streamTotalMs: 2_000,
  maxBodyBytes: 100_000,
  keepBodyChars: 1_000,
  concurrency: 4,
  maxRps: undefined,
  maxRateLimitWaitMs: 1_000,
}

async function opened(server: Server | TcpServer): Promise<URL> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(resolve)))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return new URL(`http://127.0.0.1:${address.port}/v1`)
}

function clientOf(base: URL, more: Partial<Limits> = {}, options: Partial<ClientOptions> = {}): WireClient {
  const client = createClient({
    base,
    token: 'pat_0123456789abcdef0123',
    headers: [],
    proxy: { http: undefined, https: undefined, no: undefined },
    secrets: new SecretRegistry(),
    userAgent: 'test',
    runId: 'run',
    limits: { ...limits, ...more },
    ...options,
  })
  closers.push(() => client.close())
  return client
}

async function http(answer: RequestListener, more: Partial<Limits> = {}): Promise<WireClient> {
  const server = createServer(answer)
  closers.push(() => server.closeAllConnections())
  return clientOf(await opened(server), more)
}

async function raw(
  talk: (socket: Socket, request: string) => void,
  more: Partial<Limits> = {},
): Promise<WireClient> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => talk(socket, chunk.toString('latin1')))
  })
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
  })
  return clientOf(await opened(server), more)
}

const plain = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'

describe('what goes out', () => {
  test('is the path byte for byte, each Accept on a line of its own, and no header that was not asked for', async () => {
    let seen = ''
    const client = await raw((socket, request) => {
      seen += request
      socket.write(`${plain}content-length: 2\r\n\r\n{}`)
    })
    await client.ask({ purpose: 'p', target: '/a/%2e%2E/b%2Fc?x=[]&y=%zz', accept: ['text/a', 'text/b'] })
    expect(seen).toContain('GET /v1/a/%2e%2E/b%2Fc?x=[]&y=%zz HTTP/1.1\r\n')
    expect(seen.toLowerCase().match(/^accept: .*$/gm)).toEqual(['accept: text/a', 'accept: text/b'])
    seen = ''
    await client.ask({ purpose: 'p', target: '/a', authorization: null })
    expect(seen.toLowerCase()).not.toMatch(/^(accept|accept-encoding|authorization):/m)
  })

  test('a request that HTTP cannot write is a failure, never an exception', async () => {
    const client = await http((_request, response) => response.end('{}'))
    const { failure } = await client.ask({ purpose: 'p', target: '/a b\n', headers: [['x', 'a\nb']] })
    expect(failure).toBeDefined()
  })

  test('no more requests than allowed are under way at once', async () => {
    let inside = 0
    let most = 0
    const client = await http(
      (_request, response) => {
        most = Math.max(most, ++inside)
        setTimeout(() => {
          inside -= 1
          response.end('{}')
        }, 10)
      },
      { concurrency: 3 },
    )
    await Promise.all(Array.from({ length: 20 }, () => client.ask({ purpose: 'p', target: '/a' })))
    expect(most).toBeLessThanOrEqual(3)
    expect(most).toBeGreaterThan(1)
  })
})

describe('what comes back', () => {
  test('a redirect is an answer, and is not followed', async () => {
    let requests = 0
    const client = await http((_request, response) => {
      requests += 1
      response.writeHead(302, { location: 'http://127.0.0.2/' }).end()
    })
    expect((await client.ask({ purpose: 'p', target: '/a' })).response?.status).toBe(302)
    expect(requests).toBe(1)
  })

  test('a compressed body is read, and a bomb stops at the bound', async () => {
    const client = await http((request, response) => {
      const body = request.url?.includes('bomb') === true ? ' '.repeat(5_000_000) : '{"a":1}'
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body))
    })
    expect((await client.ask({ purpose: 'p', target: '/a' })).response?.body).toBe('{"a":1}')
    expect((await client.ask({ purpose: 'p', target: '/bomb' })).failure?.kind).toBe('too-large')
  })

  test('a wrong Content-Encoding and an answer that breaks off have names of their own', async () => {
    const client = await raw((socket, request) => {
      if (request.includes('gzip'))
        socket.write(`${plain}content-encoding: gzip\r\ncontent-length: 5\r\n\r\nplain`)
      else socket.end(`${plain}content-length: 500\r\n\r\n{`)
    })
    expect((await client.ask({ purpose: 'p', target: '/gzip' })).failure?.kind).toBe('encoding')
    expect((await client.ask({ purpose: 'p', target: '/short' })).failure?.message).toContain('broke off')
  })

  test('a host that never answers, and one that never ends, meet the deadline', async () => {
    const client = await raw(
      (socket, request) => {
        if (request.includes('body')) socket.write(`${plain}content-length: 500\r\n\r\n{`)
      },
      { timeoutMs: 150 },
    )
    expect((await client.ask({ purpose: 'p', target: '/silent' })).failure?.kind).toBe('timeout')
    expect((await client.ask({ purpose: 'p', target: '/body' })).failure?.kind).toBe('timeout')
  })

  test('invalid UTF-8 is told', async () => {
    const client = await http((_request, response) => response.end(Buffer.from([0x22, 0xff, 0x22])))
    expect((await client.ask({ purpose: 'p', target: '/a' })).response?.utf8).toBe(false)
  })
})

describe('429', () => {
  test('is waited out as Retry-After says, and counted', async () => {
    let requests = 0
    const client = await http((_request, response) => {
      requests += 1
      if (requests < 2) response.writeHead(429, { 'retry-after': '0' }).end()
      else response.end('{}')
    })
    const exchange = await client.ask({ purpose: 'p', target: '/a' })
    expect([exchange.response?.status, exchange.waits]).toEqual([200, 1])
    expect(client.traffic()).toMatchObject({ requests: 2, rate_limit_waits: 1 })
  })

  test('that never ends is the answer at last', async () => {
    let requests = 0
    const client = await http((_request, response) => {
      requests += 1
      response.writeHead(429, { 'retry-after': '0' }).end()
    })
    expect((await client.ask({ purpose: 'p', target: '/a' })).response?.status).toBe(429)
    expect(requests).toBeLessThan(10)
  })

  test('with a Retry-After of a day is the answer at once', async () => {
    const client = await http((_request, response) =>
      response.writeHead(429, { 'retry-after': '86400' }).end(),
    )
    expect((await client.ask({ purpose: 'p', target: '/a' })).waits).toBe(0)
  })
})

describe('streams', () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n'

  test('end as soon as they gave what they were opened for', async () => {
    const client = await raw((socket) => socket.write(`${head}id: 1\ndata: {}\n\nid: 2\ndata: {}\n\n`))
    const { stream } = await client.ask({ purpose: 'p', target: '/a', until: (frames) => frames.length >= 2 })
    expect([stream?.end, stream?.frames.length]).toEqual(['enough', 2])
  })

  test('are given up when no event comes, however many heartbeats do', async () => {
    const client = await raw((socket) => {
      socket.write(head)
      const beat = setInterval(() => socket.write(': heartbeat\n\n'), 40)
      socket.on('close', () => clearInterval(beat))
    })
    const { stream } = await client.ask({ purpose: 'p', target: '/a' })
    expect(stream?.end).toBe('idle')
    expect(stream?.comments).toBeGreaterThan(0)
  })

  test('that drip for ever meet the deadline for the whole', async () => {
    const client = await raw(
      (socket) => {
        socket.write(head)
        const drip = setInterval(() => socket.write('data: {}\n\n'), 20)
        socket.on('close', () => clearInterval(drip))
      },
      { streamTotalMs: 300 },
    )
    expect((await client.ask({ purpose: 'p', target: '/a' })).stream?.end).toBe('total')
  })

  test('that the target ends say so', async () => {
    const client = await raw((socket) => socket.end(`${head}data: {}\n\n`))
    expect((await client.ask({ purpose: 'p', target: '/a' })).stream?.end).toBe('server')
  })
})

test('one connection serves several requests in turn', async () => {
  const ports = new Set<number | undefined>()
  const client = await http((request, response) => {
    ports.add(request.socket.remotePort)
    response.end('{}')
  })
  const connection = client.connection()
  for (let turn = 0; turn < 3; turn++) await client.ask({ purpose: 'p', target: '/a', connection })
  await connection.close()
  expect(ports.size).toBe(1)
})

test('a token shows neither in the record of a request nor where the target repeats it', async () => {
  const secrets = new SecretRegistry()
  secrets.add('CONFORMANCE_TOKEN', 'pat_0123456789abcdef0123')
  const server = createServer((request, response) => {
    response.setHeader('x-echo', request.headers.authorization ?? '')
    response.end(JSON.stringify({ got: request.headers.authorization }))
  })
  closers.push(() => server.closeAllConnections())
  const client = clientOf(await opened(server), {}, { secrets })
  const exchange = await client.ask({ purpose: 'p', target: '/a' })
  expect(JSON.stringify([exchange, client.exchanges])).not.toContain('pat_0123456789abcdef0123')
  expect(exchange.echoes).toEqual(['CONFORMANCE_TOKEN'])
})

test('a run that is stopped is not blamed on the target', async () => {
  const stop = new AbortController()
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', () => stop.abort())
    closers.push(() => socket.destroy())
  })
  const client = clientOf(await opened(server), {}, { signal: stop.signal })
  expect((await client.ask({ purpose: 'p', target: '/a' })).failure?.kind).toBe('aborted')
})
