import { expect, test } from 'vitest'
import { combineOutcomes } from './combine-outcomes.ts'
import type { Outcome, Verdict } from './outcome.ts'

const outcome = (verdict: Verdict, ...messages: string[]): Outcome => ({
  id: 'AUT-07',
  verdict,
  judged: 2,
  findings: messages.map((message) => ({
    kind: 'echo',
    message,
    expected: null,
    actual: null,
    exchanges: [1],
  })),
})

test.for([
  [['pass', 'fail', 'inconclusive'], 'fail'],
  [['inconclusive', 'pass', 'not-run'], 'pass'],
  [['not-run', 'inconclusive'], 'inconclusive'],
  [['fail', 'broken'], 'broken'],
  [['not-run', 'not-run'], 'not-run'],
] as const)('%j together are %s', ([verdicts, together]) => {
  const combine = (all: readonly Verdict[]) => combineOutcomes(all.map((verdict) => outcome(verdict))).verdict
  expect(combine(verdicts)).toBe(together)
  expect(combine(verdicts.toReversed())).toBe(together)
})

test('what each part found is kept, and what several found alike is said once', () => {
  const together = combineOutcomes([outcome('pass'), outcome('fail', 'a', 'b'), outcome('fail', 'b', 'c')])
  expect(together.findings.map(({ message }) => message)).toEqual(['a', 'b', 'c'])
  expect(together.judged).toBe(6)
})
