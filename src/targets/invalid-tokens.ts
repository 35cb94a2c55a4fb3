import { unknownToken } from '../wire/derived-tokens.ts'

/** A token that must not be accepted, with the words for it and a name to stand for it in reports. */
export interface InvalidToken {
  readonly what: string
  /** `undefined` where the token is no secret. */
  readonly name: string | undefined
  readonly token: string
  /** Whether streams are asked for with it too. */
  readonly onStream?: true
  /** What is requested with it in a run with a budget of requests: a stream, or the list or stream of an unknown session. */
  readonly screen?: 'stream' | 'unknown-list' | 'unknown-stream'
  /** Whether a token with a wildcard for its last or first character resembles it. */
  readonly likeWildcard?: true
}

/**
 * Tokens near the right one and far from it. Each is a secret too: one character apart from the real one.
 * @param turn selects the one further token that is included, because targets may limit failed logins
 */
export function invalidTokens(token: string, turn = 0): InvalidToken[] {
  const middle = Math.floor(token.length / 2)
  // The same token after a server has removed what is no letter or digit.
  const quoted = { what: 'the token in quotes', name: 'TOKEN_QUOTED', token: `"${token}"` }
  const further: readonly InvalidToken[] = [
    quoted,
    { what: 'the pattern %', name: undefined, token: '%' },
    { what: 'the pattern *', name: undefined, token: '*' },
    { what: 'the first half of the token', name: 'TOKEN_HALF', token: token.slice(0, middle) },
    {
      what: 'the token with an underscore at its end',
      name: 'TOKEN_PATTERN',
      token: `${token.slice(0, -1)}_`,
    },
    {
      what: 'the token with a space inside',
      name: 'TOKEN_SPLIT',
      token: `${token.slice(0, middle)} ${token.slice(middle)}`,
    },
    { what: 'the second half of the token', name: 'TOKEN_TAIL', token: token.slice(middle) },
    { what: 'a quote and a condition', name: undefined, token: "' OR '1'='1" },
  ]
  const char = token[middle] ?? ''
  const swapped = char === 'a' ? 'b' : 'a'
  // Near its end: a server may compare the prefix exactly and look up the rest.
  const letter = [...token].slice(0, -1).findLastIndex((one) => one.toUpperCase() !== one.toLowerCase())
  const cased = [...token].map((one, at) => (at === letter ? otherCase(one) : one)).join('')
  const all: readonly InvalidToken[] = [
    { what: 'an unknown token', name: 'UNKNOWN_TOKEN', token: unknownToken, onStream: true },
    // Base64 ignores padding.
    {
      what: 'the token with one character more',
      name: 'TOKEN_ONE_LONGER',
      token: `${token}=`,
      screen: 'stream',
    },
    { what: 'the token with one character less', name: 'TOKEN_ONE_SHORTER', token: token.slice(0, -1) },
    {
      what: 'the token with one character changed',
      name: 'TOKEN_CHANGED',
      token: token.slice(0, middle) + swapped + token.slice(middle + 1),
    },
    {
      what: 'the token with one letter in the other case',
      name: 'TOKEN_CASE',
      token: cased,
      screen: 'unknown-list',
    },
    {
      what: 'the token with its first character changed',
      name: 'TOKEN_FIRST_CHANGED',
      token: (token.startsWith('a') ? 'b' : 'a') + token.slice(1),
      likeWildcard: true,
    },
    {
      what: 'the token with its last character changed',
      name: 'TOKEN_LAST_CHANGED',
      token: withLastChanged(token),
      likeWildcard: true,
    },
    { what: 'the token without its prefix', name: 'TOKEN_WITHOUT_PREFIX', token: withoutPrefix(token) },
    // What a client sends that has no token.
    { what: 'the word null', name: undefined, token: 'null' },
    // Cut off by a server that splits the header at spaces, commas or semicolons.
    {
      what: 'the token with further words behind it',
      name: 'TOKEN_AND_WORDS',
      token: `${token} ;, or more`,
      screen: 'unknown-stream',
    },
    // A pattern by itself matches no more than one behind the beginning of the token does.
    ...['%', '*', '.*'].map(
      (pattern, at): InvalidToken => ({
        what: `the pattern ${pattern} behind the first half of the token`,
        name: `TOKEN_HALF_PATTERN_${at + 1}`,
        token: token.slice(0, middle) + pattern,
        ...(pattern === '.*' ? {} : { likeWildcard: true }),
      }),
    ),
    further[turn % further.length] ?? quoted,
  ]
  return all.filter(
    (one, at) =>
      one.token !== token && one.token !== '' && all.findIndex((two) => two.token === one.token) === at,
  )
}

/** The token with a wildcard for its first or last character, which stands for several of these in a run with a budget. */
export function wildcardTokens(token: string): { readonly begins: string; readonly ends: string } {
  return { begins: `*${token.slice(1)}`, ends: `${token.slice(0, -1)}%` }
}

/** Tokens that are sent in one request only, and in the simplest one if that lets them in. */
export function furtherInvalidTokens(token: string): Readonly<Record<FurtherToken, InvalidToken>> {
  return {
    second: { what: 'the token behind another one', name: 'TOKEN_SECOND', token: `x, ${token}` },
    undefined: { what: 'the word undefined', name: undefined, token: 'undefined' },
    // Many languages trim a no-break space, which HTTP does not.
    padded: {
      what: 'the token with a no-break space behind it',
      name: 'TOKEN_PADDED',
      token: `${token}\u00a0`,
    },
    encoded: {
      what: 'the token with an encoded character',
      name: 'TOKEN_ENCODED',
      token: encodedStart(token),
    },
    // Cut off by a column or a hash of limited length, or at the dot. Three parts look like a JWT.
    long: {
      what: 'the token with two dots and 3,000 characters behind it',
      name: undefined,
      token: `${token}.${'x'.repeat(1_500)}.${'x'.repeat(1_500)}`,
    },
  }
}

type FurtherToken = 'second' | 'undefined' | 'padded' | 'encoded' | 'long'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

// The last character of an encoded token may hold unused low bits, so its highest bit is changed.
function withLastChanged(token: string): string {
  const at = [...token].findLastIndex((char) => alphabet.includes(char))
  if (at < 0) return token
  const changed = alphabet.charAt((alphabet.indexOf(token.charAt(at)) + 32) % 64)
  return token.slice(0, at) + changed + token.slice(at + 1)
}

// Tokens often begin with a word that names their kind, such as `pat_`.
function withoutPrefix(token: string): string {
  const prefix = /^[A-Za-z0-9]{1,11}[_.-]/.exec(token)?.[0] ?? token.slice(0, 1)
  return token.slice(prefix.length)
}

function encodedStart(token: string): string {
  return `%${token.charCodeAt(0).toString(16)}${token.slice(1)}`
}

function otherCase(char: string): string {
  return char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase()
}
