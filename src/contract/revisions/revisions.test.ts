import { expect, test } from 'vitest'
import { allRequirements, requirements } from '../catalogue.ts'
import { readSchema } from '../schemas.ts'
import { defaultRevision, revisionNamed, revisions } from './index.ts'
import { applies, requirementIn } from './revision.ts'

test('the default revision is the catalogue as it is', () => {
  expect(defaultRevision.name).toBe('2026-06')
  expect(defaultRevision.requirements).toBe(requirements)
})

test('each requirement belongs to a revision, and keeps its level and area in all of them', () => {
  for (const { id, level, area } of allRequirements) {
    const own = revisions.filter((revision) => applies(revision, id))
    expect(own, id).not.toEqual([])
    for (const revision of own) expect(requirementIn(revision, id)).toMatchObject({ level, area })
  }
})

test('the requirements of each revision are in the order of the areas', () => {
  for (const { requirements: own } of revisions) {
    const areas = own.map(({ area }) => area)
    expect(areas.filter((area, at) => area !== areas[at - 1])).toEqual([...new Set(areas)])
  }
})

test('the wording of a requirement speaks of no feature that its revision lacks', () => {
  for (const { name, requirements: own, extensions } of revisions)
    for (const { id, title } of own) {
      if (!extensions.has('order')) expect(title, `${id} in ${name}`).not.toMatch(/`order|requested order/)
      if (!extensions.has('filter')) expect(title, `${id} in ${name}`).not.toMatch(/`type=|`types\[\]/)
      if (!extensions.has('page')) expect(title, `${id} in ${name}`).not.toMatch(/`page`|next_page/)
    }
})

test('each revision names schemas that exist, with a definition for every promise about events', () => {
  for (const { schemas, eventPromises } of revisions) {
    for (const schema of Object.values(schemas)) expect(readSchema(schema).title).toBeDefined()
    expect(Object.keys(readSchema(schemas.event).$defs ?? {})).toEqual(
      expect.arrayContaining([...eventPromises]),
    )
  }
})

test('a revision is found by its name', () => {
  for (const revision of revisions) expect(revisionNamed(revision.name)).toBe(revision)
  expect(() => revisionNamed('2026-05')).toThrow('Unknown revision "2026-05". Choose 2026-06 or ')
})
