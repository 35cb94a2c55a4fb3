import type { RequirementId } from '../contract/catalogue.ts'
import type { Blame } from '../oracle/blame.ts'
import type { Finding } from '../oracle/finding.ts'

/**
 * What is said of one requirement. `broken`: the suite itself erred. `not-run`: left out by the
 * configuration. `waived` is given later, when waivers are applied.
 */
export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'waived' | 'broken' | 'not-run'

/** One requirement's verdict with everything that led to it. */
export interface Outcome {
  readonly id: RequirementId
  readonly verdict: Verdict
  /** How many cases were judged. */
  readonly judged: number
  readonly findings: readonly Finding[]
  /** What its check saw of other requirements. */
  readonly blames?: readonly Blame[]
  /** Why there is no pass or fail: what was missing, or how the suite broke. */
  readonly reason?: string
  /** What a reader can do about a missing verdict. */
  readonly provide?: string
  /** How often a failure came again: `always (3 of 3)` or `1 of 3`. */
  readonly reproduced?: string
}

/** What was seen of a question that the documents leave open. */
export interface Seen {
  readonly id: string
  readonly question: string
  readonly seen: string
  readonly exchanges: readonly number[]
}
