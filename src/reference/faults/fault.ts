import type { RequirementId } from '../../contract/catalogue.ts'
import type { Alter } from '../behaviour.ts'
import type { WorldName } from '../world/worlds.ts'

/** The reference server broken in one way, as real servers are. */
export interface Fault {
  /** In kebab case; permanent. */
  readonly name: string
  /** What this server does wrong, in one sentence. */
  readonly sentence: string
  /** The requirements that it breaks, the most telling first. */
  readonly violates: readonly [RequirementId, ...RequirementId[]]
  /** Where such a bug was seen. */
  readonly seen?: string
  /** Present when the fault shows in some runs only. */
  readonly sometimes?: true
  /** Present when it shows in data and queries that nobody wrote by hand, and nowhere else. */
  readonly generatedOnly?: true
  /** The world in which it shows; without it, the default world. */
  readonly world?: WorldName
  readonly alter: Alter
}
