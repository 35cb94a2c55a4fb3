import type { RequirementId } from '../../contract/catalogue.ts'
import type { Override } from '../behaviour.ts'
import type { WorldName } from '../world/worlds.ts'

/** The reference server broken in one way, as real servers are. */
export interface Fault {
  /** In kebab case; permanent. */
  readonly name: string
  /** What this server does wrong, in one sentence. */
  readonly sentence: string
  /** The requirements that the mechanism breaks by itself, with the smallest request; the most telling first. */
  readonly violates: readonly [RequirementId, ...RequirementId[]]
  /** Requirements that can only fail as a consequence, since they rely on what is broken. They may be blocked. */
  readonly alsoAffects?: readonly RequirementId[]
  /** Where such a bug was seen. */
  readonly seen?: string
  /** Present when the fault shows in some runs only. */
  readonly sometimes?: true
  /** Present when it shows in generated data and queries, and nowhere else. */
  readonly generatedOnly?: true
  /** The world in which it shows; without it, the default world. */
  readonly world?: WorldName
  /** The revision whose server it changes; without it, any. */
  readonly revision?: string
  readonly override: Override
}
