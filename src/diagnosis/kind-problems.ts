import type { Problem } from '../verdict/diagnosis.ts'
import type { Outcome } from '../verdict/outcome.ts'
import { citedBy, exchangesShowing, featuresUsed, nameOf } from './evidence.ts'
import type { ExplainedBug } from './explain.ts'
import type { Facet } from './facets.ts'
import { kindFits } from './kind-fit.ts'
import { kindOfBug } from './kinds.ts'
import type { ObservedRequest } from './observed-run.ts'
import type { FoundProblems, ProblemInput } from './problem-input.ts'
import { remedyOf } from './remedies.ts'
import type { Bug } from './score-candidate.ts'
import { smallestOf } from './smallest.ts'

const mostAlternatives = 5

/** The kinds of bugs that break the requirements which no cause explains, and the failing answers of these kinds. */
export function kindProblems(
  input: ProblemInput,
  named: readonly Problem[],
  unproven: readonly ExplainedBug[],
): FoundProblems {
  const { explanation, failed, record, run, faults } = input
  const covered = new Set<string>(named.flatMap(({ requirements }) => requirements))
  const kinds = new Map<string, Outcome[]>()
  for (const outcome of failed)
    if (!covered.has(outcome.id)) {
      const kind = kindOfBug(outcome.id)
      kinds.set(kind, [...(kinds.get(kind) ?? []), outcome])
    }
  const candidates: readonly Bug[] = [
    ...unproven.flatMap(({ bug, twins }) => [bug, ...twins]),
    ...explanation.rest.filter(({ explains }) => explains.size > 0).flatMap(({ bugs }) => bugs),
  ]
  const fits = kindFits(new Set(failed.map(({ id }) => id).filter((id) => !covered.has(id))), faults)
  const ranked = [...kinds].sort(([a], [b]) => (fits.get(b) ?? 0) - (fits.get(a) ?? 0))
  const accounted = new Set<number>()
  const problems = ranked.flatMap(([kind, outcomes]): Problem[] => {
    const [first] = outcomes
    if (first === undefined) return []
    const guessed = unproven.filter(({ bug }) => kindOfBug(bug.violates[0]) === kind)
    const own = new Set([
      ...answersLike(outcomes, input),
      ...guessed.flatMap((cause) => [...exchangesShowing(cause)]),
    ])
    for (const id of own) accounted.add(id)
    const cited = citedBy(outcomes, record)
    const shown = run.asked.filter(({ exchange }) => cited.has(exchange.id))
    const near = [...new Set(candidates)].filter(({ violates }) => kindOfBug(violates[0]) === kind)
    const example = faults.find(({ violates }) => violates[0] === first.id)
    return [
      {
        fault: '',
        sentence: kind,
        certainty: 'possible',
        level: 'kind',
        levels: [kind],
        ...remedyOf({ violates: example?.violates ?? [first.id] }),
        alike: [],
        alternatives: near.slice(0, mostAlternatives).map(nameOf),
        explains: own.size,
        contradicts: 0,
        requirements: outcomes.map(({ id }) => id),
        exchange: smallestOf(shown, run) ?? [...cited][0] ?? 0,
      },
    ]
  })
  return { problems, accounted }
}

/** Facets that differ wherever the wrong events are shown. */
const following: ReadonlySet<Facet> = new Set(['has_more', 'order of events', 'start of the stream'])

/**
 * Failing answers that show what these requirements are charged with: the answers that are cited, and those to requests
 * that use at least as much and differ in no other facet.
 */
function answersLike(
  outcomes: readonly Outcome[],
  { left, record, run, explanation, differences }: ProblemInput,
): ReadonlySet<number> {
  const cited = citedBy(outcomes, record)
  const facetsOf = (id: number): ReadonlySet<Facet> =>
    explanation.after.get(id) ?? differences.get(id) ?? new Set()
  const examples = run.asked
    .filter(({ exchange }) => cited.has(exchange.id))
    .map((asked) => ({ features: spellingApart(asked), facets: facetsOf(asked.exchange.id) }))
  const isLike = (asked: ObservedRequest) => {
    const features = spellingApart(asked)
    const facets = [...facetsOf(asked.exchange.id)]
    return examples.some(
      (example) =>
        [...example.features].every((feature) => features.has(feature)) &&
        facets.every(
          (facet) =>
            example.facets.has(facet) || (following.has(facet) && example.facets.has('which events')),
        ),
    )
  }
  return new Set(
    left.filter((asked) => cited.has(asked.exchange.id) || isLike(asked)).map(({ exchange }) => exchange.id),
  )
}

/** What a request uses; a filter is the same in both spellings. */
function spellingApart(asked: ObservedRequest): ReadonlySet<string> {
  return new Set([...featuresUsed(asked)].map((feature) => (feature === 'types[]' ? 'type' : feature)))
}
