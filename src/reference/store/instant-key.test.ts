import { describe, expect, test } from 'vitest'
import { instantKey } from './instant-key.ts'

describe('instants in ascending order', () => {
  const ascending = [
    '0000-01-01T00:00:00+23:59',
    '0001-01-01T00:00:00Z',
    '1969-12-31T23:59:59.999Z',
    '1970-01-01T00:00:00Z',
    '2026-05-18T03:40:48.888851794Z',
    '2026-05-18T03:40:48.888851795Z',
    '2026-05-18T11:40:48.8888517950000001+08:00',
    '2026-05-18T03:40:48.89Z',
    '2026-05-18T03:40:49Z',
    '9999-12-31T23:59:59-23:59',
  ]
  test('have ascending keys', () => {
    const keys = ascending.map((text) => instantKey(text) ?? 'none')
    expect(keys).toEqual(keys.toSorted())
    expect(new Set(keys).size).toBe(ascending.length)
  })
})

test.each([
  ['2026-01-01T00:00:00Z', '2026-01-01T08:00:00.000+08:00'],
  ['2026-01-01T00:00:00Z', '2025-12-31t18:30:00-05:30'],
  ['2026-01-01T00:00:00Z', '2026-01-01 00:00:00.0z'],
  ['2017-01-01T00:00:00Z', '2016-12-31T23:59:60Z'],
])('%s and %s are one instant', (a, b) => {
  expect(instantKey(a)).toBeDefined()
  expect(instantKey(a)).toBe(instantKey(b))
})

test.each([
  '',
  '2026-01-01',
  '2026-01-01T00:00:00',
  '2026-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:60:00Z',
  '2026-01-01T00:00:61Z',
  '2026-06-15T12:00:60Z',
  '2026-01-01T00:00:00.Z',
  '2026-01-01T00:00:00+0800',
  '2026-01-01T00:00:00+24:00',
  ' 2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00Z\n',
])('%j is no instant', (text) => {
  expect(instantKey(text)).toBeUndefined()
})
