import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib'
import type { JsonValue } from '../contract/json.ts'
import { type RecordedAnswer, recordAnswer, type ValueTable } from '../record/recorded-answer.ts'
import type { RawAnswer } from '../reference/in-process.ts'
import type { Exchange, HeaderPair } from '../wire/exchange.ts'
import { eventStreamStart } from '../wire/incoming.ts'
import { createSseReader } from '../wire/sse-reader.ts'
import { placeholderSecrets } from './placeholder-tokens.ts'

/** Answers beyond this many are read anew each time. */
const mostRemembered = 20_000

/** Reads what a server in this process wrote, as the client would have; equal texts are read once. */
export class AnswerReader {
  readonly #table: ValueTable
  readonly #known = new Map<string, RecordedAnswer>()

  constructor(table: ValueTable) {
    this.#table = table
  }

  /** The values that the answers name by number. */
  get values(): readonly JsonValue[] {
    return this.#table.values
  }

  read(raw: RawAnswer, { request }: Exchange): RecordedAnswer {
    const { head, end } = raw
    const headers = headersOf(head)
    const decoded = decodedBody(headers, raw.body)
    const body = request.method === 'HEAD' ? '' : (decoded ?? Buffer.of()).toString('utf8')
    const key = `${end}\n${head.replace(/req_[0-9a-f]+/g, '')}\n${body.replace(/"req_[0-9a-f]+"/, '')}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const answer = recordAnswer(this.#exchange(raw, headers, body, decoded), this.#table)
    if (this.#known.size < mostRemembered) this.#known.set(key, answer)
    return answer
  }

  #exchange(
    { head, end }: RawAnswer,
    headers: readonly HeaderPair[],
    body: string,
    decoded: Buffer | undefined,
  ): Exchange {
    const bytes = decoded ?? Buffer.of()
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)
    const streams =
      headers.some(([name, value]) => name === 'content-type' && /^text\/event-stream\b/i.test(value)) ||
      (status === 200 && eventStreamStart.test(body.slice(0, 200)))
    const reader = createSseReader(64_000_000, 1_000_000)
    if (streams) reader.feed(bytes, 0)
    const broken =
      decoded === undefined
        ? 'encoding'
        : end === 'none' || status === 0
          ? 'timeout'
          : end === 'cut' && !streams
            ? 'reset'
            : undefined
    return {
      id: 0,
      purpose: '',
      request: { method: 'GET', target: '', headers: [] },
      response:
        status === 0
          ? undefined
          : {
              status,
              headers,
              body: streams ? '' : body,
              bytes: bytes.length,
              utf8: isUtf8(bytes),
              truncated: false,
            },
      failure: broken === undefined ? undefined : { kind: broken, message: '' },
      stream: streams
        ? {
            frames: reader.frames,
            comments: 0,
            heartbeats: 0,
            leftover: 0,
            parseErrors: [],
            end: end === 'whole' ? 'server' : 'enough',
          }
        : undefined,
      startedAtMs: 0,
      firstByteMs: undefined,
      totalMs: 0,
      waits: 0,
      echoes: placeholderSecrets.echoesInAny([head, body]),
    }
  }
}

/** The decoded body; nothing if it does not have the encoding that Content-Encoding names. */
function decodedBody(headers: readonly HeaderPair[], bytes: Buffer): Buffer | undefined {
  const encoding = headers.find(([name]) => name === 'content-encoding')?.[1].toLowerCase()
  if (encoding === undefined || encoding === 'identity' || bytes.length === 0) return bytes
  try {
    if (encoding === 'gzip') return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })
    if (encoding === 'deflate') return inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })
    if (encoding === 'br')
      return brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH })
  } catch {
    return undefined
  }
  return undefined
}

const strict = new TextDecoder('utf-8', { fatal: true })

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes)
    return true
  } catch {
    return false
  }
}

function headersOf(head: string): HeaderPair[] {
  return head
    .split('\r\n')
    .slice(1)
    .map((line): HeaderPair => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    })
}
