import { requirementOf } from '../contract/catalogue.ts'
import type { Outcome } from './outcome.ts'
import { isFlaky, reproductionOf } from './reproduction.ts'

/** What got in or leaked once is told, whatever made it possible. */
const leaks: ReadonlySet<string> = new Set(['isolation', 'authentication'])

/**
 * Takes back failures that were not reproduced, where requests affect each other in every attempt (NEG-05): the run
 * sends its requests side by side, so any response may be a neighbour's.
 */
export function explainByInterference(outcomes: readonly Outcome[]): readonly Outcome[] {
  const cause = outcomes.find(({ id }) => id === 'NEG-05')
  if (cause?.verdict !== 'fail' || reproductionOf(cause.reproduced) === undefined || isFlaky(cause))
    return outcomes
  return outcomes.map((outcome) => {
    const { id } = outcome
    if (!isFlaky(outcome) || leaks.has(requirementOf(id).area)) return outcome
    return {
      id,
      verdict: 'inconclusive',
      judged: 0,
      findings: [],
      blockedBy: ['NEG-05'],
      reason: 'blocked by NEG-05',
    }
  })
}
