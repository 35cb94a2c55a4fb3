import type { Fault } from '../fault.ts'

export const tokenCompareFaults: readonly Fault[] = [
  {
    name: 'token-prefix-accepted',
    sentence: 'A token missing its last character is accepted.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    seen: 'Comparing only the length of the presented token.',
    override: () => ({ findToken: (text, tokens) => tokens.find((token) => token.text.startsWith(text)) }),
  },
]
