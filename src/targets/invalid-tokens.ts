import { unknownToken } from '../wire/derived-tokens.ts'

/** A token that must not be accepted, with the words for it and a name to stand for it in reports. */
export interface InvalidToken {
  readonly what: string
  /** `undefined` where the token is no secret. */
  readonly name: string | undefined
  readonly token: string
}

/**
 * Tokens near the right one and far from it. Each is a secret too: one character apart from the real one.
 * Characters are changed in the middle, since the last one of an encoded token may hold unused bits.
 */
export function invalidTokens(token: string): InvalidToken[] {
  const middle = Math.floor(token.length / 2)
  const char = token[middle] ?? ''
  const swapped = char === 'a' ? 'b' : 'a'
  const letter = [...token].findIndex((one) => one.toUpperCase() !== one.toLowerCase())
  const cased = [...token].map((one, at) => (at === letter ? otherCase(one) : one)).join('')
  const all = [
    { what: 'an unknown token', name: 'UNKNOWN_TOKEN', token: unknownToken },
    { what: 'the token with one character more', name: 'TOKEN_ONE_LONGER', token: `${token}x` },
    { what: 'the token with one character less', name: 'TOKEN_ONE_SHORTER', token: token.slice(0, -1) },
    { what: 'the first half of the token', name: 'TOKEN_HALF', token: token.slice(0, middle) },
    {
      what: 'the token with one character changed',
      name: 'TOKEN_CHANGED',
      token: token.slice(0, middle) + swapped + token.slice(middle + 1),
    },
    { what: 'the token with one letter in the other case', name: 'TOKEN_CASE', token: cased },
    { what: 'the second half of the token', name: 'TOKEN_TAIL', token: token.slice(middle) },
    { what: 'the token with further words behind it', name: 'TOKEN_AND_WORDS', token: `${token} or more` },
    { what: 'the pattern %', name: undefined, token: '%' },
    { what: 'the pattern *', name: undefined, token: '*' },
  ]
  return all.filter(
    (one, at) =>
      one.token !== token && one.token !== '' && all.findIndex((two) => two.token === one.token) === at,
  )
}

function otherCase(char: string): string {
  return char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase()
}
