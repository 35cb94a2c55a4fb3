import type { RequirementId } from '../contract/catalogue.ts'
import type { Attribution } from '../oracle/attribution/attribution.ts'
import type { Counterexample } from './counterexample.ts'
import type { Outcome } from './outcome.ts'
import { reproductionOf } from './reproduction.ts'

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
 * @param suspectsOf the requirements that may be why a requirement could not be judged
 */
export function addAttributions(
  outcomes: readonly Outcome[],
  further: readonly FurtherAttribution[],
  suspectsOf: (id: RequirementId) => readonly RequirementId[] = () => [],
): Outcome[] {
  const failing = new Set(further.map(({ id }) => id))
  return outcomes.map((outcome) => {
    const added = further.filter(({ id }) => id === outcome.id)
    const [first] = added
    if (first === undefined) return blocked(outcome, failing, suspectsOf)
    if (outcome.verdict === 'broken') return outcome
    const { reason: _reason, provide: _provide, blockedBy: _blockedBy, ...rest } = outcome
    const surest = added.reduce((best, one) => (isSurer(one.reproduced, best.reproduced) ? one : best), first)
    const isSurest = outcome.reproduced === undefined || isSurer(surest.reproduced, outcome.reproduced)
    const reproduced = isSurest ? surest.reproduced : outcome.reproduced
    const findings = added.map(({ finding }) => finding)
    return {
      ...rest,
      verdict: 'fail',
      judged: outcome.judged + added.length,
      // The first finding is the one that was reproduced so often.
      findings: isSurest
        ? [surest.finding, ...outcome.findings, ...findings.filter((one) => one !== surest.finding)]
        : [...outcome.findings, ...findings],
      ...(reproduced === undefined ? {} : { reproduced }),
    }
  })
}

// What only generated data shows may be why a check had nothing to judge.
function blocked(
  outcome: Outcome,
  failing: ReadonlySet<RequirementId>,
  suspectsOf: (id: RequirementId) => readonly RequirementId[],
): Outcome {
  if (outcome.verdict !== 'inconclusive' || outcome.blockedBy !== undefined) return outcome
  const blockedBy = [...new Set(suspectsOf(outcome.id))].filter((one) => failing.has(one)).toSorted()
  if (blockedBy.length === 0) return outcome
  const { provide: _provide, ...rest } = outcome
  return { ...rest, blockedBy, reason: `blocked by ${blockedBy.join(', ')}` }
}

function isSurer(one: string | undefined, other: string | undefined): boolean {
  const rate = (text: string | undefined) => {
    const times = reproductionOf(text)
    return times === undefined ? 0 : times.failed / times.attempts
  }
  return rate(one) > rate(other)
}
