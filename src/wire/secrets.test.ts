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

test('what is no secret stays as it is', () => {
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

test('a short token is no piece of a word, but goes from request headers all the same', () => {
  const short = new SecretRegistry()
  short.add('TOKEN', 'test')
  expect(short.redact('the latest sess_test1')).toBe('the latest sess_test1')
  expect(short.redactHeader('Bearer test')).toBe('Bearer $TOKEN')
})
