import { requirementOf } from '../contract/catalogue.ts'
import type { Outcome } from './outcome.ts'
import { isFlaky, reproductionOf } from './reproduction.ts'

/** A leak, or a credential accepted wrongly, is reported even if it occurred once. */
const leaks: ReadonlySet<string> = new Set(['isolation', 'authentication'])

/**
 * Takes back failures that were not reproduced, where requests affect each other in every attempt (NEG-05): the run
 * sends its requests side by side, so any response may be a neighbour's.
 */
export function explainByInterference(outcomes: readonly Outcome[]): readonly Outcome[] {
  const cause = outcomes.find(({ id }) => id === 'NEG-05')
  if (cause?.verdict !== 'fail' || reproductionOf(cause.reproduced) === undefined || isFlaky(cause))
    return outcomes
  const taken = new Set(
    outcomes.filter((one) => isFlaky(one) && !leaks.has(requirementOf(one.id).area)).map(({ id }) => id),
  )
  return outcomes.map((outcome) => {
    const { id, blockedBy } = outcome
    // Every blocker fails: what waited for one of these waits for NEG-05.
    const blockers = taken.has(id)
      ? [cause.id]
      : [...new Set(blockedBy?.map((one) => (taken.has(one) ? cause.id : one)))]
    if (!taken.has(id) && blockedBy?.some((one) => taken.has(one)) !== true) return outcome
    const reason = `blocked by ${blockers.join(', ')}`
    return { id, verdict: 'inconclusive', judged: 0, findings: [], blockedBy: blockers, reason }
  })
}
