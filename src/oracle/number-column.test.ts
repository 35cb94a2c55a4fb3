import { expect, test } from 'vitest'
import { NumberColumn } from './number-column.ts'

test('returns each number across chunks', () => {
  const column = NumberColumn.ofIntegers()
  for (let at = 0; at < 150_000; at++) column.add(4_294_967_295 - at)
  for (const at of [0, 65_535, 65_536, 149_999]) expect(column.at(at)).toBe(4_294_967_295 - at)
  expect([column.length, column.at(150_000), column.at(-1)]).toEqual([150_000, undefined, undefined])
})

test('holds fractions and NaN as doubles', () => {
  const column = NumberColumn.ofDoubles()
  for (const value of [-62_135_596_800, 0.5, Number.NaN]) column.add(value)
  expect([0, 1, 2].map((at) => column.at(at))).toEqual([-62_135_596_800, 0.5, Number.NaN])
})
