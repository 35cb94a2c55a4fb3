import type { RequirementId } from '../contract/catalogue.ts'
import type { Finding } from './finding.ts'

/** One case of a requirement: what was asked, and the finding where the answer breaks the promise. */
export interface Case {
  /** Numbers of every exchange that the judgement relies on. */
  readonly exchanges: readonly number[]
  readonly finding?: Finding
  /** Set where the answers were paged through, so that `has_more`, `first_id` and `last_id` were relied on. */
  readonly paged?: true
  /** Requirements that the same answer breaks for a simpler request of the same check. */
  readonly because?: readonly RequirementId[]
}
