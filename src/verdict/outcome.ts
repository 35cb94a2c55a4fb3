import type { RequirementId } from '../contract/catalogue.ts'
import type { Case } from '../oracle/case.ts'
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
  /** How many cases count. */
  readonly judged: number
  readonly findings: readonly Finding[]
  /** Why there is no pass or fail: what was missing, what blocks it, or how the suite broke. */
  readonly reason?: string
  /** What a reader can do about a missing verdict. */
  readonly provide?: string
  /** How often a failure came again: `always (3 of 3)` or `1 of 3`. */
  readonly reproduced?: string
  /** The requirements that must be met before this one can be judged; each of them fails. */
  readonly blockedBy?: readonly RequirementId[]
  /** How many cases were left out because they rely on something that is broken. */
  readonly leftOut?: number
}

/** What a check found, before it is decided what each case counts for. */
export interface CheckResult {
  readonly id: RequirementId
  readonly cases: readonly Case[]
  /** Why nothing more could be judged; `blockedBy` are requirements that may be the reason, if they fail. */
  readonly lack?: {
    readonly missing: string
    readonly provide: string
    readonly blockedBy?: readonly RequirementId[]
  }
  /** How the suite broke. */
  readonly broken?: string
  /** Left out by the configuration. */
  readonly notRun?: true
}

/** What was seen of a question that the documents leave open. */
export interface Seen {
  readonly id: string
  readonly question: string
  readonly seen: string
  readonly exchanges: readonly number[]
}
