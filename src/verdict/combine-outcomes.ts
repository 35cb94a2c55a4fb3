import type { Outcome, Verdict } from './outcome.ts'

/** From the weakest to the strongest. */
const strength: readonly Verdict[] = ['not-run', 'inconclusive', 'pass', 'waived', 'fail', 'broken']

/**
 * What several parts of a run say of one requirement, in one: a failure in any part is a failure, and what one part
 * could judge is judged.
 * @param outcomes of one requirement, at least one
 */
export function combineOutcomes(outcomes: readonly Outcome[]): Outcome {
  const [strongest] = outcomes.toSorted((a, b) => strength.indexOf(b.verdict) - strength.indexOf(a.verdict))
  if (strongest === undefined) throw new Error('There is no outcome to combine.')
  const messages = new Set<string>()
  const findings = outcomes
    .flatMap((outcome) => outcome.findings)
    // Every part reads the same thread, and may find the same there.
    .filter(({ message }) => messages.size !== messages.add(message).size)
  const judged = outcomes.reduce((sum, outcome) => sum + outcome.judged, 0)
  return { ...strongest, judged, findings }
}
