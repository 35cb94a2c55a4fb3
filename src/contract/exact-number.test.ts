import { expect, test } from 'vitest'
import { ExactNumber, parseMarked } from './exact-number.ts'

test('exact numbers survive JSON.stringify', () => {
  const text = JSON.stringify({ tokens: new ExactNumber('9007199254740993') })
  expect(parseMarked(text)).toEqual({ tokens: new ExactNumber('9007199254740993') })
})
