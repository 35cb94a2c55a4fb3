import type { RequirementId } from '../contract/catalogue.ts'
/** What a check could not get, and how its reader can provide it. */
export interface UnmetPrecondition {
  readonly missing: string
  readonly provide: string
  /** Requirements of which one is the reason, if it fails. */
  readonly blockedBy?: readonly RequirementId[]
}
