import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentEncoded } from './percent-encoded.ts'

test('any text of a target survives a round trip through a URL', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(decodeURIComponent(percentEncoded(text))).toBe(text)
    }),
  )
})

test('half a surrogate pair becomes the replacement character', () => {
  expect(percentEncoded('a\ud800b\udc00')).toBe('a%EF%BF%BDb%EF%BF%BD')
})
