import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentEncoded } from './percent-encoded.ts'

test('whatever text a target sends has a place in a URL, and comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(decodeURIComponent(percentEncoded(text))).toBe(text)
    }),
  )
})

test('half a surrogate pair becomes the replacement character', () => {
  expect(percentEncoded('a\ud800b\udc00')).toBe('a%EF%BF%BDb%EF%BF%BD')
})
