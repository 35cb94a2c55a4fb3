import { expect, test } from 'vitest'
import { kindFits } from './kind-fit.ts'
import { kindOfBug } from './kinds.ts'

test('a kind whose consequences fail too fits better than the kinds of those consequences', () => {
  const fits = kindFits(new Set(['EVT-03', 'ISO-01']), [
    { violates: ['EVT-03'], alsoAffects: ['ISO-01', 'ISO-04'] },
    { violates: ['ISO-01'] },
  ])
  expect(fits.get(kindOfBug('EVT-03'))).toBe(1)
  expect(fits.get(kindOfBug('ISO-01'))).toBe(0.5)
})

test('a bug whose first requirement is met does not count', () => {
  expect(kindFits(new Set(['ISO-01']), [{ violates: ['EVT-03', 'ISO-01'] }]).size).toBe(0)
})
