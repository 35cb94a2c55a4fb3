import { expect, test } from 'vitest'
import type { Finding } from '../oracle/finding.ts'
import { addAttributions } from './add-attributions.ts'
import type { Outcome } from './outcome.ts'

const finding: Finding = { kind: 'leak', message: 'm', expected: 'a', actual: 'b', exchanges: [7] }
const outcome = (id: Outcome['id'], more: Partial<Outcome> = {}): Outcome => ({
  id,
  verdict: 'pass',
  judged: 3,
  findings: [],
  ...more,
})

test('only the requirement that generated data is attributed to fails', () => {
  const all = [outcome('PAG-03'), outcome('PAG-04')]
  const [attributed, other] = addAttributions(all, [{ id: 'PAG-03', finding, reproduced: 'always (3 of 3)' }])
  expect(attributed).toEqual({
    id: 'PAG-03',
    verdict: 'fail',
    judged: 4,
    findings: [finding],
    reproduced: 'always (3 of 3)',
  })
  expect(other).toEqual(outcome('PAG-04'))
})

test('an inconclusive requirement that gets a finding fails, without the reason for its silence', () => {
  const silent = outcome('FLT-05', { verdict: 'inconclusive', judged: 0, reason: 'r', provide: 'p' })
  const [attributed] = addAttributions([silent], [{ id: 'FLT-05', finding }])
  expect(attributed).toMatchObject({ verdict: 'fail', findings: [finding] })
  expect(attributed).not.toHaveProperty('reason')
})

test('a check that broke stays broken', () => {
  const [broken] = addAttributions([outcome('PAG-03', { verdict: 'broken' })], [{ id: 'PAG-03', finding }])
  expect(broken?.verdict).toBe('broken')
})

test.for([
  ['1 of 3', 'always (3 of 3)', 'always (3 of 3)', 'leak'],
  ['always (3 of 3)', '1 of 3', 'always (3 of 3)', 'own'],
] as const)('of %s and %s, the surer finding comes first with its rate', ([own, added, rate, kind]) => {
  const failed = outcome('PAG-03', {
    verdict: 'fail',
    findings: [{ ...finding, kind: 'own' }],
    reproduced: own,
  })
  const [attributed] = addAttributions([failed], [{ id: 'PAG-03', finding, reproduced: added }])
  expect(attributed?.reproduced).toBe(rate)
  expect(attributed?.findings.map((one) => one.kind)[0]).toBe(kind)
  expect(attributed?.findings).toHaveLength(2)
})

test('a requirement that could not be judged is blocked by what only generated data shows', () => {
  const silent = outcome('PAG-12', { verdict: 'inconclusive', judged: 0, reason: 'r', provide: 'p' })
  const all = addAttributions([silent], [{ id: 'ORD-01', finding }], () => ['PAG-05', 'ORD-01'])
  expect(all).toEqual([
    outcome('PAG-12', {
      verdict: 'inconclusive',
      judged: 0,
      blockedBy: ['ORD-01'],
      reason: 'blocked by ORD-01',
    }),
  ])
  expect(addAttributions([silent], [{ id: 'ORD-01', finding }], () => ['PAG-05'])).toEqual([silent])
})
