import type { RequirementId } from '../contract/catalogue.ts'
import type { Case } from '../oracle/case.ts'
import type { Finding } from '../oracle/finding.ts'

/**
 * The verdict on one requirement. `broken`: an internal error. `not-run`: not selected. `waived` is set later, when waivers
 * are applied.
 */
export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'waived' | 'broken' | 'not-run'

/** The verdict on one requirement with its evidence. */
export interface Outcome {
  readonly id: RequirementId
  readonly verdict: Verdict
  /** How many cases count. */
  readonly judged: number
  readonly findings: readonly Finding[]
  /** Why there is no pass or fail: what was missing, what blocks it, or the internal error. */
  readonly reason?: string
  /** What to provide or fix to get a verdict. */
  readonly provide?: string
  /** How often a failure was reproduced: `always (3 of 3)` or `1 of 3`. */
  readonly reproduced?: string
  /** The requirements that must be met before this one can be judged; each of them fails. */
  readonly blockedBy?: readonly RequirementId[]
  /** How many cases were left out because they rely on something that is broken. */
  readonly leftOut?: number
}

/** The result of a check, before its cases are attributed. */
export interface CheckResult {
  readonly id: RequirementId
  readonly cases: readonly Case[]
  /** Why nothing more could be judged; `blockedBy` are requirements that may be the reason, if they fail. */
  readonly lack?: {
    readonly missing: string
    readonly provide: string
    readonly blockedBy?: readonly RequirementId[]
  }
  /** The internal error. */
  readonly broken?: string
  /** Left out by the configuration. */
  readonly notRun?: true
}

/** What the target does about a question that the documents leave open. */
export interface Seen {
  readonly id: string
  readonly question: string
  readonly seen: string
  readonly exchanges: readonly number[]
}
