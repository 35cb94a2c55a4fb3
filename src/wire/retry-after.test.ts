import { expect, test } from 'vitest'
import { waitBeforeRetry } from './retry-after.ts'

const now = Date.parse('2026-06-15T08:00:00Z')

test.for<[string | undefined, number, number]>([
  ['3', 1, 3_000],
  [' 3 ', 5, 3_000],
  ['Mon, 15 Jun 2026 08:00:10 GMT', 1, 10_000],
  // The two older forms of an HTTP date that RFC 9110, 5.6.7 names must be understood too.
  ['Monday, 15-Jun-26 08:00:10 GMT', 1, 10_000],
  // What names no time to come is as good as nothing: half a second, doubled with every try.
  [undefined, 1, 500],
  [undefined, 2, 1_000],
  [undefined, 4, 4_000],
  ['', 1, 500],
  ['0', 1, 500],
  ['0', 3, 2_000],
  ['-5', 1, 500],
  ['1.5', 1, 500],
  ['soon', 1, 500],
  ['2026-06-15T08:00:10Z', 1, 500],
  ['Mon, 15 Jun 2026 07:59:00 GMT', 1, 500],
  ['Mon, 99 Xyz 2026 08:00:10 GMT', 1, 500],
])('Retry-After %j on try %i waits %i ms', ([header, tries, expected]) => {
  expect(waitBeforeRetry(header, tries, now)).toBe(expected)
})
