import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { SecretRegistry } from './secrets.ts'
import { clientOf, closeAll, http, raw, rawServer } from './socket-fixture.ts'

afterEach(closeAll)

const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n'
const request = { purpose: 'p', target: '/a' }

/** Writes the text again and again until the socket is closed. */
function repeat(socket: Socket, text: string): void {
  socket.write(head)
  const timer = setInterval(() => socket.write(text), 20)
  socket.on('close', () => clearInterval(timer))
}

describe('a stream is read until', () => {
  test('it has delivered what it was opened for, and then its connection is closed', async () => {
    const closed: Promise<void>[] = []
    const client = await raw((socket) => {
      closed.push(new Promise((resolve) => socket.on('close', () => resolve())))
      socket.write(`${head}id: 1\ndata: {}\n\nid: 2\ndata: {}\n\n`)
    })
    const { stream, failure } = await client.ask({ ...request, until: (frames) => frames.length >= 2 })
    expect([stream?.end, stream?.frames.map(({ id }) => id), failure]).toEqual([
      'enough',
      ['1', '2'],
      undefined,
    ])
    await Promise.all(closed)
  })

  test('nothing is wanted of it from the start', async () => {
    const client = await raw((socket) => socket.write(head))
    expect((await client.ask({ ...request, until: () => true })).stream?.end).toBe('enough')
  })

  test('the linger time after the last expected event has passed, with what arrived then', async () => {
    const client = await raw((socket) => repeat(socket, 'data: {}\n\n'))
    const { stream } = await client.ask({ ...request, until: (frames) => frames.length >= 1, lingerMs: 150 })
    expect(stream?.end).toBe('enough')
    expect(stream?.frames.length).toBeGreaterThan(1)
  })

  test('the target ends it, be it without an event', async () => {
    const client = await raw((socket) => socket.end(head))
    const { stream, failure } = await client.ask(request)
    expect([stream?.end, stream?.frames, failure]).toEqual(['server', [], undefined])
  })

  test('its connection breaks, which is reported', async () => {
    const client = await raw((socket) =>
      socket.end(`${head.replace('\r\n\r\n', '\r\ncontent-length: 500\r\n\r\n')}data: 1\n\ndata: 2`),
    )
    const { stream, failure } = await client.ask(request)
    expect([stream?.end, failure?.kind, stream?.frames.length]).toEqual(['failure', 'reset', 1])
    expect(stream?.leftover).toBe('data: 2'.length)
  })
})

describe('a stream is given up', () => {
  test('if no byte arrives', async () => {
    const client = await raw((socket) => socket.write(head), { streamFirstByteMs: 100 })
    expect((await client.ask(request)).stream?.end).toBe('first-byte')
  })

  test('if its headers do not arrive, which is a timeout', async () => {
    const client = await raw(() => undefined, { streamFirstByteMs: 100, timeoutMs: 100 })
    const { stream, failure } = await client.ask({ ...request, accept: ['text/event-stream'] })
    expect([stream, failure?.kind]).toEqual([undefined, 'timeout'])
  })

  test.for([': heartbeat\n\n', 'event: heartbeat\ndata: {}\n\n'])(
    'when no event comes, however often %j does',
    async (heartbeat) => {
      const client = await raw((socket) => repeat(socket, heartbeat), { streamIdleMs: 200 })
      const { stream } = await client.ask(request)
      expect([stream?.end, stream?.frames]).toEqual(['idle', []])
      expect((stream?.comments ?? 0) + (stream?.heartbeats ?? 0)).toBeGreaterThan(0)
    },
  )

  test('if it never stops dripping', async () => {
    const client = await raw((socket) => repeat(socket, 'data: {}\n\n'), { streamTotalMs: 200 })
    const { stream } = await client.ask(request)
    expect(stream?.end).toBe('total')
    expect(stream?.frames.length).toBeGreaterThan(0)
  })

  test.for([
    ['in bytes', { maxBodyBytes: 1_000 }],
    ['in events', { maxFrames: 10 }],
  ] as const)('when it passes the bound %s', async ([, bound]) => {
    const client = await raw((socket) => repeat(socket, 'data: {"a":1}\n\n'.repeat(4)), bound)
    const { stream, response } = await client.ask(request)
    expect([stream?.end, response?.truncated]).toEqual(['too-large', true])
    if ('maxFrames' in bound) expect(stream?.frames).toHaveLength(10)
  })

  test('when one event does not end', async () => {
    const client = await raw((socket) => repeat(socket, `data: ${'x'.repeat(500)}\n`), {
      maxBodyBytes: 2_000,
    })
    const { stream } = await client.ask(request)
    expect([stream?.end, stream?.frames]).toEqual(['too-large', []])
  })
})

