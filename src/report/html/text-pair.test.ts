import { expect, test } from 'vitest'
import { textPair } from './text-pair.ts'

const marks = (expected: string, actual: string) =>
  [...textPair(expected, actual).markup.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, text]) => text)

test('the words that differ are marked whole', () => {
  expect(marks('has_more: true, last', 'has_more: false, last')).toEqual(['true', 'false'])
})

test('what only one of them has is marked in that one', () => {
  expect(marks('a long sentence of words', 'a long sentence of many words')).toEqual(['many '])
})

test('texts that share little are not marked at all, nor are equal ones', () => {
  expect(marks('400 or 404', 'got 200')).toEqual([])
  expect(marks('the same', 'the same')).toEqual([])
})

test('a pair of surrogates is not torn', () => {
  expect(marks('before 😀 after', 'before 😁 after')).toEqual(['😀', '😁'])
})
