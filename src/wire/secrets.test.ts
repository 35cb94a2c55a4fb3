import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SecretRegistry } from './secrets.ts'

const token = 'pat_aZ09-_x/y+z=~Q"<&é'
const registry = new SecretRegistry()
registry.add('CONFORMANCE_TOKEN', token)

const inBase64 = [0, 1, 2].map((shift) => Buffer.from(`${'k'.repeat(shift)}${token} tail`).toString('base64'))
const forms = [
  token,
  encodeURIComponent(token),
  [...Buffer.from(token)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  JSON.stringify(token).slice(1, -1),
  token.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;'),
  [...token].map((char) => `&#${char.codePointAt(0)};`).join(''),
  [...token].map((char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join(''),
  JSON.stringify(JSON.stringify(JSON.stringify(token))).slice(1, -1),
  encodeURIComponent(encodeURIComponent(token)),
  ...inBase64,
  ...inBase64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
]

describe('a secret is recognised', () => {
  test.for(forms)('in the form %s', (form) => {
    const text = `before ${form} after`
    expect(registry.echoesIn(text)).toEqual(['CONFORMANCE_TOKEN'])
    expect(registry.redact(text)).toContain('$CONFORMANCE_TOKEN')
    expect(registry.redact(text)).not.toContain(form)
  })
})

test('other text is unchanged', () => {
  const text = 'A page of evt_1, pat_other, and 100% of nothing &amp; more \\u0041.'
  expect(registry.redact(text)).toBe(text)
  expect(registry.echoesIn(text)).toEqual([])
})

test('of two secrets of which one begins with the other, the longer is named', () => {
  const two = new SecretRegistry()
  two.add('SHORT', 'pat_0123456789abcdef0123')
  two.add('LONG', 'pat_0123456789abcdef0123456789')
  expect(two.redact('x pat_0123456789abcdef0123456789 y')).toBe('x $LONG y')
})

test('a short token is not redacted inside words, but is redacted in request headers', () => {
  const short = new SecretRegistry()
  short.add('TOKEN', 'test')
  expect(short.redact('the latest sess_test1')).toBe('the latest sess_test1')
  expect(short.redactHeader('Bearer test')).toBe('Bearer $TOKEN')
})

test('a secret is recognised however each of its characters is written', () => {
  const hex = (char: string, width: number) => char.charCodeAt(0).toString(16).padStart(width, '0')
  const writings: readonly ((char: string) => string)[] = [
    (char) => char,
    encodeURIComponent,
    (char) => `%${hex(char, 2)}`,
    (char) => `%${hex(char, 2).toUpperCase()}`,
    (char) => JSON.stringify(char).slice(1, -1),
    (char) => `\\u${hex(char, 4)}`,
    (char) => `&#${char.charCodeAt(0)};`,
    (char) => `&#x${hex(char, 2)};`,
  ]
  // Printable ASCII, with everything that is special in a URL, in JSON or in HTML; no token has a backslash. Of an
  // escaped `%` or `&` at the end a sign may be left over, which tells nothing about the secret.
  const secret = fc
    .string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 40 })
    .filter((value) => !/\\|[%&]$/.test(value))
  fc.assert(
    fc.property(secret, fc.array(fc.constantFrom(...writings), { minLength: 40 }), (value, how) => {
      const one = new SecretRegistry()
      one.add('SECRET', value)
      const written = [...value].map((char, at) => how[at]?.(char) ?? char).join('')
      const redacted = one.redact(`before "${written}" after`)
      expect(redacted).toBe('before "$SECRET" after')
      expect(one.echoesIn(`before "${written}" after`)).toEqual(['SECRET'])
    }),
  )
})

test('base64 of a secret is recognised inside a longer text, however that is written in a URL', () => {
  const encoded = Buffer.from(`user:${token}?>>>`).toString('base64')
  for (const text of [encoded, encodeURIComponent(encoded), JSON.stringify(encoded).replaceAll('/', '\\/')])
    expect(registry.echoesIn(text), text).toEqual(['CONFORMANCE_TOKEN'])
})

test('does not search placeholders for secrets', () => {
  const two = new SecretRegistry()
  two.add('CONFORMANCE_TOKEN', 'pat_0123456789abcdef0123')
  two.add('OTHER', 'CONFORMANCE')
  expect(two.redact('x pat_0123456789abcdef0123 y')).toBe('x $CONFORMANCE_TOKEN y')
})

test('of two names of one secret the first stays, and an empty text is no secret', () => {
  const two = new SecretRegistry()
  two.add('FIRST', 'pat_0123456789abcdef0123')
  two.add('SECOND', 'pat_0123456789abcdef0123')
  two.add('EMPTY', '')
  expect(two.redact('a pat_0123456789abcdef0123 b')).toBe('a $FIRST b')
  expect(two.redactHeader('a  b')).toBe('a  b')
})

test('redacts a very short secret in request headers only', () => {
  const short = new SecretRegistry()
  short.add('TOKEN', 'abc')
  expect([short.redact('an abc'), short.echoesIn('an abc')]).toEqual(['an abc', []])
  expect(short.redactHeader('Bearer abc')).toBe('Bearer $TOKEN')
})

test('a long row of what looks like an escape takes no long time', () => {
  expect(registry.redact('\\'.repeat(3_000_000)).length).toBe(3_000_000)
})

test('hex of a secret is recognised in lower and in upper case', () => {
  const hex = Buffer.from(token).toString('hex')
  for (const text of [hex, hex.toUpperCase(), `x${hex}0a`])
    expect(registry.redact(text), text).toContain('$CONFORMANCE_TOKEN')
})

describe('a token of 4,000 characters', () => {
  const long = `ey${Buffer.from('0123456789abcdef'.repeat(250)).toString('base64url')}`.slice(0, 4_000)
  const one = new SecretRegistry()
  one.add('CONFORMANCE_TOKEN', long)
  const written: readonly [string, string][] = [
    ['in clear', long],
    ['percent-encoded', [...long].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('')],
    ['as JSON escapes', [...long].map((char) => `\\u00${char.charCodeAt(0).toString(16)}`).join('')],
    ['as HTML entities', [...long].map((char) => `&#${char.charCodeAt(0)};`).join('')],
    ['in base64', Buffer.from(long).toString('base64')],
    ['in hex', Buffer.from(long).toString('hex')],
  ]
  test.for(written)('is recognised %s', ([, text]) => {
    expect(one.redact(`a "${text}" b`)).toMatch(/^a "\$CONFORMANCE_TOKEN\w?=*" b$/)
    expect(one.echoesIn(text)).toEqual(['CONFORMANCE_TOKEN'])
  })
})

test('the time of a redaction grows no faster than the text, however the text is made', () => {
  const one = new SecretRegistry()
  one.add('CONFORMANCE_TOKEN', Buffer.from('0123456789abcdefghi'.repeat(150)).toString('base64'))
  const fastest = (text: string) => {
    const times = Array.from({ length: 5 }, () => {
      const began = performance.now()
      one.redact(text)
      return performance.now() - began
    })
    return Math.min(...times)
  }
  for (const piece of ['{"id":"evt_1","a":"\\"b\\""},', 'ab%', '%25', '&amp;', '\\', '%', '&']) {
    const small = fastest(piece.repeat(Math.ceil(12_500 / piece.length)))
    const large = fastest(piece.repeat(Math.ceil(400_000 / piece.length)))
    // 32 times the text; the square would take 1,024 times as long.
    expect(large / Math.max(small, 0.5), piece).toBeLessThan(500)
  }
})
