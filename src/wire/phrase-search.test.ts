import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PhraseSearch } from './phrase-search.ts'

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '调'), minLength: 1, maxLength: 60 })

test('finds a phrase exactly where one of the phrases is contained', () => {
  fc.assert(
    fc.property(
      fc.array(letters, { maxLength: 6 }),
      letters,
      letters,
      fc.nat(),
      (phrases, before, after, at) => {
        const search = new PhraseSearch(phrases)
        const contains = (text: string) => phrases.some((phrase) => text.includes(phrase))
        const [random, planted] = [before + after, before + (phrases[at % phrases.length] ?? '') + after]
        for (const text of [random, planted, planted.slice(1), planted.slice(0, -1)])
          expect(search.occursIn(text)).toBe(contains(text))
      },
    ),
  )
})

test.each([0, 1, 2, 15, 16, 17, 40])('finds a phrase at offset %i and at the end', (offset) => {
  const search = new PhraseSearch(['pat_0123456789abcdef', 'cGF0XzAxMjM0NTY3ODlhYmNkZWY', 'short'])
  for (const phrase of ['pat_0123456789abcdef', 'cGF0XzAxMjM0NTY3ODlhYmNkZWY', 'short']) {
    expect(search.occursIn(`${'p'.repeat(offset)}${phrase}`)).toBe(true)
    expect(search.occursIn(`${'p'.repeat(offset)}${phrase.slice(0, -1)}`)).toBe(false)
  }
})

test('finds nothing without phrases', () => {
  expect(new PhraseSearch([]).occursIn('any text')).toBe(false)
})
