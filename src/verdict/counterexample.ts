import type { RequirementId } from '../contract/catalogue.ts'
import type { JsonValue } from '../contract/json.ts'
import type { Finding } from '../oracle/finding.ts'

/** The smallest data and questions found that show a violation, as they can be loaded and asked again. */
export interface Counterexample {
  readonly requirement: RequirementId
  /** The property that failed. */
  readonly property: string
  /** What the generators began with, and which of their values, simplified how, this is. */
  readonly seed: number
  readonly path: string
  /** A world of one session (`schemas/world.schema.json`); `null` where the thread of the target was asked about. */
  readonly world: JsonValue
  readonly questions: JsonValue
  /** The questions as a reader would write them. */
  readonly steps: readonly string[]
  readonly finding: Finding
  /** How often it came again: `always (3 of 3)` or `1 of 3`. */
  readonly reproduced: string
}
