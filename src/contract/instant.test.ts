import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareInstants, parseInstant } from './instant.ts'

function compare(a: string, b: string): number {
  const [left, right] = [parseInstant(a), parseInstant(b)]
  if (left === undefined || right === undefined) throw new Error(`${a} or ${b} is no instant`)
  return Math.sign(compareInstants(left, right))
}

test.for<[string, string, number]>([
  ['2026-06-15T08:01:00.000000001Z', '2026-06-15T08:01:00.000000002Z', -1],
  ['2026-06-15T08:01:00.1Z', '2026-06-15T08:01:00.09Z', 1],
  ['2026-06-15T08:01:00Z', '2026-06-15T08:01:00.000Z', 0],
  ['2026-06-15T08:01:00.120Z', '2026-06-15T08:01:00.12Z', 0],
  ['2026-06-15T10:01:00+02:00', '2026-06-15T08:01:00Z', 0],
  ['2026-06-15T03:01:00-05:30', '2026-06-15T08:31:00Z', 0],
  ['2026-06-15T23:59:59+14:00', '2026-06-15T10:00:00Z', -1],
  ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', -1],
  ['2016-12-31T23:59:60.5Z', '2017-01-01T00:00:00.2Z', 0],
  ['2016-12-31T23:59:60.5Z', '2016-12-31T23:59:60.2Z', 1],
  ['2016-12-31T23:59:59.9Z', '2016-12-31T23:59:60Z', -1],
  ['2016-12-31T23:59:60.9Z', '2017-01-01T00:00:01Z', -1],
])('%s against %s: %i', ([a, b, expected]) => {
  expect(compare(a, b)).toBe(expected)
  expect(compare(b, a)).toBe(expected === 0 ? 0 : -expected)
})

describe('parseInstant', () => {
  test.for([
    '',
    '2026-06-15',
    '2026-06-15T08:01:00',
    '2026-06-15T08:01Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-06-15T24:00:00Z',
    '2026-06-15T08:60:00Z',
    '2026-06-15T08:01:61Z',
    '2026-06-15T08:01:60Z',
    '2026-06-15T08:01:00.Z',
    '2026-06-15T08:01:00+02',
    '2026-06-15T08:01:00+24:00',
    ' 2026-06-15T08:01:00Z',
    '२०२६-06-15T08:01:00Z',
  ])('rejects %j', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  test.for([
    '2000-02-29T00:00:00Z',
    '2016-12-31T23:59:60Z',
    '2017-01-01T01:59:60+02:00',
    '2026-06-15t08:01:00z',
  ])('accepts %s', (text) => {
    expect(parseInstant(text)).toBeDefined()
  })
})

test('comparing agrees with integer arithmetic in nanoseconds, in any zone', () => {
  const nanoseconds = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n })
  const zone = fc.integer({ min: -14 * 60, max: 14 * 60 })
  const written = (at: bigint, offset: number) => {
    const local = new Date(Number(at / 1_000_000n) + offset * 60_000).toISOString().slice(0, 19)
    const digits = String(at % 1_000_000_000n).padStart(9, '0')
    const minutes = Math.abs(offset)
    const hhmm = [Math.floor(minutes / 60), minutes % 60]
      .map((part) => String(part).padStart(2, '0'))
      .join(':')
    return `${local}.${digits}${offset < 0 ? '-' : '+'}${hhmm}`
  }
  fc.assert(
    fc.property(nanoseconds, fc.bigInt({ min: -5n, max: 5n }), zone, zone, (at, gap, here, there) => {
      const other = at + gap < 0n ? at : at + gap
      const expected = at < other ? -1 : at > other ? 1 : 0
      expect(compare(written(at, here), written(other, there))).toBe(expected)
    }),
  )
})

test('a fraction of any length is compared to its last digit', () => {
  const digits = fc.stringMatching(/^[0-9]{1,30}$/)
  const widened = (fraction: string) => BigInt(fraction.padEnd(30, '0'))
  fc.assert(
    fc.property(digits, digits, (left, right) => {
      const gap = widened(left) - widened(right)
      const at = (fraction: string) => `2026-06-15T08:01:00.${fraction}Z`
      expect(compare(at(left), at(right))).toBe(gap < 0n ? -1 : gap > 0n ? 1 : 0)
    }),
  )
})
