import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IdColumn } from './id-column.ts'

test('finds each of many ids, and no other', () => {
  const column = new IdColumn()
  const idOf = (at: number) => `evt_${at.toString(16).padStart(32, '0')}`
  for (let at = 0; at < 20_000; at++) expect(column.add(idOf(at))).toBe(at)
  for (const at of [0, 1, 1_023, 1_024, 1_025, 12_345, 19_999])
    expect([column.numberOf(idOf(at)), column.at(at)]).toEqual([at, idOf(at)])
  expect(column.numberOf(idOf(20_000))).toBeUndefined()
})

test('holds any text, also an empty one and half of a surrogate pair', () => {
  const unit = fc.oneof(fc.constantFrom('', 'é', '\ud83d', '调'), fc.string())
  fc.assert(
    fc.property(fc.uniqueArray(unit, { minLength: 1, maxLength: 50 }), (ids) => {
      const column = new IdColumn()
      for (const id of ids) column.add(id)
      for (let at = ids.length; at < 2_000; at++) column.add(`further ${at}`)
      expect(ids.map((id) => column.numberOf(id))).toEqual(ids.map((_, at) => at))
      expect(ids.map((_, at) => column.at(at))).toEqual(ids)
    }),
    { numRuns: 20 },
  )
})
