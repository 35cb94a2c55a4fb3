import { expect, test } from 'vitest'
import { applyWaivers, type Waiver } from './waivers.ts'

const waiver: Waiver = {
  requirement: 'PAG-03',
  owner: 'paging team',
  reason: 'rewrite under way',
  expires: '2026-06-30',
}
const failure = { id: 'PAG-03', findings: [{ fingerprint: 'aaaaaaaaaaaa' }, { fingerprint: 'bbbbbbbbbbbb' }] }
const states = (effect: ReturnType<typeof applyWaivers>) => effect.states.map(({ state }) => state)

test('a waiver without a fingerprint covers every finding of its requirement', () => {
  const effect = applyWaivers([failure], [waiver], '2026-06-01')
  expect([...effect.waived.keys()]).toEqual(['PAG-03'])
  expect(states(effect)).toEqual(['used'])
})

test('a finding with another fingerprint is a new failure and gates', () => {
  const effect = applyWaivers([failure], [{ ...waiver, fingerprint: 'aaaaaaaaaaaa' }], '2026-06-01')
  expect(effect.waived.size).toBe(0)
  expect(states(effect)).toEqual(['used'])
})

test('several waivers may cover the findings together', () => {
  const both = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'].map((fingerprint) => ({ ...waiver, fingerprint }))
  expect(applyWaivers([failure], both, '2026-06-01').waived.get('PAG-03')).toEqual(both)
})

test('a waiver applies on its last day, and not on the day after', () => {
  expect(applyWaivers([failure], [waiver], '2026-06-30').waived.size).toBe(1)
  const late = applyWaivers([failure], [waiver], '2026-07-01')
  expect(late.waived.size).toBe(0)
  expect(states(late)).toEqual(['expired'])
})

test('a waiver of something that does not fail is unused', () => {
  const effect = applyWaivers([failure], [waiver, { ...waiver, requirement: 'ENV-05' }], '2026-06-01')
  expect(states(effect)).toEqual(['used', 'unused'])
})

test('what a waived requirement blocks is uncovered unless the waiver lists it', () => {
  const blocked = [
    { id: 'PAG-05', blockedBy: ['PAG-03'] },
    { id: 'PAG-07', blockedBy: ['PAG-03'] },
    { id: 'SSE-01', blockedBy: ['NEG-01'] },
  ]
  const effect = applyWaivers([failure], [{ ...waiver, covers: ['PAG-05'] }], '2026-06-01', blocked)
  expect([...effect.uncovered]).toEqual(['PAG-07'])
})

test('a waiver of a blocked requirement is dormant', () => {
  const blocked = [{ id: 'PAG-05', blockedBy: ['PAG-03'] }]
  const effect = applyWaivers([failure], [{ ...waiver, requirement: 'PAG-05' }], '2026-06-01', blocked)
  expect(states(effect)).toEqual(['dormant'])
})
