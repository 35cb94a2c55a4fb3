import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import type { Exchange } from './exchange.ts'
import { closeAll, http, raw } from './socket-fixture.ts'

afterEach(closeAll)

const text = '{"content":"调研 😀"}'

async function answered(body: Buffer | string, headers: Readonly<Record<string, string>>): Promise<Exchange> {
  const client = await http((_request, response) => response.writeHead(200, headers).end(body))
  return client.ask({ purpose: 'p', target: '/a' })
}

describe('a compressed body is read', () => {
  test.for<[string, (body: string) => Buffer]>([
    ['gzip', gzipSync],
    ['GZip ', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    // Many servers mean raw deflate data.
    ['deflate', deflateRawSync],
    ['identity', (body) => Buffer.from(body)],
  ])('as %j', async ([encoding, compress]) => {
    const packed = compress(text)
    const { response, failure } = await answered(packed, { 'content-encoding': encoding })
    expect(failure).toBeUndefined()
    expect(response).toMatchObject({ body: text, utf8: true, truncated: false, bytes: packed.length })
  })

  test('and an empty one is empty with any encoding', async () => {
    const { response, failure } = await answered('', { 'content-encoding': 'gzip' })
    expect([response?.body, failure]).toEqual(['', undefined])
  })

  test('and the response to a HEAD has none', async () => {
    const client = await http((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'br', 'content-type': 'text/event-stream' }).end(),
    )
    const exchange = await client.ask({ purpose: 'p', target: '/a', method: 'HEAD' })
    expect([exchange.response?.status, exchange.failure, exchange.stream]).toEqual([
      200,
      undefined,
      undefined,
    ])
  })
})

describe('a body that is not what its Content-Encoding says is a failure of that name', () => {
  test.for<[string, string, Buffer]>([
    ['plain text', 'gzip', Buffer.from(text)],
    ['plain text', 'br', Buffer.from(text)],
    ['plain text', 'deflate', Buffer.from(text)],
    ['gzip without its end', 'gzip', gzipSync(text).subarray(0, -9)],
  ])('%s as %s', async ([, encoding, body]) => {
    const exchange = await answered(body, { 'content-encoding': encoding })
    expect(exchange.failure?.kind).toBe('encoding')
    expect(exchange.response?.status).toBe(200)
  })
  test.for(['zstd', 'gzip, br'])('and %s, which cannot be read here, is no fault', async (encoding) => {
    const { failure } = await answered(Buffer.from(text), { 'content-encoding': encoding })
    expect(failure?.kind).toBe('unknown-encoding')
  })
})

describe('a body beyond the bound is not read to its end', () => {
  const huge = ' '.repeat(5_000_000)
  test.for<[string, string, Buffer | string]>([
    ['gzip', 'gzip', gzipSync(huge)],
    ['Brotli', 'br', brotliCompressSync(huge)],
    ['deflate', 'deflate', deflateSync(huge)],
    ['plain text', 'identity', huge],
  ])('of %s', async ([, encoding, body]) => {
    const { failure, response } = await answered(body, { 'content-encoding': encoding })
    expect(failure?.kind).toBe('too-large')
    expect(response?.truncated).toBe(true)
    expect(response?.body.length).toBeLessThan(300_000)
  })

  test('that has no end', async () => {
    const client = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n')
      const fill = () => {
        while (socket.write('x'.repeat(10_000)));
      }
      socket.on('drain', fill)
      fill()
    })
    const { failure } = await client.ask({ purpose: 'p', target: '/a' })
    expect(failure?.kind).toBe('too-large')
  })

  test('and a body of just that size is', async () => {
    const { failure, response } = await answered('x'.repeat(100_000), {})
    expect([failure, response?.body.length, response?.truncated]).toEqual([undefined, 100_000, false])
  })
})

describe('characters', () => {
  test('a byte order mark is no part of the text', async () => {
    const { response } = await answered(`\ufeff${text}`, {})
    expect([response?.body, response?.utf8]).toEqual([text, true])
  })

  test.for([
    ['a lone byte', [0x22, 0xff, 0x22]],
    ['half a character', [0x22, 0xe8, 0xb0]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
  ] as const)('%s is reported as invalid UTF-8', async ([, bytes]) => {
    expect((await answered(Buffer.from(bytes), {})).response?.utf8).toBe(false)
  })

  test('one that is cut by a chunk is whole', async () => {
    const client = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
      for (const byte of Buffer.from(text)) {
        socket.write('1\r\n')
        socket.write(Buffer.from([byte]))
        socket.write('\r\n')
      }
      socket.write('0\r\n\r\n')
    })
    const { response } = await client.ask({ purpose: 'p', target: '/a' })
    expect([response?.body, response?.utf8]).toEqual([text, true])
  })
})
