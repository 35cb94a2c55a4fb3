import { isUtf8 } from 'node:buffer'
import type { WireFailure } from './exchange.ts'
import { type Content, contentOf, type Incoming } from './incoming.ts'

/** A complete body, or what was received before `failure`. */
export interface ReadBody {
  readonly text: string
  /** On the wire. */
  readonly bytes: number
  readonly utf8: boolean
  readonly failure: WireFailure | undefined
}

/** Reads a body to its end, up to a bound. The caller aborts the request when its deadline passes. */
export async function readBody(
  incoming: Incoming,
  maxBytes: number,
  content: Content = contentOf(incoming, false),
): Promise<ReadBody> {
  const chunks: Buffer[] = []
  let size = 0
  let failure: WireFailure | undefined
  const broken = await content.read((piece) => {
    chunks.push(piece)
    size += piece.length
    if (Math.max(size, content.wireBytes) <= maxBytes) return true
    failure = { kind: 'too-large', message: `the body is larger than ${maxBytes} bytes` }
    // It is not judged, so only its beginning is kept.
    chunks.splice(1)
    return false
  })
  failure ??= broken
  incoming.body.destroy()
  const [only] = chunks
  const whole = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)
  const text = whole.toString('utf8').replace(/^\uFEFF/, '')
  return { text, bytes: content.wireBytes, utf8: isUtf8(whole), failure }
}
