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

// A ratio of CPU times, so that a slow machine changes nothing. The texts differ by a factor of 64, for which linear time
// is 64 and quadratic time 4096: other threads of the process, which count too, are far from making up the difference.
test('redaction takes time in proportion to the text, however long the token', () => {
  const secrets = new SecretRegistry()
  secrets.add('CONFORMANCE_TOKEN', `eyJ${'aZ0%\\"_'.repeat(600)}`)
  const piece = '{"text":"aZ0%5C%22 \\\\u0061 &amp;lt; eyJaZ0 and more"},'
  const costOf = (repeats: number) => {
    const text = piece.repeat(repeats)
    const times = Array.from({ length: 5 }, () => {
      const began = process.cpuUsage()
      secrets.redact(text)
      const { user, system } = process.cpuUsage(began)
      return user + system
    })
    return Math.min(...times)
  }
  costOf(2_000)
  const [short, long] = [costOf(500), costOf(32_000)]
  expect(long / Math.max(1, short)).toBeLessThan(512)
})
