import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SecretRegistry } from './secrets.ts'

// What a token may be made of, with everything that an encoding writes in another way.
const character = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'abcXYZ0189-_.~') },
  { weight: 3, arbitrary: fc.constantFrom(...'\\"\'%&<>/+=;#$`{}| ') },
  { weight: 1, arbitrary: fc.constantFrom('é', 'ß', '漢', '😀', '\u2028') },
)
const token = fc
  .string({ unit: character, minLength: 20, maxLength: 60 })
  .filter((text) => text.trim() === text)
const surroundings = fc.string({ unit: fc.constantFrom(...'{}[]:, \n"<>/?=&'), maxLength: 20 })

/** The ways in which a target may repeat a token. */
const spellings: Readonly<Record<string, (text: string) => string>> = {
  'in clear': (text) => text,
  'as JSON': (text) => JSON.stringify(text).slice(1, -1),
  'as JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)).slice(1, -1),
  'percent-encoded': encodeURIComponent,
  'percent-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'as HTML': (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in hex': (text) => Buffer.from(text).toString('hex'),
}

test.for(Object.keys(spellings))('no token survives redaction: %s', (name) => {
  const spell = spellings[name] ?? String
  fc.assert(
    fc.property(token, surroundings, surroundings, (secret, before, after) => {
      const secrets = new SecretRegistry()
      secrets.add('CONFORMANCE_TOKEN', secret)
      const spelled = spell(secret)
      const redacted = secrets.redact(`${before} ${spelled} ${after}`)
      expect(redacted).toContain('$CONFORMANCE_TOKEN')
      expect(redacted).not.toContain(spelled)
      expect(secrets.echoesIn(`${before} ${spelled} ${after}`)).toEqual(['CONFORMANCE_TOKEN'])
    }),
    { numRuns: 150 },
  )
})

// A ratio, so that a slow machine changes nothing: quadratic time would make it 64.
test('redaction takes time in proportion to the text, however long the token', () => {
  const secrets = new SecretRegistry()
  secrets.add('CONFORMANCE_TOKEN', `eyJ${'aZ0%\\"_'.repeat(600)}`)
  const piece = '{"text":"aZ0%5C%22 \\\\u0061 &amp;lt; eyJaZ0 and more"},'
  const costOf = (repeats: number) => {
    const text = piece.repeat(repeats)
    const times = Array.from({ length: 9 }, () => {
      const began = process.cpuUsage()
      secrets.redact(text)
      const { user, system } = process.cpuUsage(began)
      return user + system
    })
    return Math.min(...times)
  }
  costOf(2_000)
  // In proportion it is 8, and 64 if it grows with the square. Other threads of the process count too.
  expect(costOf(32_000) / Math.max(1, costOf(4_000))).toBeLessThan(40)
})
