import { expect, test } from 'vitest'
import { type RequirementId, requirements } from '../../src/contract/catalogue.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { variants } from '../../src/reference/variants/index.ts'
import { redundantChecks } from './redundant-checks.ts'

const central: readonly RequirementId[] = [
  'PAG-03',
  'PAG-04',
  'PAG-05',
  'PAG-06',
  'ORD-01',
  'ORD-03',
  'ENV-05',
  'ISO-02',
  'FLT-01',
  'FLT-05',
  'SSE-04',
  'SSE-05',
]

test('names of faults and variants are unique', () => {
  const all = [...faults, ...variants].map(({ name }) => name)
  expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([])
})

test.for(requirements)('$id has enough faults to show that its check can fail', ({ id, level }) => {
  const least = central.includes(id) ? 6 : level === 'MUST' ? 2 : 1
  const found = faults
    .filter(({ violates, alsoAffects = [] }) => [...violates, ...alsoAffects].includes(id))
    .map(({ name }) => name)
  expect(found.length, found.join(', ')).toBeGreaterThanOrEqual(least)
})

test.for(requirements)(
  '$id detects a fault that no other check detects, or is listed with a reason',
  ({ id }) => {
    const alone = faults.filter(({ violates }) => violates.length === 1 && violates[0] === id)
    expect(alone.length > 0 || redundantChecks[id] !== undefined).toBe(true)
  },
)
