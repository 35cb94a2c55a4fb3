import { type BrotliCompress, constants, createBrotliCompress, createGzip, type Gzip } from 'node:zlib'
import type { Override } from '../behaviour.ts'
import { headerLines } from '../request-context.ts'
import type { Variant } from './variant.ts'

/** Compresses a stream for clients that accept the encoding, and flushes after each piece of text. */
function flushed(encoding: 'gzip' | 'br', create: () => Gzip | BrotliCompress, flush: number): Override {
  return (base) => ({
    streamHead(call) {
      const head = base.streamHead(call)
      if (!headerLines(call.request, 'accept-encoding').join().includes(encoding)) return head
      call.memory.set('compressor', create())
      return {
        ...head,
        headers: { ...head.headers, 'content-encoding': encoding, vary: 'Accept, Accept-Encoding' },
      }
    },
    async writeText(call, text, sink) {
      const compressor = call.memory.get('compressor')
      if (!isCompressor(compressor)) return base.writeText(call, text, sink)
      const pieces: Uint8Array[] = []
      const take = (piece: Uint8Array) => pieces.push(piece)
      compressor.on('data', take)
      compressor.write(text)
      await new Promise<void>((resolve) => compressor.flush(flush, () => resolve()))
      compressor.off('data', take)
      await sink.write(Buffer.concat(pieces))
    },
  })
}

function isCompressor(value: unknown): value is Gzip | BrotliCompress {
  return typeof value === 'object' && value !== null && 'bytesWritten' in value && 'flush' in value
}

/** Keep-alives and compression of streams, as clients have to take them. */
export const streamEncodingVariants: readonly Variant[] = [
  {
    name: 'gzip-stream-flushed',
    sentence: 'Streams are compressed with gzip if the client accepts it, and flushed after each frame.',
    override: flushed('gzip', () => createGzip(), constants.Z_SYNC_FLUSH),
  },
  {
    name: 'brotli-stream-flushed',
    sentence: 'Streams are compressed with Brotli if the client accepts it, and flushed after each frame.',
    override: flushed('br', () => createBrotliCompress(), constants.BROTLI_OPERATION_FLUSH),
  },
  {
    name: 'ping-frames-without-id',
    sentence: 'A stream starts with a frame named ping that has data and no id.',
    override: () => ({ preamble: () => 'event: ping\ndata: {"type": "ping"}\n\n' }),
  },
]
