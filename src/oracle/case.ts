import type { RequirementId } from '../contract/catalogue.ts'
import type { Finding } from './finding.ts'

/** One case of a requirement: what was requested, and the finding if the response breaks the requirement. */
export interface Case {
  /** Numbers of every exchange that the judgement relies on. */
  readonly exchanges: readonly number[]
  readonly finding?: Finding
  /**
   * Set if the case paged through a list: by ids, and so relied on `has_more`, `first_id` and `last_id`, or by
   * `next_page`.
   */
  readonly paged?: true | 'next_page'
  /** Requirements that a simpler request of the same check breaks in the same way. */
  readonly because?: readonly RequirementId[]
}
