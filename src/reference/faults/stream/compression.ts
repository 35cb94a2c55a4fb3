import { type BrotliCompress, createBrotliCompress, createGzip, type Gzip } from 'node:zlib'
import type { Behaviour } from '../../behaviour.ts'
import { headerLines } from '../../request-context.ts'
import type { Fault } from '../fault.ts'

/** Compresses a stream for clients that accept the encoding, without flushing after a frame. */
function unflushed(encoding: 'gzip' | 'br', create: () => Gzip | BrotliCompress) {
  return (base: Behaviour): Partial<Behaviour> => ({
    streamHead(call) {
      const head = base.streamHead(call)
      if (!headerLines(call.request, 'accept-encoding').join().includes(encoding)) return head
      call.memory.set('compressor', create())
      return { ...head, headers: { ...head.headers, 'content-encoding': encoding } }
    },
    async writeText(call, text, sink) {
      const compressor = call.memory.get('compressor')
      if (!isCompressor(compressor)) return base.writeText(call, text, sink)
      if (compressor.listenerCount('data') === 0)
        compressor.on('data', (chunk: Uint8Array) => void sink.write(chunk))
      await new Promise<void>((resolve) => compressor.write(text, () => resolve()))
    },
  })
}

function isCompressor(value: unknown): value is Gzip | BrotliCompress {
  return typeof value === 'object' && value !== null && 'bytesWritten' in value && 'flush' in value
}

/** Streams that stop flowing when they are compressed. */
export const compressionFaults: readonly Fault[] = [
  {
    name: 'gzip-stream-not-flushed',
    sentence: 'With `Accept-Encoding: gzip`, frames stay in the compressor’s buffer.',
    violates: ['SSE-08'],
    seen: 'Compression middleware without flush.',
    override: unflushed('gzip', () => createGzip()),
  },
  {
    name: 'brotli-stream-not-flushed',
    sentence: 'With `Accept-Encoding: br`, frames stay in the compressor’s buffer.',
    violates: ['SSE-08'],
    override: unflushed('br', () => createBrotliCompress()),
  },
]
