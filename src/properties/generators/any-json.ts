import fc from 'fast-check'
import type { JsonValue } from '../../contract/json.ts'
import { eventText } from './texts.ts'

/** Any text that JSON in UTF-8 can carry; no NUL, which many databases refuse. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  eventText,
  fc.string({ unit: 'grapheme', maxLength: 20 }),
)

const names = [
  'a',
  'text',
  'type',
  'id',
  'data',
  'Type',
  'ключ',
  'with space',
  'with.dot',
  '0',
  'length',
] as const

const scalar: fc.Arbitrary<JsonValue> = fc.oneof(
  anyText,
  fc.constantFrom<JsonValue>(null, true, false, 0, -1, 2 ** 53 - 1, 0.1, 1e21, -2.5e-7),
)

/** Any JSON value, mostly small, nested a few levels deep. */
export const anyJson: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom(...names), scalar, { maxKeys: 3, noNullPrototype: true }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(scalar, fc.constantFrom(...names), fc.integer({ min: 1, max: 9 })).map(nested),
  },
)

function nested([value, name, depth]: [JsonValue, string, number]): JsonValue {
  let inner = value
  for (let level = 0; level < depth; level++) inner = level % 2 === 0 ? { [name]: inner } : [inner]
  return inner
}
