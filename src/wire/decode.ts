import { pipeline, type Readable } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/**
 * Undoes a Content-Encoding (RFC 9110, 8.4) as the bytes come.
 * @returns the decoded bytes, or `undefined` for an encoding that is not known
 */
export function decoded(body: Readable, encoding: string | undefined): Readable | undefined {
  const name = encoding?.trim().toLowerCase() ?? ''
  if (name === '' || name === 'identity') return body
  const decoder =
    name === 'gzip' || name === 'x-gzip'
      ? createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })
      : name === 'deflate'
        ? createInflate({ finishFlush: constants.Z_SYNC_FLUSH })
        : name === 'br'
          ? createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH })
          : undefined
  if (decoder === undefined) return undefined
  pipeline(body, decoder, () => undefined)
  return decoder
}
