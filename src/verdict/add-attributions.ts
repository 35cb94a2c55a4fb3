import type { Attribution } from '../oracle/attribution/attribution.ts'
import type { Counterexample } from './counterexample.ts'
import type { Outcome } from './outcome.ts'

/** A finding for a requirement that came from elsewhere than from its own check. */
export interface FurtherAttribution extends Attribution {
  /** How often it came again: `always (3 of 3)` or `1 of 3`. */
  readonly reproduced?: string
}

/** What a counterexample of generated data says of its requirement. */
export function attributionOf({ requirement, finding, reproduced }: Counterexample): FurtherAttribution {
  return { id: requirement, finding, reproduced }
}

/**
 * The outcomes with what generated data shows. A requirement that it breaks fails, whatever its own check said of the
 * data that it saw.
 */
export function addAttributions(
  outcomes: readonly Outcome[],
  further: readonly FurtherAttribution[],
): Outcome[] {
  return outcomes.map((outcome) => {
    const added = further.filter(({ id }) => id === outcome.id)
    const [first] = added
    if (first === undefined || outcome.verdict === 'broken') return outcome
    const { reason: _reason, provide: _provide, blockedBy: _blockedBy, ...rest } = outcome
    const reproduced = outcome.reproduced ?? first.reproduced
    return {
      ...rest,
      verdict: 'fail',
      judged: outcome.judged + added.length,
      findings: [...outcome.findings, ...added.map(({ finding }) => finding)],
      ...(reproduced === undefined ? {} : { reproduced }),
    }
  })
}
