import type { RunRecord } from '../record/run-record.ts'
import type { Exchange, HeaderPair, StreamRecord, WireResponse } from '../wire/exchange.ts'

/** What of a run goes into its HAR. */
export type HarSource = Pick<RunRecord, 'startedAt' | 'exchanges'> & {
  readonly target: { readonly baseUrl: string }
}

const keptStreamChars = 16_000

/**
 * Every exchange of a run as HAR 1.2, in the order of sending, secrets replaced as everywhere. Bodies are as long
 * as the record kept them. Times are in milliseconds.
 * @param suiteVersion named as the creator
 * @returns the text in pieces, one for each exchange
 */
export function* har({ startedAt, exchanges, target }: HarSource, suiteVersion: string): Generator<string> {
  const base = new URL(target.baseUrl)
  const address = `${base.origin}${base.pathname.replace(/\/+$/, '')}`
  const began = Date.parse(startedAt)
  const entries = exchanges.toSorted((a, b) => a.startedAtMs - b.startedAtMs || a.id - b.id)
  const log = {
    version: '1.2',
    creator: { name: 'thread-events-conformance', version: suiteVersion },
    pages: [],
    comment: 'Tokens and further secrets are replaced by their names. Long bodies are cut.',
    entries: [],
  }
  // All of a long run at once would take several times its memory.
  const [start = '', end = ''] = JSON.stringify({ log }, null, 1).split('[]\n }')
  yield `${start}[`
  for (const [at, exchange] of entries.entries())
    yield `${at === 0 ? '' : ','}\n   ${JSON.stringify(entryOf(exchange, address, began), null, 1).replaceAll('\n', '\n   ')}`
  yield `\n  ]\n }${end}\n`
}

function entryOf(exchange: Exchange, address: string, began: number) {
  const { id, purpose, response, failure, startedAtMs, firstByteMs, totalMs } = exchange
  const wait = rounded(firstByteMs ?? totalMs)
  const receive = Math.max(0, rounded(totalMs - wait))
  return {
    startedDateTime: new Date(began + startedAtMs).toISOString(),
    time: rounded(wait + receive),
    request: requestOf(exchange, address),
    response: response === undefined ? noResponse : responseOf(response, exchange),
    cache: {},
    timings: { send: 0, wait, receive },
    comment: `#${id} ${purpose}`,
    // The field in which browsers tell why there is no (whole) answer.
    ...(failure === undefined ? {} : { _error: failure.message }),
  }
}

function requestOf({ request: { method, target, headers } }: Exchange, address: string) {
  const at = target.indexOf('?')
  const query = new URLSearchParams(at === -1 ? '' : target.slice(at + 1))
  return {
    method,
    url: `${address}${sendable(target)}`,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: named(headers),
    queryString: named([...query]),
    headersSize: -1,
    bodySize: 0,
  }
}

// Only a target that could never be sent has any of these.
function sendable(target: string): string {
  return target.replace(/[^\x21-\x7e]/gu, (char) =>
    [...Buffer.from(char)].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
  )
}

/** What browsers write if there was no response. */
const noResponse = {
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
}

function responseOf({ status, headers, body, bytes, utf8 }: WireResponse, { stream }: Exchange) {
  const text = stream === undefined ? body : streamText(stream)
  const encoded = headerOf(headers, 'content-encoding') !== undefined
  const comment =
    stream === undefined ? (utf8 ? undefined : 'not valid UTF-8') : 'put together from its events'
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: named(headers),
    content: {
      size: encoded ? Buffer.byteLength(text) : bytes,
      mimeType: headerOf(headers, 'content-type') ?? 'x-unknown',
      text,
      ...(comment === undefined ? {} : { comment }),
    },
    redirectURL: headerOf(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: bytes,
  }
}

// The record keeps the events of a stream, not its bytes.
function streamText({ frames }: StreamRecord): string {
  let text = ''
  for (const [at, { id, event, data }] of frames.entries()) {
    const lines = data.split('\n').map((line) => `data: ${line}\n`)
    const frame = [
      id === undefined ? '' : `id: ${id}\n`,
      event === undefined ? '' : `event: ${event}\n`,
      ...lines,
    ]
    if (text.length + data.length > keptStreamChars)
      return `${text}: and ${frames.length - at} events more\n\n`
    text += `${frame.join('')}\n`
  }
  return text
}

function headerOf(headers: readonly HeaderPair[], wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
}

function named(pairs: readonly HeaderPair[]) {
  return pairs.map(([name, value]) => ({ name, value }))
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100
}
