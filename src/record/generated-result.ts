import type { RequirementId } from '../contract/catalogue.ts'
import type { Counterexample } from '../verdict/counterexample.ts'
import type { UnmetPrecondition } from './unmet-precondition.ts'
/** What generated data showed. */
export interface GeneratedResult {
  readonly seed: number
  /** How many worlds were loaded, and how many questions were answered in all. */
  readonly worlds: number
  readonly questions: number
  readonly counterexamples: readonly Counterexample[]
  /** Requirements that cases broke where a check of its own had failed already, which may be the same fault. */
  readonly explained: readonly RequirementId[]
  /** Why no world was generated, where that is so. */
  readonly missing: UnmetPrecondition | undefined
}
