import { expect, test } from 'vitest'
import { type RequirementId, requirements } from '../contract/catalogue.ts'
import { judgeRun } from './judge-run.ts'
import type { Outcome, Verdict } from './outcome.ts'

const musts = requirements.filter(({ level }) => level === 'MUST').map(({ id }) => id)
const plain = { strict: false, requireConclusive: false }

function outcome(id: RequirementId, verdict: Verdict): Outcome {
  return { id, verdict, judged: 1, findings: [] }
}

/** Outcomes of the first MUST requirements, as many of each verdict. */
function outcomes(counts: Partial<Record<Verdict, number>>): Outcome[] {
  const verdicts = (['pass', 'fail', 'waived', 'inconclusive', 'not-run'] as const).flatMap((verdict) =>
    Array.from({ length: counts[verdict] ?? 0 }, () => verdict),
  )
  return verdicts.flatMap((verdict, at) => {
    const id = musts[at]
    return id === undefined ? [] : [outcome(id, verdict)]
  })
}

test.for<[string, Partial<Record<Verdict, number>>, Parameters<typeof judgeRun>[1], number, string]>([
  ['all pass', { pass: 10 }, plain, 0, 'Judged 10 of 10 MUST requirements.'],
  ['half is judged', { pass: 5, inconclusive: 5 }, plain, 0, 'Judged 5 of 10'],
  ['fewer than half are judged', { pass: 4, inconclusive: 5 }, plain, 3, 'Fewer than half'],
  [
    '… and that is allowed',
    { pass: 1, inconclusive: 9 },
    { ...plain, allowInconclusive: true },
    0,
    'Judged 1 of 10',
  ],
  ['… but one fails', { fail: 1, inconclusive: 9 }, plain, 1, '1 MUST requirement failed. Judged 1 of 10'],
  [
    'one is open and none may be',
    { pass: 9, inconclusive: 1 },
    { ...plain, requireConclusive: true },
    3,
    '1 MUST requirement could not be judged',
  ],
  ['others were not selected', { pass: 3, 'not-run': 20 }, plain, 0, 'Judged 3 of 3'],
  ['waived failures count as judged', { waived: 3, inconclusive: 2 }, plain, 0, 'Judged 3 of 5'],
  [
    'nothing is judged',
    { inconclusive: 9 },
    { ...plain, allowInconclusive: true },
    3,
    'Nothing could be judged',
  ],
])('%s', ([, counts, how, exitCode, sentence]) => {
  const judgement = judgeRun(outcomes(counts), how)
  expect(judgement).toMatchObject({ exitCode, sentence: expect.stringContaining(sentence) })
})

test('a shard is not checked for coverage', () => {
  expect(judgeRun(outcomes({ pass: 1, inconclusive: 9 }), plain, { isPart: true }).exitCode).toBe(0)
})

test('a failure outranks an obstacle, and an obstacle outranks coverage', () => {
  const obstacle = 'The time budget ended.'
  expect(judgeRun(outcomes({ fail: 1 }), plain, { obstacle }).exitCode).toBe(1)
  expect(judgeRun(outcomes({ pass: 9 }), plain, { obstacle })).toMatchObject({
    exitCode: 3,
    sentence: 'The time budget ended. Judged 9 of 9 MUST requirements.',
  })
})

test('without events an incomplete run is inconclusive, allowed or not', () => {
  const how = { ...plain, allowInconclusive: true }
  expect(judgeRun(outcomes({ pass: 9, inconclusive: 1 }), how, { eventsRead: false })).toMatchObject({
    exitCode: 3,
    sentence: expect.stringContaining('No events could be read.'),
  })
  expect(judgeRun(outcomes({ pass: 9 }), how, { eventsRead: false }).exitCode).toBe(0)
})

test('a failing SHOULD fails the run only under strict', () => {
  const should = requirements.find(({ level }) => level === 'SHOULD')?.id
  if (should === undefined) throw new Error('The catalogue has no SHOULD.')
  const all = [...outcomes({ pass: 9 }), outcome(should, 'fail')]
  expect(judgeRun(all, plain).exitCode).toBe(0)
  expect(judgeRun(all, { ...plain, strict: true }).exitCode).toBe(1)
})

test('a MUST that is not judged because of a waiver gates', () => {
  const judgement = judgeRun(outcomes({ pass: 9, waived: 1, inconclusive: 1 }), plain, {
    uncovered: ['PAG-05'],
  })
  expect(judgement).toMatchObject({
    exitCode: 1,
    sentence: expect.stringContaining('not judged because of a waiver that does not cover it: PAG-05'),
  })
})
