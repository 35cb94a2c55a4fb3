import { type Duplex, pipeline } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

/** Decompresses the chunks of a source as they arrive. */
type Decoder = (source: AsyncIterable<Buffer>) => AsyncIterable<unknown>

/** Whether a Content-Encoding (RFC 9110, 8.4) says that the content has to be decoded. */
export function isEncoded(encoding: string | undefined): boolean {
  const name = nameOf(encoding)
  return name !== '' && name !== 'identity'
}

/**
 * The decoder of a Content-Encoding (RFC 9110, 8.4).
 * @param lenient whether compressed data may end without its trailer, as it does in a stream that is closed
 * @returns `undefined` for an encoding that is not known, or for several
 */
export function decoderOf(encoding: string | undefined, lenient: boolean): Decoder | undefined {
  const name = nameOf(encoding)
  const zlib = lenient ? { finishFlush: constants.Z_SYNC_FLUSH } : {}
  const brotli = lenient ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {}
  if (!isEncoded(name)) return (source) => source
  if (name === 'gzip' || name === 'x-gzip') return through(() => createGunzip(zlib))
  if (name === 'br') return through(() => createBrotliDecompress(brotli))
  // Many servers send raw deflate data, without the zlib header that the name implies.
  if (name === 'deflate')
    return through((first) => ((first[0] ?? 0) % 16 === 8 ? createInflate(zlib) : createInflateRaw(zlib)))
  return undefined
}

function nameOf(encoding: string | undefined): string {
  return encoding?.trim().toLowerCase() ?? ''
}

function through(makeUnzip: (first: Buffer) => Duplex): Decoder {
  return async function* (source) {
    const pieces = source[Symbol.asyncIterator]()
    const first = await pieces.next()
    // The answer to a HEAD, or an empty one, may name an encoding and hold nothing that is encoded.
    if (first.done === true) return
    const unzip = makeUnzip(first.value)
    pipeline(from(first.value, pieces), unzip, () => undefined)
    yield* unzip
  }
}

async function* from(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}
