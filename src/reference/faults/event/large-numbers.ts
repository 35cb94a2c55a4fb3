import { ExactNumber } from '../../../contract/exact-number.ts'
import type { JsonValue } from '../../../contract/json.ts'
import type { Fault } from '../fault.ts'
import { type EventChange, everyNumber, everyPart, listed, shown, streamed } from '../overrides/events.ts'

/** Changes every number that a double cannot hold. */
function exactNumbers(change: (number: ExactNumber) => JsonValue): EventChange {
  const changed = (value: JsonValue): JsonValue =>
    value instanceof ExactNumber ? change(value) : everyPart(value, changed)
  return changed
}

/** What becomes of integers beyond 2^53. */
export const largeNumbersFaults: readonly Fault[] = [
  {
    name: 'large-integers-rounded-in-lists',
    sentence: 'Lists round integers beyond 2^53; the stream does not.',
    violates: ['EVT-08'],
    seen: 'JSON.parse in one path, raw JSON of the store in the other.',
    override: listed(exactNumbers(({ text }) => Number(text))),
  },
  {
    name: 'large-integers-rounded-in-the-stream',
    sentence: 'The stream rounds integers beyond 2^53; lists do not.',
    violates: ['EVT-08'],
    override: streamed(exactNumbers(({ text }) => Number(text))),
  },
  {
    name: 'large-integers-rounded-with-a-filter',
    sentence: 'Lists and streams with a filter round integers beyond 2^53.',
    violates: ['EVT-08'],
    override: shown((event, call) =>
      call.query.types === undefined ? event : exactNumbers(({ text }) => Number(text))(event, call),
    ),
  },
  {
    name: 'fractions-in-single-precision-in-the-stream',
    sentence: 'The stream writes fractions with the precision of 32 bits.',
    violates: ['EVT-08'],
    seen: 'A float field in the message of a broker.',
    override: streamed((event) =>
      everyNumber(event, (number) => (Number.isInteger(number) ? number : Math.fround(number))),
    ),
  },
  {
    name: 'integers-in-32-bits-in-the-stream',
    sentence: 'The stream writes integers with their lowest 32 bits.',
    violates: ['EVT-08'],
    override: streamed((event) =>
      everyNumber(event, (number) => (Number.isSafeInteger(number) ? number | 0 : number)),
    ),
  },
  {
    name: 'large-integers-as-texts-in-the-stream',
    sentence: 'The stream writes integers beyond 2^53 as strings.',
    violates: ['EVT-08'],
    override: streamed(exactNumbers(({ text }) => text)),
  },
]
