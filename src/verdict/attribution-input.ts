import type { Capability } from '../capabilities/capabilities.ts'
import type { Violation } from '../capabilities/violations.ts'
import type { RequirementId } from '../contract/catalogue.ts'
import type { Replicas } from './explain-by-replicas.ts'
import type { CheckResult } from './outcome.ts'

/** Everything that verdicts are attributed from, as plain data: the parts of a divided run are put together by it. */
export interface AttributionInput {
  readonly results: readonly CheckResult[]
  readonly violations: readonly Violation[]
  /** What is wrong with the paging fields of a page, by exchange. */
  readonly pagingFaults: readonly (readonly [exchange: number, faults: readonly RequirementId[]])[]
  readonly capabilities: readonly Capability[]
  /** How often the findings of failing requirements came again: `always (3 of 3)` or `1 of 3`. */
  readonly reproduced: Readonly<Partial<Record<RequirementId, string>>>
  /** Copies of the data that are out of sync, where the run found some. */
  readonly replicas?: Replicas
}

/** The attribution of a run in which nothing was judged. */
export const nothingJudged: AttributionInput = {
  results: [],
  violations: [],
  pagingFaults: [],
  capabilities: [],
  reproduced: {},
}
