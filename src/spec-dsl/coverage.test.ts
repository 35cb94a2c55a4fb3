import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { specs } from '../../specs/index.ts'
import { allRequirements, areas } from '../contract/catalogue.ts'
import { packageFile } from '../contract/package-root.ts'
import type { SpecItem } from './spec-items.ts'

const names = readdirSync(packageFile('specs'))
  .filter((name) => name.endsWith('.spec.ts'))
  .map((name) => name.replace('.spec.ts', ''))

test('each area has a spec file of its name; the others are live and model', () => {
  const others: readonly string[] = ['live', 'model']
  expect(names.filter((name) => !others.includes(name)).toSorted()).toEqual(areas.toSorted())
})

test('the index holds every spec file, the areas in the order of the contract', () => {
  expect(specs.map(({ area }) => String(area)).toSorted()).toEqual(names.toSorted())
  expect(specs.map(({ area }) => area).filter((area) => areas.some((one) => one === area))).toEqual(areas)
})

test('each spec file declares the area of its name', async () => {
  for (const name of names) {
    const module: { default?: unknown } = await import(`../../specs/${name}.spec.ts`)
    expect(module.default, name).toBe(specs.find(({ area }) => area === name))
  }
})

test('an open question has a name of its own, which is no requirement', () => {
  const items = specs.flatMap((spec) => [...spec.items])
  const ids = items.map((item) => ('id' in item ? item.id : item.name))
  expect(ids).toHaveLength(new Set(ids).size)
  const questions = items.filter((item) => item.kind === 'observation')
  expect(questions.length).toBeGreaterThan(10)
  for (const { id, question } of questions) {
    expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/)
    expect(question).toMatch(/\?$/)
  }
})

test('each check repeats the sentence of the catalogue, and each requirement has one check', () => {
  const checks = specs
    .flatMap((spec): readonly SpecItem[] => spec.items)
    .filter((item) => item.kind === 'asking' || item.kind === 'history')
  expect(Object.fromEntries(checks.map(({ id, sentence }) => [id, sentence]))).toEqual(
    Object.fromEntries(allRequirements.map(({ id, title }) => [id, title])),
  )
  expect(checks).toHaveLength(allRequirements.length)
})
