import type { RunRecord } from '../record/run-record.ts'
import type { Fault } from '../reference/faults/fault.ts'
import type { Problem } from '../verdict/diagnosis.ts'
import type { Outcome } from '../verdict/outcome.ts'
import type { Explanation } from './explain.ts'
import type { Differences } from './facets.ts'
import type { ObservedRequest, ObservedRun } from './observed-run.ts'

/** What problems are told from. */
export interface ProblemInput {
  readonly explanation: Explanation
  readonly failed: readonly Outcome[]
  readonly record: RunRecord
  readonly run: ObservedRun
  /** Failing answers that still differ. */
  readonly left: readonly ObservedRequest[]
  /** By exchange, the request that its answer belongs to. */
  readonly foreign: ReadonlyMap<number, number>
  /** What differs from a correct server, in all answers. */
  readonly differences: Differences
  readonly faults: readonly Fault[]
}

/** The problems, and the failing answers that the kinds of bugs among them account for. */
export interface FoundProblems {
  readonly problems: readonly Problem[]
  readonly accounted: ReadonlySet<number>
}
