import { finished } from 'node:stream'
import type { Dispatcher } from 'undici'
import { decoderOf, isEncoded } from './content-encoding.ts'
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

/** A body, content-decoded, and its size on the wire as far as it was read. */
export interface Content {
  readonly wireBytes: number
  /**
   * Reads the body to its end, or until it is destroyed or enough.
   * @param take called with each piece; returns whether to go on
   * @returns why the body did not end as it should; never throws for what the target does
   * @throws whatever `take` throws
   */
  read(take: (piece: Buffer) => boolean): Promise<WireFailure | undefined>
}

/** As {@link Content}, for a reader that asks for each piece. Ends with the failure, if there is one. */
interface Pieces {
  readonly wireBytes: number
  pieces(): AsyncGenerator<Buffer | WireFailure>
}

/**
 * Opens the body of a response.
 * @param lenient whether compressed data may end without its trailer
 */
export function contentOf(incoming: Incoming, lenient: boolean): Content {
  if (isEncoded(headerOf(incoming, 'content-encoding'))) return contentOfPieces(piecesOf(incoming, lenient))
  let wireBytes = 0
  return {
    get wireBytes() {
      return wireBytes
    },
    read: (take) =>
      readPlain(incoming.body, (piece) => {
        wireBytes += piece.length
        return take(piece)
      }),
  }
}

// Most bodies are not encoded. To be called for each piece takes a fraction of the time of asking for it.
function readPlain(
  body: Incoming['body'],
  take: (piece: Buffer) => boolean,
): Promise<WireFailure | undefined> {
  return new Promise((resolve, reject) => {
    finished(body, { writable: false }, (error) => resolve(error ? bodyFailureOf(error) : undefined))
    body.on('data', (piece: unknown) => {
      if (!Buffer.isBuffer(piece)) return
      try {
        if (!take(piece)) body.destroy()
      } catch (error) {
        reject(error)
        body.destroy()
      }
    })
  })
}

function contentOfPieces(source: Pieces, pieces = source.pieces()): Content {
  return {
    get wireBytes() {
      return source.wireBytes
    },
    async read(take) {
      for await (const piece of pieces) {
        if (!Buffer.isBuffer(piece)) return piece
        if (!take(piece)) return undefined
      }
      return undefined
    },
  }
}

function piecesOf(incoming: Incoming, lenient: boolean): Pieces {
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

/** Opens the body of a response and reads its first piece, which is still part of the content. Says whether it begins an event stream. */
export async function lookAhead(
  incoming: Incoming,
): Promise<{ readonly content: Content; readonly isEventStream: boolean }> {
  const source = piecesOf(incoming, true)
  const pieces = source.pieces()
  const first = await pieces.next()
  async function* all(): AsyncGenerator<Buffer | WireFailure> {
    if (first.done !== true) yield first.value
    yield* pieces
  }
  const begins = first.done !== true && Buffer.isBuffer(first.value)
  return {
    content: contentOfPieces(source, all()),
    isEventStream: begins && eventStreamStart.test(first.value.toString('utf8', 0, 200)),
  }
}
