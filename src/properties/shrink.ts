import fc from 'fast-check'
import { type JsonValue, parseJson, writeJson } from '../contract/json.ts'
import type { Attribution } from '../oracle/attribution/attribution.ts'
import type { Counterexample } from '../verdict/counterexample.ts'
import type { CaseResult } from './evaluate-case.ts'
import type { GeneratedCase } from './generators/generated-case.ts'
import { queryText } from './query-text.ts'

/** Cases of one kind: of the suite's own making, or about the thread that was there. */
export interface CaseKind {
  readonly made: boolean
  readonly runs: number
  readonly cases: fc.Arbitrary<GeneratedCase>
  readonly evaluate: (value: GeneratedCase) => Promise<CaseResult>
}

/** Bounds of the search for the simplest case. */
const mostSteps = 250
const mostMs = 8_000

/**
 * The simplest case found that still goes wrong, with what it shows. What a case breaks may change as it gets
 * simpler: the simplest one names the requirement.
 */
export async function shrink(
  {
    kind,
    index,
    attributions,
  }: { readonly kind: CaseKind; readonly index: number; readonly attributions: readonly Attribution[] },
  property: string,
  seed: number,
  attempts: number,
): Promise<Counterexample> {
  let steps = 0
  let last = attributions
  const holds = fc.asyncProperty(kind.cases, async (value) => {
    steps += 1
    // From here on every simpler case counts as right, so that the search ends with what it has.
    if (steps > mostSteps) return true
    const examined = await kind.evaluate(value)
    if (examined.attributions.length > 0) last = examined.attributions
    return examined.attributions.length === 0
  })
  const details = await fc.check(holds, {
    seed,
    path: String(index),
    numRuns: 1,
    interruptAfterTimeLimit: mostMs,
  })
  const [value] = details.counterexample ?? fc.sample(kind.cases, { seed, path: String(index), numRuns: 1 })
  if (value === undefined) throw new Error('A case that failed cannot be generated again.')
  let failed = details.counterexample === null ? 1 : 0
  for (let attempt = failed; attempt < Math.max(1, attempts); attempt++) {
    const again = await kind.evaluate(value)
    if (again.attributions.length > 0) {
      last = again.attributions
      failed += 1
    }
  }
  const [attribution] = last
  if (attribution === undefined) throw new Error('A case failed without a finding.')
  return {
    requirement: attribution.id,
    property,
    seed,
    path: details.counterexamplePath ?? String(index),
    world: value.session === undefined ? null : asJson({ version: 1, sessions: [value.session] }),
    questions: asJson(value.queries),
    steps: value.queries.map(queryText),
    finding: attribution.finding,
    reproduced: timesOf(failed, Math.max(1, attempts)),
  }
}

function timesOf(failed: number, tried: number): string {
  return failed === tried ? `always (${failed} of ${tried})` : `${failed} of ${tried}`
}

function asJson(value: object): JsonValue {
  return parseJson(writeJson(value)) ?? null
}
