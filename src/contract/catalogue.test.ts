import { expect, test } from 'vitest'
import { specs } from '../../specs/index.ts'
import { allRequirements, requirements, withdrawnRequirements } from './catalogue.ts'

test('ids and levels are permanent', () => {
  expect(requirements.map(({ id, level }) => `${id} ${level}`)).toMatchSnapshot()
})

test('catalogue 2 has 71 MUST and 9 SHOULD, and no withdrawn id is used again', () => {
  const count = (level: string) => requirements.filter((one) => one.level === level).length
  expect([count('MUST'), count('SHOULD')]).toEqual([71, 9])
  for (const { id } of requirements) expect(withdrawnRequirements).not.toContain(id)
})

test('an id is used once, and begins as its area', () => {
  const ids = allRequirements.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const prefixes = new Map<string, Set<string>>()
  for (const { id, area } of allRequirements)
    prefixes.set(area, (prefixes.get(area) ?? new Set()).add(id.slice(0, 3)))
  for (const [area, used] of prefixes) expect([...used], area).toHaveLength(1)
})

test('each requirement has one check, in the spec of its area', () => {
  const checked = specs.flatMap(({ area, items }) =>
    items.flatMap((item) => ('id' in item && item.kind !== 'observation' ? [{ id: item.id, area }] : [])),
  )
  expect(checked.map(({ id }) => id).toSorted()).toEqual(allRequirements.map(({ id }) => id).toSorted())
  for (const { id, area } of checked)
    expect(['live', allRequirements.find((one) => one.id === id)?.area], id).toContain(area)
})
