import type { Finding } from './finding.ts'

/**
 * What a judge returns: a finding, `undefined` if the requirement holds, or `'undecided'` if the exchange does not decide
 * it. What is undecided is not a case: it counts neither for the requirement nor against it.
 * A judge that always decides returns the narrower `Finding | undefined`.
 */
export type JudgeResult = Finding | undefined | 'undecided'

/** Whether the judge decided: the requirement holds, or there is a finding. */
export function isDecided(result: JudgeResult): result is Finding | undefined {
  return result !== 'undecided'
}

/** The finding of a result, if it has one. */
export function findingIn(result: JudgeResult): Finding | undefined {
  return isDecided(result) ? result : undefined
}
