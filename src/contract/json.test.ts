import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonicalJson,
  isJsonObject,
  type JsonValue,
  jsonProblem,
  parseJson,
  stringField,
  writeJson,
} from './json.ts'

const parsed = (text: string): JsonValue => {
  const value = parseJson(text)
  if (value === undefined) throw new Error(`${text} is no JSON`)
  return value
}

describe('parseJson', () => {
  test.for(['', ' ', 'undefined', '{', "{'a':1}", '[1,]', 'NaN', '01', '"\n"', '\ufeff{}'])(
    '%j is no JSON',
    (text) => {
      expect(parseJson(text)).toBeUndefined()
    },
  )
  test.for<[string, JsonValue]>([
    ['null', null],
    [' "x" ', 'x'],
    ['-0.5e1', -5],
    ['{"a":1,"a":2}', { a: 2 }],
  ])('%j is JSON', ([text, value]) => {
    expect(parseJson(text)).toEqual(value)
  })
})

describe('numbers beyond the precision of a double', () => {
  const text = '{"a":9007199254740993,"b":[0.1,-1e400],"c":"9007199254740993","d":1.00}'
  test('are written again with all of their digits', () => {
    expect(writeJson(parsed(text))).toBe(
      '{"a":9007199254740993,"b":[0.1,-1e400],"c":"9007199254740993","d":1}',
    )
  })
  test.for([
    ['9007199254740993', '9007199254740992'],
    ['12345678901234567890', '12345678901234567891'],
    ['0.10000000000000000001', '0.1'],
    ['9007199254740993', '"9007199254740993"'],
    ['1e400', '1e401'],
  ] as const)('%s is another value than %s', ([left, right]) => {
    expect(canonicalJson(parsed(left))).not.toBe(canonicalJson(parsed(right)))
  })
  test.for([
    ['9007199254740993', '9007199254740993.0'],
    ['1e400', '10e399'],
    ['10000000000000000', '1e16'],
  ] as const)('%s is the same value as %s', ([left, right]) => {
    expect(canonicalJson(parsed(left))).toBe(canonicalJson(parsed(right)))
  })
  test.for(['{12345678901234567890:1}', '[012345678901234567890]', '[12345678901234567890'])(
    '%s is no JSON',
    (broken) => {
      expect(parseJson(broken)).toBeUndefined()
    },
  )
})

describe('canonicalJson', () => {
  test.for([
    ['{"a":1,"b":2}', '{"b":2,"a":1}'],
    ['[{"a":{"c":1,"b":2}}]', '[{"a":{"b":2,"c":1}}]'],
    ['1.0', '1'],
    ['1e2', '100'],
    ['"\\u00e9\\/"', '"é/"'],
    ['{"__proto__":1,"a":2}', '{"a":2,"__proto__":1}'],
  ] as const)('%s is the same value as %s', ([left, right]) => {
    expect(canonicalJson(parsed(left))).toBe(canonicalJson(parsed(right)))
  })
  test.for([
    ['[1,2]', '[2,1]'],
    ['{"a":null}', '{}'],
    ['"1"', '1'],
    ['[]', '{}'],
    ['"é"', '"e\u0301"'],
    ['{"__proto__":1}', '{"__proto__":2}'],
    ['{"a":"b\\",\\"c\\":\\"d"}', '{"a":"b","c":"d"}'],
  ] as const)('%s is another value than %s', ([left, right]) => {
    expect(canonicalJson(parsed(left))).not.toBe(canonicalJson(parsed(right)))
  })
  test('preserves any value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = parsed(text)
        expect(parseJson(canonicalJson(value))).toEqual(value)
      }),
    )
  })
})

test('only an object is an object', () => {
  expect([isJsonObject({}), isJsonObject({ a: 1 })]).toEqual([true, true])
  expect([null, [], 'x', 1, true, undefined].map(isJsonObject)).toEqual(Array(6).fill(false))
})

test('a field is read when it is a string of the object itself', () => {
  expect(stringField({ id: 'x' }, 'id')).toBe('x')
  expect(stringField({ id: '' }, 'id')).toBe('')
  const others: (JsonValue | undefined)[] = [{ id: 5 }, {}, null, ['id'], undefined]
  for (const value of others) expect(stringField(value, 'id')).toBeUndefined()
  expect(stringField(parsed('{"__proto__":{"id":"x"}}'), 'id')).toBeUndefined()
})

describe('JSON that nests too deep', () => {
  const nested = (depth: number) => `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`

  test('is not read, and said to be that', () => {
    expect(parseJson(nested(500))).toBeDefined()
    for (const depth of [501, 1_000_000]) {
      expect(parseJson(nested(depth))).toBeUndefined()
      expect(jsonProblem(nested(depth))).toBe('is nested more than 1000 levels deep')
    }
    expect([jsonProblem('{'), jsonProblem('{}')]).toEqual(['is not JSON', undefined])
  })

  test('brackets and quotes inside texts count for nothing', () => {
    const text = JSON.stringify({ text: `\\"${'[{"'.repeat(5_000)}\\`, more: ['\\'] })
    expect(parseJson(text)).toEqual(JSON.parse(text))
  })
})
