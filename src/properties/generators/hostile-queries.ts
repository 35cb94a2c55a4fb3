import fc from 'fast-check'
import { percentEncoded } from '../../contract/percent-encoded.ts'

/** A malformed or hostile request. It is harmless, because it is a GET. */
export interface HostileQuery {
  readonly ask: 'hostile'
  readonly thread: number
  /** What stands in the path in place of the thread's id, percent-encoded; the id itself where there is none. */
  readonly segment?: string
  /** With its question mark, or empty. */
  readonly query: string
  readonly headers: readonly (readonly [string, string])[]
  readonly accept: readonly string[]
}

const names = [
  'limit',
  'order',
  'type',
  'types[]',
  'types%5B%5D',
  'after_id',
  'before_id',
  'types[0]',
  '__proto__',
  '',
]

/** Values that are refused by careful servers and upset careless ones. */
const values = [
  '-1',
  '0',
  '1e3',
  '0x10',
  '1.5',
  '9'.repeat(25),
  'NaN',
  'null',
  'true',
  '%00',
  '%0A%0D',
  '%C0%80',
  '%ED%A0%80',
  '%F4%90%80%80',
  '%FF%FE',
  '%zz',
  '%',
  '+',
  '%20',
  '%27%20OR%201=1--',
  '%24where',
  '..%2F..%2F',
  '%5B%5D',
  '%7B%7D',
  '%2500',
  '%E2%80%AE',
]

// Fast-check's own unit for this takes half a second to be made.
const anyCodePoint = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code))
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map(percentEncoded),
  fc.array(anyCodePoint, { maxLength: 6 }).map((characters) => percentEncoded(characters.join(''))),
)
const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...values) },
  { weight: 2, arbitrary: text },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 3_000 }).map((length) => 'x'.repeat(length)) },
)
const parameter = fc.tuple(fc.constantFrom(...names), value).map(([name, own]) => `${name}=${own}`)
const query = fc
  .array(parameter, { maxLength: 4 })
  .map((parts) => (parts.length === 0 ? '' : `?${parts.join('&')}`))

/** Headers that a GET may carry and that ask for nothing; the values are visible ASCII. */
const headerNames = [
  'Range',
  'If-None-Match',
  'If-Modified-Since',
  'Accept-Language',
  'Last-Event-ID',
  'X-Request-ID',
]
const header = fc.tuple(
  fc.constantFrom(...headerNames),
  fc.oneof(
    fc.stringMatching(/^[!-~]{1,20}$/),
    fc.constantFrom('bytes=0-0', 'bytes=-1', '*', '"', ',', ';q=', 'x'.repeat(2_000)),
  ),
)
const accept = fc.oneof(
  fc.constantFrom<string[]>(['application/json'], ['text/event-stream'], [], ['*/*;q=9'], ['/'], [';']),
  fc.stringMatching(/^[!-~]{1,16}$/).map((line) => [line]),
)

/** Hostile requests to one thread, or to none that there is. */
export function hostileQueries(least: number, most: number): fc.Arbitrary<HostileQuery[]> {
  const one = fc.record(
    {
      ask: fc.constant('hostile' as const),
      thread: fc.constant(0),
      segment: fc.oneof(text, fc.constantFrom(...values)).filter((segment) => /[^.]/.test(segment)),
      query,
      headers: fc.array(header, { maxLength: 2 }),
      accept,
    },
    { requiredKeys: ['ask', 'thread', 'query', 'headers', 'accept'] },
  )
  return fc.array(one, { minLength: least, maxLength: most, size: 'max' })
}
