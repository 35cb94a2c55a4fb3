import type { RequirementId } from '../contract/catalogue.ts'
import type { Finding } from '../oracle/finding.ts'
import type { RouteClient } from '../targets/route-client.ts'
import type { CheckResult, Outcome } from '../verdict/outcome.ts'
import { reproductionText } from '../verdict/reproduction.ts'
import { isolateCauses } from './attribution/isolate-causes.ts'
import { findingKey, type Suspicions } from './suspicions.ts'

/** How many requests find smaller ones that fail. */
const mostReduced = 6
/** How many findings of a requirement are repeated in search of one that shows again. */
const mostRepeated = 2
/** Each finding is repeated once. */
const attempts = 2

/** The run as far as it was judged. */
export interface JudgedSoFar {
  results(): readonly CheckResult[]
  outcomes(): readonly Outcome[]
  /** Repeats the requests of a finding; `undefined` where that takes those of its whole check. */
  repeat(id: RequirementId, finding: Finding): Promise<boolean | undefined>
}

/** The findings that were repeated, and whether they showed again. */
export class Repetitions {
  readonly #again = new Map<RequirementId, Map<string, boolean>>()

  /** Notes whether a finding of a requirement showed again. */
  note(id: RequirementId, finding: Finding, again: boolean): void {
    const known = this.#again.get(id) ?? new Map<string, boolean>()
    this.#again.set(id, known.set(findingKey(finding), again))
  }

  /** The requirements whose repeated findings did not show again. They block nothing. */
  get unreproduced(): ReadonlySet<RequirementId> {
    return new Set(
      [...this.#again].flatMap(([id, known]) => ([...known.values()].includes(true) ? [] : [id])),
    )
  }

  /** A failure with how often it was reproduced. The finding that showed again represents the others. */
  describe(outcome: Outcome): Outcome {
    const known = this.#again.get(outcome.id)
    if (outcome.verdict !== 'fail' || known === undefined) return outcome
    const repeated = outcome.findings.filter((finding) => known.has(findingKey(finding)))
    const shown = repeated.find((finding) => known.get(findingKey(finding)) === true)
    const first = shown ?? repeated[0]
    if (first === undefined) return outcome
    const findings = [first, ...outcome.findings.filter((finding) => finding !== first)]
    return {
      ...outcome,
      findings,
      reproduced: reproductionText(shown === undefined ? 1 : attempts, attempts),
    }
  }
}

/**
 * Uses the last requests of a run that ends early: confirms suspicious responses, looks for the smallest requests that
 * fail, and repeats what failed.
 */
export async function useLastRequests(
  routeClient: RouteClient,
  suspicions: Suspicions,
  repetitions: Repetitions,
  judged: JudgedSoFar,
): Promise<void> {
  await suspicions.confirm()
  await isolateCauses(judged.results(), routeClient, mostReduced)
  for (const { id, verdict, findings } of judged.outcomes()) {
    if (verdict !== 'fail') continue
    for (const finding of findings.slice(0, mostRepeated)) {
      const again = await judged.repeat(id, finding)
      if (again === undefined) continue
      repetitions.note(id, finding, again)
      if (again) break
    }
  }
}
