import { expect, test } from 'vitest'
import type { RequirementId } from '../../contract/catalogue.ts'
import type { Finding } from '../../oracle/finding.ts'
import type { RunRecord } from '../../record/run-record.ts'
import { recordOf } from '../../record/run-record-fixture.ts'
import { nothingJudged } from '../../verdict/attribution-input.ts'
import type { Counterexample } from '../../verdict/counterexample.ts'
import type { Outcome } from '../../verdict/outcome.ts'
import { mergeParts } from './merge-parts.ts'

const finding: Finding = { kind: 'other', message: 'Wrong.', expected: 'a', actual: 'b', exchanges: [1] }
const counterexample: Counterexample = {
  requirement: 'PAG-04',
  property: 'cursors',
  seed: 1,
  path: '0',
  world: null,
  questions: [],
  steps: ['GET …/events?limit=1'],
  finding,
  reproduced: 'always (3 of 3)',
}

function outcome(id: RequirementId, verdict: Outcome['verdict']): Outcome {
  return { id, verdict, judged: 1, findings: verdict === 'fail' ? [finding] : [] }
}

function part(index: number, outcomes: readonly Outcome[], more: Partial<RunRecord> = {}): RunRecord {
  return recordOf(outcomes, {
    startedAt: `2026-01-01T00:00:0${index}.000Z`,
    part: { index, count: 2, version: '0', settings: {} },
    attribution: {
      ...nothingJudged,
      results: outcomes.map(({ id, findings }) => ({
        id,
        cases: [{ exchanges: [1], ...(findings[0] === undefined ? {} : { finding: findings[0] }) }],
      })),
    },
    ...more,
  })
}

const generated = {
  seed: 1,
  worlds: 8,
  questions: 90,
  counterexamples: [counterexample],
  explained: [],
  missing: undefined,
}

test('a counterexample fails its requirement where no check of any part explains it', () => {
  const merged = mergeParts([
    part(2, [outcome('AUT-01', 'fail')], { generated }),
    part(1, [outcome('PAG-03', 'pass'), outcome('PAG-04', 'pass')]),
  ])
  expect(merged.generated?.counterexamples).toHaveLength(1)
  expect(merged.generated?.explained).toEqual([])
  expect(merged.outcomes.find(({ id }) => id === 'PAG-04')).toMatchObject({
    verdict: 'fail',
    findings: [finding],
  })
})

test('a counterexample is explained where the check of its requirement failed in another part', () => {
  const merged = mergeParts([
    part(1, [outcome('PAG-03', 'pass'), outcome('PAG-04', 'fail')]),
    part(2, [outcome('AUT-01', 'pass')], { generated }),
  ])
  expect(merged.generated).toMatchObject({ worlds: 8, counterexamples: [], explained: ['PAG-04'] })
  expect(merged.outcomes.find(({ id }) => id === 'PAG-03')?.verdict).toBe('pass')
})

test('what blocks a requirement may have failed in another part', () => {
  const ofPage: Finding = { ...finding, message: 'A page is wrong.', exchanges: [1] }
  const violation = { exchange: 1, requirement: 'PAG-03', kind: 'records', finding } as const
  const [one, two] = [part(1, [outcome('PAG-03', 'pass')]), part(2, [])]
  const attribution = {
    ...nothingJudged,
    results: [{ id: 'PAG-05' as const, cases: [{ exchanges: [1], finding: ofPage }] }],
    violations: [violation],
  }
  const merged = mergeParts([one, { ...two, attribution }])
  const verdicts = merged.outcomes.map(({ id, verdict, blockedBy = [] }) => [id, verdict, ...blockedBy])
  expect(verdicts.toSorted()).toEqual([
    ['PAG-03', 'fail'],
    ['PAG-05', 'inconclusive', 'PAG-03'],
  ])
})

test('what failed once is blocked by a NEG-05 that fails every time in another part', () => {
  const judged = (id: RequirementId, reproduced: string) => ({
    attribution: {
      ...nothingJudged,
      results: [{ id, cases: [{ exchanges: [1], finding }] }],
      reproduced: { [id]: reproduced },
    },
  })
  const merged = mergeParts([
    part(1, [outcome('NEG-05', 'fail')], judged('NEG-05', 'always (3 of 3)')),
    part(2, [outcome('PAG-02', 'fail')], judged('PAG-02', '1 of 3')),
  ])
  const verdicts = merged.outcomes.map(({ id, verdict, blockedBy }) => ({ id, verdict, blockedBy }))
  expect(verdicts).toContainEqual({ id: 'NEG-05', verdict: 'fail', blockedBy: undefined })
  expect(verdicts).toContainEqual({ id: 'PAG-02', verdict: 'inconclusive', blockedBy: ['NEG-05'] })
})

test('replicas that one part found explain what another part saw', () => {
  const found = (id: RequirementId, kind: string, message: string): Outcome => ({
    ...outcome(id, 'fail'),
    findings: [{ ...finding, kind, message }],
  })
  const first = part(1, [found('INP-03', 'replicas', 'evt_9 is in some responses')])
  const replicas = { disputed: ['evt_9'], exchanges: [1, 2] }
  const merged = mergeParts([
    { ...first, attribution: { ...first.attribution, replicas } },
    part(2, [found('PAG-02', 'missing', 'evt_9 is missing.')]),
  ])
  const verdicts = Object.fromEntries(merged.outcomes.map(({ id, verdict }) => [id, verdict]))
  expect(verdicts).toMatchObject({ 'INP-03': 'fail', 'PAG-02': 'inconclusive' })
})
