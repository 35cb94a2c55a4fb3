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
  {
    name: 'last-character-of-a-token-ignored',
    sentence: 'The last character of a token is not compared.',
    violates: ['AUT-02'],
    seen: 'A comparison that stops one character early.',
    override: () => ({
      findToken: (text, tokens) =>
        tokens.find(
          (token) => token.text.length === text.length && token.text.slice(0, -1) === text.slice(0, -1),
        ),
    }),
  },
  {
    name: 'prefix-of-a-token-ignored',
    sentence: 'The first four characters of a token are cut off without a look at them.',
    violates: ['AUT-02'],
    seen: 'A token prefix that is stripped by its length.',
    override: () => ({
      findToken: (text, tokens) => tokens.find((token) => token.text.slice(4) === text.slice(4)),
    }),
  },
  {
    name: 'prefix-of-a-token-optional',
    sentence: 'A token is accepted without its prefix.',
    violates: ['AUT-02'],
    seen: 'A token prefix that was added later, while tokens without it stay valid.',
    override: (base) => ({
      findToken: (text, tokens) =>
        base.findToken(text, tokens) ??
        tokens.find((token) => token.text.replace(/^[A-Za-z0-9]+[_.-]/, '') === text),
    }),
  },
  {
    name: 'the-word-null-accepted',
    sentence: 'The token `null` is accepted.',
    violates: ['AUT-02'],
    seen: 'A missing token that a client sends as a word, and that a lookup compares with an unset column.',
    override: (base) => ({
      findToken: (text, tokens) =>
        text === 'null' ? tokens.find(({ state }) => state === 'active') : base.findToken(text, tokens),
    }),
  },
]
