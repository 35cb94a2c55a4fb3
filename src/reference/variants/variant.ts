import type { RequirementId } from '../../contract/catalogue.ts'
import type { Override } from '../behaviour.ts'
import type { ReferenceOptions } from '../server.ts'

/** The reference server made unusual in one way that the contract allows. */
export interface Variant {
  /** In kebab case; permanent. */
  readonly name: string
  /** What this server does otherwise, in one sentence. */
  readonly sentence: string
  readonly override: Override
  readonly server?: Partial<ReferenceOptions>
  /** Requirements that cannot be judged on this server. Default: none. */
  readonly undecided?: readonly RequirementId[]
}
