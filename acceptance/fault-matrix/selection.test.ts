import { expect, test } from 'vitest'
import { requirements } from '../../src/contract/catalogue.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { variants } from '../../src/reference/variants/index.ts'
import { affectedBy } from './affected.ts'
import { redundantChecks } from './redundant-checks.ts'
import { exercising, faultsPerRequirement, ownFaults, sampleFaults } from './sample.ts'
import { selectServers } from './selection.ts'

const none = { servers: new Set<string>(), requirements: new Set<never>() }

test.for(requirements)(
  '$id is covered by two faults of the sample, one of its own where it has one',
  ({ id }) => {
    const sample = [...sampleFaults(faults)]
    const sampled = exercising(id, faults).filter((fault) => sample.includes(fault))
    expect(sampled.length).toBeGreaterThanOrEqual(faultsPerRequirement)
    expect(ownFaults(id, sample).length).toBeGreaterThanOrEqual(Math.min(1, ownFaults(id, faults).length))
  },
)

test('only requirements that contain narrower ones have no fault that breaks them first', () => {
  const without = requirements.flatMap(({ id }) => (ownFaults(id, faults).length === 0 ? [id] : []))
  expect(without).toEqual(['PAG-05', 'PAG-06', 'PAG-07'])
  expect(without.filter((id) => redundantChecks[id] === undefined)).toEqual([])
})

test('every area is covered by at least four faults of the sample, and generated data by some', () => {
  const sample = [...sampleFaults(faults)]
  for (const area of new Set(requirements.map(({ area }) => area))) {
    const ids: readonly string[] = requirements.filter((one) => one.area === area).map(({ id }) => id)
    expect(
      sample.filter(({ violates }) => violates.some((id) => ids.includes(id))).length,
      area,
    ).toBeGreaterThanOrEqual(4)
  }
  expect(sample.filter(({ generatedOnly }) => generatedOnly === true).length).toBeGreaterThanOrEqual(3)
})

test('a changed fault or variant is added to the sample', () => {
  const sample = selectServers(faults, variants, none)
  const fault = faults.find((one) => !sample.faults.includes(one))
  const variant = variants.find((one) => !sample.variants.includes(one))
  const servers = new Set([fault?.name ?? '', variant?.name ?? ''])
  const selection = selectServers(faults, variants, { ...none, servers })
  expect(selection).toMatchObject({ added: 2, leftOut: 0 })
  expect(selection.faults).toContain(fault)
  expect(selection.variants).toContain(variant)
})

test('what does not fit is counted', () => {
  const all = { ...none, servers: new Set(faults.map(({ name }) => name)) }
  const { added, leftOut } = selectServers(faults, variants, all)
  expect(added).toBe(80)
  expect(added + leftOut).toBe(faults.length - sampleFaults(faults).size)
})

test('a changed spec, judge, fault file or variant file affects what it defines', async () => {
  const specs = ['specs/pagination.spec.ts', 'specs/order.spec.ts']
  const spec = await affectedBy(['specs/order.spec.ts'], specs)
  expect(spec.requirements).toContain('ORD-03')
  expect(spec.requirements).not.toContain('PAG-08')
  const judge = await affectedBy(['src/oracle/order/chronology.ts'], specs)
  expect(judge.requirements).toContain('ORD-01')
  const files = [
    'src/reference/faults/order/direction.ts',
    'src/reference/variants/list-variants.ts',
    'README.md',
  ]
  const { servers, requirements: none } = await affectedBy(files, specs)
  expect(none.size).toBe(0)
  expect(faults.some(({ name }) => servers.has(name))).toBe(true)
  expect(variants.some(({ name }) => servers.has(name))).toBe(true)
})
