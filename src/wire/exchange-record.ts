import { detachedText } from '../contract/detached-text.ts'
import type { Ask, ClientOptions } from './ask.ts'
import type { Exchange, Frame, HeaderPair, StreamRecord, WireResponse } from './exchange.ts'
import type { Incoming } from './incoming.ts'
import { type AnswerSigns, originOf } from './origin.ts'
import type { SecretRegistry } from './secrets.ts'
import { type SendResult, sentHeaders } from './send.ts'
import type { SharedHeaders } from './shared-headers.ts'

const sensitive = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-api-key'])

/** What may be shown of a sensitive header: a scheme, the placeholder of a secret, or both. */
const harmless = /^(Basic|Bearer|Digest|Token)?\s*(\$[A-Z][A-Z0-9_]*)?\s*$/i

/** Circumstances of a response. */
interface Circumstances {
  readonly id: number
  readonly startedAtMs: number
  readonly waits: number
  readonly connection: number | undefined
  /** The headers of earlier exchanges. */
  readonly headers: SharedHeaders
}

/** The record of a request and its response, without secrets. */
export function exchangeOf(
  ask: Ask,
  answer: SendResult,
  { id, startedAtMs, waits, connection, headers }: Circumstances,
  options: ClientOptions,
): Exchange {
  const { incoming, stream, failure, firstByteMs, totalMs } = answer
  const { secrets } = options
  const echoes = echoesOf(answer, secrets)
  // Most responses contain no secret, and rewriting a large one is expensive.
  const origin = originOf(signsOf(answer))
  const clean = (text: string) => (echoes.length === 0 ? text : secrets.redact(text))
  return {
    id,
    purpose: ask.purpose,
    request: {
      method: ask.method ?? 'GET',
      target: secrets.redact(ask.target),
      headers: headers.shared(sentHeaders(ask, options).map((pair) => shownHeader(pair, options))),
    },
    response: incoming && responseOf(incoming, answer, { clean, headers }),
    failure,
    stream: stream && (echoes.length === 0 ? stream : cleanStream(stream, clean)),
    startedAtMs,
    firstByteMs,
    totalMs,
    waits,
    ...(origin === undefined ? {} : { origin }),
    ...(ask.traceId === undefined ? {} : { traceId: ask.traceId }),
    ...(connection === undefined ? {} : { connection }),
    echoes,
  }
}

/** The signs that tell what sent a response. */
export function signsOf({ incoming, body, failure }: SendResult): AnswerSigns {
  return { status: incoming?.status, headers: incoming?.headers ?? [], body, failure }
}

/** The exchange with no more than this much of its body. */
export function shortened(exchange: Exchange, keepChars: number): Exchange {
  const { response } = exchange
  if (response === undefined || response.body.length <= keepChars) return exchange
  return {
    ...exchange,
    response: { ...response, body: `${detachedText(response.body.slice(0, keepChars))}…` },
  }
}

function echoesOf(answer: SendResult, secrets: SecretRegistry): readonly string[] {
  const found = secrets.echoesInAny(textsOf(answer))
  const { streamEchoes = [] } = answer
  return streamEchoes.length === 0 ? found : [...new Set([...found, ...streamEchoes])]
}

function* textsOf({ incoming, body, stream, streamEchoes }: SendResult): Generator<string> {
  if (incoming !== undefined) yield incoming.headers.map((pair) => pair.join(': ')).join('\n')
  yield body
  if (stream === undefined) return
  yield* stream.parseErrors
  if (streamEchoes !== undefined) return
  // One by one, because joining the frames of a long stream would take longer than the search.
  for (const { id, event, data } of stream.frames) {
    if (id !== undefined) yield id
    if (event !== undefined) yield event
    yield data
  }
}

function responseOf(
  incoming: Incoming,
  answer: SendResult,
  { clean, headers }: { readonly clean: (text: string) => string; readonly headers: SharedHeaders },
): WireResponse {
  return {
    status: incoming.status,
    headers: headers.shared(
      incoming.headers.map(([name, value]) => [
        clean(name),
        name === 'set-cookie' ? '[redacted]' : clean(value),
      ]),
    ),
    body: clean(answer.body),
    bytes: answer.bytes,
    utf8: answer.utf8,
    truncated: answer.failure?.kind === 'too-large' || answer.stream?.end === 'too-large',
  }
}

function cleanStream(stream: StreamRecord, clean: (text: string) => string): StreamRecord {
  const cleanFrame = (frame: Frame): Frame => ({
    atMs: frame.atMs,
    id: frame.id && clean(frame.id),
    event: frame.event && clean(frame.event),
    data: clean(frame.data),
  })
  return { ...stream, frames: stream.frames.map(cleanFrame), parseErrors: stream.parseErrors.map(clean) }
}

// What the suite itself put into a header that is no secret and no piece of one may be shown.
function isOwnText(shown: string, { secrets, token }: ClientOptions): boolean {
  const rest = shown.replaceAll(/\$[A-Z][A-Z0-9_]*/g, ' ')
  return !secrets.mayHoldPiece(rest, token)
}

function shownHeader([name, value]: HeaderPair, options: ClientOptions): HeaderPair {
  const { headers, secrets } = options
  const lower = name.toLowerCase()
  const shown = secrets.redactHeader(value)
  const configured = headers.findIndex((pair) => pair[0].toLowerCase() === lower && pair[1] === value)
  if (configured !== -1)
    return [name, /^\$[A-Z][A-Z0-9_]*$/.test(shown) ? shown : `$CONFORMANCE_HEADERS_${configured + 1}`]
  if (!sensitive.has(lower) || harmless.test(shown) || isOwnText(shown, options)) return [name, shown]
  const scheme = /^(Basic|Bearer|Digest|Token) /i.exec(shown)?.[1]
  return [name, scheme === undefined ? '[redacted]' : `${scheme} [redacted]`]
}