describe('a stream', () => {
  test('reports its opening and each event as it arrives', async () => {
    const told: string[] = []
    let release = (): unknown => undefined
    const client = await raw((socket) => {
      socket.write(`${head}data: 1\n\n`)
      release = () => socket.end('data: 2\n\n')
    })
    await client.ask({
      ...request,
      onOpen: () => told.push('open'),
      onFrame: ({ data }) => {
        told.push(data)
        // The second event is sent only because the first was reported while the stream was open.
        if (data === '1') release()
      },
    })
    expect(told).toEqual(['open', '1', '2'])
  })

  test('that is refused is not opened, and is read as an error', async () => {
    const told: string[] = []
    const client = await http((_request, response) =>
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"type":"error"}'),
    )
    const { response, stream } = await client.ask({
      ...request,
      accept: ['text/event-stream'],
      onOpen: () => told.push('open'),
    })
    expect([told, response?.body, stream]).toEqual([[], '{"type":"error"}', undefined])
  })

  test('that is compressed is read, though it ends without the trailer', async () => {
    const packed = gzipSync('data: 1\n\ndata: 2\n\n')
    const client = await http((_request, response) =>
      response
        .writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' })
        .end(packed.subarray(0, -8)),
    )
    const { stream, failure } = await client.ask(request)
    expect([stream?.frames.map(({ data }) => data), failure]).toEqual([['1', '2'], undefined])
  })

  test('repeats no secret into the record', async () => {
    const secrets = new SecretRegistry()
    secrets.add('CONFORMANCE_TOKEN', 'pat_0123456789abcdef0123')
    const base = await rawServer((socket) =>
      socket.end(`${head}id: pat_0123456789abcdef0123\ndata: "pat_0123456789abcdef0123"\n\n`),
    )
    const exchange = await clientOf(base, {}, { secrets }).ask(request)
    expect(JSON.stringify(exchange)).not.toContain('pat_0123456789abcdef0123')
    expect(exchange.stream?.frames[0]?.data).toBe('"$CONFORMANCE_TOKEN"')
    expect(exchange.echoes).toEqual(['CONFORMANCE_TOKEN'])
  })

  test.for([': for pat_0123456789abcdef0123\n\n', 'event: heartbeat\ndata: pat_0123456789abcdef0123\n\n'])(
    'repeats a secret even if no frame contains it: %j',
    async (keepAlive) => {
      const secrets = new SecretRegistry()
      secrets.add('CONFORMANCE_TOKEN', 'pat_0123456789abcdef0123')
      const base = await rawServer((socket) => socket.end(`${head}id: evt_1\ndata: {}\n\n${keepAlive}`))
      const exchange = await clientOf(base, {}, { secrets }).ask(request)
      expect(exchange.echoes).toEqual(['CONFORMANCE_TOKEN'])
      expect(JSON.stringify(exchange)).not.toContain('pat_0123456789abcdef0123')
    },
  )
})

test('frames under another media type are read as frames, and the type is kept', async () => {
  const client = await http((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' }).write('id: evt_1\ndata: {}\n\n')
  })
  const accept = ['text/event-stream']
  const until = (frames: readonly unknown[]) => frames.length > 0
  const { stream, response, failure } = await client.ask({ purpose: 'p', target: '/a', accept, until })
  expect([stream?.frames.length, stream?.end, failure]).toEqual([1, 'enough', undefined])
  expect(response?.headers).toContainEqual(['content-type', 'text/plain'])
})

test('a body that never ends costs its deadline twice, and a second from then on', async () => {
  const client = await http(
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).write('hello')
    },
    { timeoutMs: 3_000 },
  )
  const ask = { purpose: 'p', target: '/a', accept: ['text/event-stream'] }
  const first = await client.ask(ask)
  const second = await client.ask(ask)
  const third = await client.ask(ask)
  const all = [first, second, third]
  expect(all.map(({ failure }) => failure?.kind)).toEqual(['timeout', 'timeout', 'timeout'])
  expect(Math.min(first.totalMs, second.totalMs)).toBeGreaterThanOrEqual(2_900)
  expect(third.totalMs).toBeLessThan(first.totalMs)
})
