import { expect, test } from 'vitest'
import { parseInstant } from '../contract/instant.ts'
import { InstantColumn } from './instant-column.ts'

test('returns each instant at full precision', () => {
  const timestamps = [
    '2026-06-15T08:01:00Z',
    '2026-06-15T08:01:00.1Z',
    '2026-06-15T08:01:00.000000001Z',
    '2026-06-15T08:01:00.0000000001Z',
    '2026-06-15T10:01:00.123456789123456789+02:00',
    '2016-12-31T23:59:60.5Z',
    '0001-01-01T00:00:00Z',
    undefined,
    '2026-02-30T00:00:00Z',
    '2026-06-15T08:01:00.090Z',
  ]
  const column = new InstantColumn()
  for (const timestamp of timestamps) column.add(timestamp)
  const expected = timestamps.map((text) => (text === undefined ? undefined : parseInstant(text)))
  expect(timestamps.map((_, at) => column.at(at))).toEqual(expected)
})
