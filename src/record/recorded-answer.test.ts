import { describe, expect, test } from 'vitest'
import { ValueTable } from './recorded-answer.ts'

describe('a text has the number of its value', () => {
  test.for<readonly [string, string]>([
    ['{"a":1,"b":"x"}', '{"b":"x","a":1}'],
    ['{"a":1}', '{ "a": 1.0 }'],
    ['"é"', '"\\u00e9"'],
  ])('%s and %s', ([one, other]) => {
    const table = new ValueTable()
    const number = table.numberOfText(one)
    expect(number).toBe(0)
    expect(table.numberOfText(other)).toBe(number)
    expect(table.numberOfText(other)).toBe(number)
    expect(table.number(JSON.parse(one))).toBe(number)
    expect(table.values.length).toBe(1)
  })

  test('and numbers that differ in their last digit have two', () => {
    const table = new ValueTable()
    expect([table.numberOfText('9007199254740993'), table.numberOfText('9007199254740992')]).toEqual([0, 1])
  })

  test('and what is not JSON has none', () => {
    expect(new ValueTable().numberOfText('{"a":}')).toBeUndefined()
  })
})
