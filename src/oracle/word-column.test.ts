import { expect, test } from 'vitest'
import { WordColumn } from './word-column.ts'

test('returns each word, and holds a missing one', () => {
  const words = ['a', 'a', undefined, 'b', 'a', undefined, '']
  const column = new WordColumn()
  for (const word of words) column.add(word)
  expect(words.map((_, at) => column.at(at))).toEqual(words)
  expect(column.at(words.length)).toBeUndefined()
})
