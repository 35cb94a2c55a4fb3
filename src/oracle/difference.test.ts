import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceOf } from './difference.ts'

test.for<[string, readonly string[], readonly string[], string | undefined]>([
  ['the same', ['a', 'b'], ['a', 'b'], undefined],
  ['nothing, as expected', [], [], undefined],
  ['nothing', ['a', 'b'], [], 'empty'],
  ['something instead of nothing', [], ['a'], 'not-empty'],
  ['one less', ['a', 'b', 'c'], ['a', 'c'], 'missing'],
  ['one more', ['a', 'b'], ['a', 'x', 'b'], 'surplus'],
  ['one for another', ['a', 'b'], ['a', 'x'], 'other'],
  ['one twice', ['a', 'b'], ['a', 'b', 'b'], 'repeated'],
  ['one twice in place of another', ['a', 'b'], ['a', 'a'], 'repeated'],
  ['turned round', ['a', 'b', 'c'], ['c', 'b', 'a'], 'reversed'],
  ['shuffled', ['a', 'b', 'c'], ['a', 'c', 'b'], 'order'],
])('%s', ([, expected, actual, kind]) => {
  expect(differenceOf(expected, actual)?.kind).toBe(kind)
})

test('there is a difference exactly when there is one', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
  const came = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'x'), { maxLength: 5 })
  fc.assert(
    fc.property(ids, came, (expected, actual) => {
      expect(differenceOf(expected, actual) === undefined).toBe(expected.join() === actual.join())
    }),
  )
})

test('the sentence names the first record, and counts the others', () => {
  expect(differenceOf(['a', 'b', 'c', 'd'], ['a'])?.sentence).toBe('b and 2 more did not come')
  expect(differenceOf(['a', 'b'], ['a', 'x'])?.sentence).toBe('b did not come, and x came instead')
  expect(differenceOf(['a', 'b', 'c'], ['a', 'c', 'b'])?.sentence).toContain('from record 2 on')
  expect(differenceOf(['a'], [])?.sentence).toBe('nothing came instead of one record')
})
