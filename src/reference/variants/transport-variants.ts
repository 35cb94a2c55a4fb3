import type { ServerResponse } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { writable } from '../behaviour/presentation.ts'
import type { Reply } from '../behaviour/reply.ts'
import type { Override } from '../behaviour.ts'
import { onEveryHead } from './every-head.ts'
import type { Variant } from './variant.ts'

/** Compresses lists and errors although the request does not ask for it. */
function compressed(encoding: string, compress: (body: Uint8Array) => Uint8Array): Override {
  return (base) => ({
    async finish(call, reply) {
      const { status, headers, body } = await base.finish(call, reply)
      return { status, headers: { ...headers, 'content-encoding': encoding }, body: compress(body) }
    },
  })
}

function pieces(body: Uint8Array, size: number): Uint8Array[] {
  const count = Math.ceil(body.length / size)
  return Array.from({ length: count }, (_, at) => body.subarray(at * size, at * size + size))
}

async function writePieces(response: ServerResponse, reply: Reply, size: number, wait: () => Promise<void>) {
  response.writeHead(reply.status, writable(reply.headers))
  for (const piece of pieces(reply.body, size)) {
    response.write(piece)
    await wait()
  }
  response.end()
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

export const transportVariants: readonly Variant[] = [
  {
    name: 'gzip-unasked',
    sentence: 'Lists and errors are compressed with gzip, whatever Accept-Encoding says.',
    override: compressed('gzip', gzipSync),
  },
  {
    name: 'brotli-unasked',
    sentence: 'Lists and errors are compressed with Brotli, whatever Accept-Encoding says.',
    override: compressed('br', (body) => brotliCompressSync(body)),
  },
  {
    name: 'deflate-unasked',
    sentence: 'Lists and errors are compressed with deflate, named in upper case.',
    override: compressed('DEFLATE', deflateSync),
  },
  {
    name: 'raw-deflate-unasked',
    sentence: 'Lists and errors are compressed with raw deflate, without the zlib header.',
    override: compressed('deflate', deflateRawSync),
  },
  {
    name: 'chunks-inside-characters',
    sentence: 'Bodies are chunked every 61 bytes, also inside characters and escapes.',
    override: () => ({
      transmit: (_call, reply, response) => writePieces(response, reply, 61, () => Promise.resolve()),
    }),
  },
  {
    name: 'bodies-drip',
    sentence: 'Bodies are sent in four pieces with pauses between them.',
    override: () => ({
      transmit: (_call, reply, response) =>
        writePieces(response, reply, Math.ceil(reply.body.length / 4) || 1, turn),
    }),
  },
  {
    name: 'no-keep-alive',
    sentence: 'Every response closes its connection and announces it.',
    override: onEveryHead((headers) => ({ ...headers, connection: 'close' })),
  },
  {
    name: 'bodies-end-with-the-connection',
    sentence: 'Responses have neither Content-Length nor chunks: the connection is closed at the end.',
    override: () => ({
      transmit(_call, reply, response) {
        response.useChunkedEncodingByDefault = false
        response.shouldKeepAlive = false
        response.writeHead(reply.status, writable(reply.headers))
        response.end(reply.body)
      },
    }),
  },
  {
    name: 'connections-dropped-when-idle',
    sentence: 'A kept-alive connection is closed shortly after each response, without announcement.',
    override: (base) => ({
      transmit(call, reply, response) {
        response.once('finish', () => setTimeout(() => response.socket?.end(), 1))
        return base.transmit(call, reply, response)
      },
    }),
  },
  {
    name: 'informational-answers-first',
    sentence: 'Responses are preceded by 102 and 103.',
    override: (base) => ({
      async transmit(call, reply, response) {
        response.writeProcessing()
        await new Promise<void>((resolve) => {
          response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' }, resolve)
        })
        return base.transmit(call, reply, response)
      },
    }),
  },
  {
    name: 'trailers-after-the-body',
    sentence: 'Bodies are chunked and followed by trailer fields.',
    override: (base) => ({
      transmit(call, reply, response) {
        if (call.request.method === 'HEAD') return base.transmit(call, reply, response)
        response.writeHead(reply.status, { ...writable(reply.headers), trailer: 'Server-Timing, Digest' })
        response.addTrailers({ 'Server-Timing': 'db;dur=3', Digest: 'crc32c=AAAA' })
        response.end(reply.body)
        return undefined
      },
    }),
  },
  {
    name: 'answers-out-of-step',
    sentence: 'Every third response is delayed, so that responses overtake each other.',
    override: (base) => ({
      async authenticate(call) {
        if (call.number % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1 + (call.number % 7)))
        return base.authenticate(call)
      },
    }),
  },
]
