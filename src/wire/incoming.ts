import type { Dispatcher } from 'undici'
import { decoderOf } from './content-encoding.ts'
import type { HeaderPair, WireFailure } from './exchange.ts'
import { bodyFailureOf } from './failure.ts'

/** The head of a response, and where its body goes on. */
export interface Incoming {
  readonly status: number
  readonly headers: readonly HeaderPair[]
  readonly body: Dispatcher.ResponseData['body']
}

/** Takes over a response; its body must be read to the end or destroyed. */
export function incomingOf({ statusCode, headers, body }: Dispatcher.ResponseData): Incoming {
  // A body that is given up emits an error that nobody waits for.
  body.on('error', () => undefined)
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): HeaderPair => [name.toLowerCase(), one]),
  )
  return { status: statusCode, headers: pairs, body }
}

/** The first value of a header. */
export function headerOf(incoming: Incoming, name: string): string | undefined {
  return incoming.headers.find(([key]) => key === name)?.[1]
}

/** The pieces of a body, content-decoded, and what they weighed on the wire so far. */
export interface Content {
  readonly wireBytes: number
  /** Ends with the failure, if there is one; never throws for what the target does. */
  pieces(): AsyncGenerator<Buffer | WireFailure>
}

/**
 * Opens the body of a response.
 * @param lenient whether compressed data may end without its trailer
 */
export function contentOf(incoming: Incoming, lenient: boolean): Content {
  let wireBytes = 0
  const decode = decoderOf(headerOf(incoming, 'content-encoding'), lenient)
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const piece of incoming.body) {
      if (!Buffer.isBuffer(piece)) continue
      wireBytes += piece.length
      yield piece
    }
  }
  async function* pieces(): AsyncGenerator<Buffer | WireFailure> {
    if (decode === undefined) {
      yield { kind: 'unknown-encoding', message: 'the Content-Encoding is unknown' }
      return
    }
    try {
      for await (const piece of decode(counted())) if (Buffer.isBuffer(piece)) yield piece
    } catch (error) {
      yield bodyFailureOf(error)
    }
  }
  return {
    get wireBytes() {
      return wireBytes
    },
    pieces,
  }
}

/** What frames of an event stream begin with. */
export const eventStreamStart =
  /^\uFEFF?(?::|(?:data|event|id|retry)(?::|\n|\r)|[\r\n]+(?:data|event|id|retry|:))/

/** Reads the first piece of a content, which is still part of its pieces, and says whether it begins an event stream. */
export async function lookAhead(
  content: Content,
): Promise<{ readonly content: Content; readonly isEventStream: boolean }> {
  const pieces = content.pieces()
  const first = await pieces.next()
  async function* all(): AsyncGenerator<Buffer | WireFailure> {
    if (first.done !== true) yield first.value
    yield* pieces
  }
  const begins = first.done !== true && Buffer.isBuffer(first.value)
  return {
    content: {
      get wireBytes() {
        return content.wireBytes
      },
      pieces: all,
    },
    isEventStream: begins && eventStreamStart.test(first.value.toString('utf8', 0, 200)),
  }
}
