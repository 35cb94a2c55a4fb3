import fc from 'fast-check'
import type { RequirementId } from '../contract/catalogue.ts'
import type { Attribution } from '../oracle/attribution/attribution.ts'
import type { Finding } from '../oracle/finding.ts'
import type { GeneratedResult } from '../record/generated-result.ts'
import { ControlError } from '../targets/control-client.ts'
import { thread } from '../targets/preconditions.ts'
import { SessionFixtures } from '../targets/session-fixtures.ts'
import type { TargetState } from '../targets/target-state.ts'
import type { Counterexample } from '../verdict/counterexample.ts'
import { type CaseResult, evaluateFixtureCase, evaluateTargetCase } from './evaluate-case.ts'
import { foundCases, hostileCases, madeCases } from './generators/case-arbitraries.ts'
import type { GeneratedCase } from './generators/generated-case.ts'
import type { Property } from './property.ts'
import { type CaseKind, shrink } from './shrink.ts'
import { isDependentFailure } from './suppress-dependents.ts'

interface Failed {
  readonly kind: CaseKind
  readonly index: number
  readonly attributions: readonly Attribution[]
}

/** How many cases are under way at a time. */
const abreast = 4

/**
 * Asks generated questions about the thread that was read, and about generated sessions where the target can be
 * filled with them.
 * @param failing the requirements that the checks found broken, once all of them have ended
 */
export async function runProperties(
  state: TargetState,
  properties: readonly Property[],
  failing: Promise<ReadonlySet<RequirementId>>,
  attempts: number,
): Promise<GeneratedResult> {
  const { controlAccess } = state
  const kinds = kindsOf(state)
  const failed: Failed[] = []
  let [questions, worlds] = [0, 0]
  let missing =
    controlAccess.sessionFixtures instanceof SessionFixtures ? undefined : controlAccess.sessionFixtures
  for (const kind of kinds) {
    const indices = Array.from({ length: kind.runs }, (_, index) => index)
    const examineOne = async (index: number) => {
      const { attributions, judged } = await kind.evaluate(valueAt(kind.cases, controlAccess.seed, index))
      questions += judged
      if (kind.made) worlds += 1
      if (attributions.length > 0) failed.push({ kind, index, attributions })
    }
    try {
      await inTurns(indices, abreast, examineOne)
    } catch (error) {
      if (!(error instanceof ControlError)) throw error
      missing = {
        missing: `a working control protocol: ${error.message}`,
        provide: 'See docs/control-protocol.md; the suite needs all of its routes except the one for tokens.',
      }
    }
  }
  const broken = await failing
  const { exchanges } = controlAccess.routeClient('generated')
  const isKnown = (id: RequirementId, finding: Finding | undefined) => {
    const cited = exchanges.find((one) => one.id === finding?.exchanges[0])
    return isDependentFailure(id, cited?.request, broken)
  }
  const seen: (Counterexample | RequirementId)[] = []
  // One after the other: two searches through one world would load the same events twice.
  for (const { property, id, finding, failed: one } of firstOfEach(failed, properties)) {
    if (isKnown(id, finding)) seen.push(id)
    else {
      // The simplest case may show another requirement, which the checks found broken too.
      const simplest = await shrink(one, property.name, controlAccess.seed, attempts)
      seen.push(isKnown(simplest.requirement, simplest.finding) ? simplest.requirement : simplest)
    }
  }
  return {
    seed: controlAccess.seed,
    worlds,
    questions,
    counterexamples: distinct(seen.filter((one) => typeof one !== 'string')),
    explained: [...new Set(seen.filter((one) => typeof one === 'string'))],
    missing,
  }
}

function kindsOf(state: TargetState): CaseKind[] {
  const { controlAccess } = state
  const snapshots = [state.thread, state.sibling].filter((snapshot) => snapshot !== undefined)
  const kinds: CaseKind[] = []
  const { extensions } = controlAccess.routeClient('generated').revision
  // Generated queries combine orders and filters: a revision without them is asked the malformed ones only.
  const narrows = extensions.has('order') && extensions.has('filter')
  if (narrows && thread(state) === undefined && (state.thread?.events.length ?? 0) > 0)
    kinds.push({
      made: false,
      runs: Math.ceil(controlAccess.runs / 4),
      cases: foundCases(snapshots.map(({ events }) => events)),
      evaluate: (value) => evaluateTargetCase(value, snapshots, controlAccess.routeClient('generated')),
    })
  if (thread(state) === undefined)
    kinds.push({
      made: false,
      runs: Math.ceil(controlAccess.runs / 4),
      cases: hostileCases(5, 6),
      evaluate: (value) => evaluateTargetCase(value, snapshots, controlAccess.routeClient('generated')),
    })
  const { sessionFixtures } = controlAccess
  if (narrows && sessionFixtures instanceof SessionFixtures)
    kinds.push({
      made: true,
      runs: controlAccess.runs,
      cases: madeCases(),
      evaluate: async ({ session, queries }): Promise<CaseResult> =>
        session === undefined
          ? { attributions: [], judged: 0 }
          : evaluateFixtureCase(
              { session, queries },
              sessionFixtures,
              controlAccess.routeClient('generated'),
            ),
    })
  return kinds
}

function valueAt(cases: fc.Arbitrary<GeneratedCase>, seed: number, index: number): GeneratedCase {
  const [value] = fc.sample(cases, { seed, path: String(index), numRuns: 1 })
  if (value === undefined) throw new Error('The generator gave no value.')
  return value
}

async function inTurns<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values()
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const item of rest) await work(item)
    }),
  )
}

// Each property is followed up once: a second case of it says nothing new.
function firstOfEach(failed: readonly Failed[], properties: readonly Property[]) {
  const ordered = failed.toSorted((a, b) => Number(a.kind.made) - Number(b.kind.made) || a.index - b.index)
  return properties.flatMap((property) => {
    for (const one of ordered) {
      const attribution = one.attributions.find(({ id }) => property.ids.includes(id))
      if (attribution !== undefined) return [{ property, ...attribution, failed: one }]
    }
    return []
  })
}

function distinct(counterexamples: readonly Counterexample[]): Counterexample[] {
  return counterexamples.filter(
    ({ requirement }, at) => counterexamples.findIndex((other) => other.requirement === requirement) === at,
  )
}
