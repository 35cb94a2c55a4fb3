import { detachedText } from '../contract/detached-text.ts'
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue, parseJson } from '../contract/json.ts'
import { internalsIn } from '../oracle/errors/error-envelope.ts'
import { headerValues, mediaType } from '../oracle/media-type.ts'
import { splitList } from '../oracle/pagination/split-list.ts'
import type { Exchange } from '../wire/exchange.ts'

/** One frame of a stream; `value` is the number of its data in the table of values. */
export interface RecordedFrame {
  readonly id: string | null
  readonly event: string | null
  readonly value: number
}

/**
 * What an answer says, without how it was written: small enough that every answer of a run is kept whole.
 * Events are numbers in a {@link ValueTable}, so that equal events are equal numbers.
 */
export interface RecordedAnswer {
  /** The kind of failure where no whole answer came. */
  readonly failure: string | null
  readonly status: number
  readonly mediaType: string | null
  readonly varies: boolean
  readonly challenge: boolean
  readonly utf8: boolean
  /** Whether the answer repeated a secret. */
  readonly echo: boolean
  readonly body: RecordedBody
}

/** `rows` is null where `data` is no array; fields that are missing are undefined. */
export type RecordedBody =
  | {
      readonly kind: 'list'
      readonly rows: readonly number[] | null
      readonly first: JsonValue | undefined
      readonly last: JsonValue | undefined
      readonly more: JsonValue | undefined
    }
  | { readonly kind: 'error'; readonly value: number; readonly message: string }
  | { readonly kind: 'stream'; readonly frames: readonly RecordedFrame[]; readonly ended: boolean }
  | { readonly kind: 'json'; readonly value: number }
  | { readonly kind: 'text'; readonly text: string }

/** Distinct JSON values, each with a number. */
export class ValueTable {
  readonly values: JsonValue[]
  readonly #numbers = new Map<string, number>()
  /** By a text of the value. Most values are written in one way, which is far quicker to make than the canonical form. */
  readonly #written = new Map<string, number>()

  constructor(values: readonly JsonValue[] = []) {
    this.values = []
    for (const value of values) this.number(value)
  }

  /** The number of a value; equal JSON values have one. */
  number(value: JsonValue): number {
    const written = writtenAs(value)
    const before = written === undefined ? undefined : this.#written.get(written)
    if (before !== undefined) return before
    const key = canonical(value)
    const number = this.#numbers.get(key) ?? this.values.push(value) - 1
    this.#numbers.set(key, number)
    if (written !== undefined) this.#written.set(written, number)
    return number
  }

  /** The number of the value of a JSON text, which is parsed if it is new; `undefined` if it is not JSON. */
  numberOfText(text: string): number | undefined {
    const before = this.#written.get(text)
    if (before !== undefined) return before
    const value = parseJson(text)
    if (value === undefined) return undefined
    const number = this.number(value)
    if (!this.#written.has(text)) this.#written.set(detachedText(text), number)
    return number
  }
}

function writtenAs(value: JsonValue): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

function canonical(value: JsonValue): string {
  try {
    return canonicalJson(value)
  } catch {
    // Nested too deeply to be an event that anyone compares.
    return '(deep)'
  }
}

const keptText = 120

/** Reads what an exchange was answered. */
export function recordAnswer(exchange: Exchange, table: ValueTable): RecordedAnswer {
  const { response, failure, stream, echoes } = exchange
  return {
    failure: failure?.kind ?? null,
    status: response?.status ?? 0,
    mediaType: response === undefined ? null : (mediaType(response) ?? null),
    varies: response !== undefined && /\baccept\b|\*/i.test(headerValues(response, 'vary').join()),
    challenge: response !== undefined && headerValues(response, 'www-authenticate').length > 0,
    utf8: response?.utf8 ?? true,
    echo: echoes.length > 0,
    body:
      stream === undefined
        ? bodyOf(response?.body ?? '', response?.status ?? 0, exchange.request.target, table)
        : {
            kind: 'stream',
            frames: stream.frames.map(({ id, event, data }) => ({
              id: id ?? null,
              event: event ?? null,
              value: table.numberOfText(data) ?? table.number(`not JSON: ${data.slice(0, keptText)}`),
            })),
            ended: stream.end === 'server',
          },
  }
}

function bodyOf(text: string, status: number, asked: string, table: ValueTable): RecordedBody {
  const list = status < 400 ? splitList(text) : undefined
  const rows = list === undefined ? undefined : numbersOf(list.items, table)
  if (list !== undefined && rows !== undefined) return listOf(list.envelope, rows)
  const value = parseJson(text)
  if (value === undefined) return { kind: 'text', text: text.slice(0, keptText) }
  if (status >= 400 || isErrorBody(value)) return errorOf(value, internalsIn(text, asked)?.what, table)
  if (!isJsonObject(value) || !('data' in value)) return { kind: 'json', value: table.number(value) }
  const { data } = value
  return listOf(value, Array.isArray(data) ? data.map((one: JsonValue) => table.number(one)) : null)
}

// Most events are known by their text, and need not be parsed.
function numbersOf(texts: readonly string[], table: ValueTable): number[] | undefined {
  const numbers: number[] = []
  for (const text of texts) {
    const number = table.numberOfText(text)
    if (number === undefined) return undefined
    numbers.push(number)
  }
  return numbers
}

function listOf({ first_id, last_id, has_more }: JsonObject, rows: readonly number[] | null): RecordedBody {
  return { kind: 'list', rows, first: first_id, last: last_id, more: has_more }
}

// Some APIs send errors with the status of a success.
function isErrorBody(value: JsonValue): boolean {
  return isJsonObject(value) && !('data' in value) && isJsonObject(value.error)
}

// The words of a message and the number of a request are nobody's business: that there is a message is, and what it
// gives away.
function errorOf(value: JsonValue, internals: string | undefined, table: ValueTable): RecordedBody {
  if (!isJsonObject(value)) return { kind: 'json', value: table.number(value) }
  const { request_id: _number, ...rest } = value
  const { error } = rest
  const inner: JsonObject | undefined = isJsonObject(error) ? error : undefined
  const message = inner?.message
  const { param: _param, ...told } = inner ?? {}
  const shown: JsonObject =
    inner === undefined
      ? { ...rest, ...(typeof error === 'string' ? { error: 'a text' } : {}) }
      : { ...rest, error: { ...told, ...messageShape(message) } }
  const seen = internals === undefined ? shown : { ...shown, shows: internals }
  return { kind: 'error', value: table.number(seen), message: typeof message === 'string' ? message : '' }
}

function messageShape(message: JsonValue | undefined): JsonObject {
  if (typeof message !== 'string') return message === undefined ? {} : { message: 'no text' }
  return { message: message.trim() === '' ? '' : 'a text' }
}
