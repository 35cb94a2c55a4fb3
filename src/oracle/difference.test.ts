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
  ['reversed', ['a', 'b', 'c'], ['c', 'b', 'a'], 'reversed'],
  ['shuffled', ['a', 'b', 'c'], ['a', 'c', 'b'], 'order'],
])('%s', ([, expected, actual, kind]) => {
  expect(differenceOf(expected, actual)?.kind).toBe(kind)
})

test('reports a difference exactly when the lists differ', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
  const returned = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'x'), { maxLength: 5 })
  fc.assert(
    fc.property(ids, returned, (expected, actual) => {
      expect(differenceOf(expected, actual) === undefined).toBe(expected.join() === actual.join())
    }),
  )
})

test('the sentence names the first event and counts the others', () => {
  expect(differenceOf(['a', 'b', 'c', 'd'], ['a'])?.sentence).toBe('b and 2 more are missing')
  expect(differenceOf(['a', 'b'], ['a', 'x'])?.sentence).toBe('b is missing, and x was returned instead')
  expect(differenceOf(['a', 'b', 'c'], ['a', 'c', 'b'])?.sentence).toContain('from position 2 on')
  expect(differenceOf(['a'], [])?.sentence).toBe('expected 1 event, got none')
})
