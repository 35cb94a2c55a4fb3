import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type RequirementId, requirements } from '../contract/catalogue.ts'
import { isJsonObject, parseJson, stringField } from '../contract/json.ts'
import { packageFile } from '../contract/package-root.ts'
import { faults } from '../reference/faults/index.ts'
import { variants } from '../reference/variants/index.ts'
import { keptChecks } from './kept-checks.ts'

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

const committed = parseJson(readFileSync(packageFile('reports/detection.json'), 'utf8'))
const names = (list: unknown, field: string) =>
  Array.isArray(list) ? list.map((one) => stringField(one, field) ?? '').toSorted() : []

test('the committed figures are those of this catalogue (npm test writes them, npm run docs shows them)', () => {
  if (!isJsonObject(committed)) throw new Error('reports/detection.json is not an object.')
  expect(names(committed.matrix, 'fault')).toEqual(faults.map(({ name }) => name).toSorted())
  expect(names(committed.unusual, 'variant')).toEqual(variants.map(({ name }) => name).toSorted())
  expect([committed.detected, committed.false_alarms]).toEqual([faults.length, 0])
})

test('names of faults and variants are used once', () => {
  const all = [...faults, ...variants].map(({ name }) => name)
  expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([])
})

test.for(requirements)('$id has the faults that show that its check can fail', ({ id, level }) => {
  const least = central.includes(id) ? 6 : level === 'MUST' ? 2 : 1
  const found = faults.filter(({ violates }) => violates.includes(id)).map(({ name }) => name)
  expect(found.length, found.join(', ')).toBeGreaterThanOrEqual(least)
})

test.for(requirements)('$id finds a fault that no other check finds, or says why it stays', ({ id }) => {
  const alone = faults.filter(({ violates }) => violates.length === 1 && violates[0] === id)
  expect(alone.length > 0 || keptChecks[id] !== undefined).toBe(true)
})
