import { featuresOf } from '../capabilities/request-features.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { NamedFault } from '../verdict/diagnosis.ts'
import type { Outcome } from '../verdict/outcome.ts'
import type { ExplainedBug } from './explain.ts'
import type { Facet } from './facets.ts'
import type { ObservedRequest } from './observed-run.ts'
import type { ProblemInput } from './problem-input.ts'
import { type Bug, exchangesOf } from './score-candidate.ts'

/** The exchanges that show how some requirements are broken. */
export function citedBy(outcomes: readonly Outcome[], record: RunRecord): ReadonlySet<number> {
  const ids = new Set(outcomes.map(({ id }) => id))
  return new Set([
    ...outcomes.flatMap(({ findings }) => findings.flatMap(({ exchanges }) => exchanges)),
    ...record.attribution.violations
      .filter(({ requirement }) => ids.has(requirement))
      .map(({ exchange }) => exchange),
  ])
}

/** The exchanges that a bug explains, or that show it by themselves. */
export function exchangesShowing({ explains, sign }: ExplainedBug): ReadonlySet<number> {
  return new Set([...exchangesOf(explains), ...(sign?.exchanges ?? [])])
}

/** What a request uses, a credential other than the valid token included. */
export function featuresUsed({ exchange: { request } }: ObservedRequest): ReadonlySet<string> {
  const token = request.headers.find(([name]) => /^authorization$/i.test(name))?.[1]
  return new Set([
    ...featuresOf(request).features,
    ...(token === 'Bearer $CONFORMANCE_TOKEN' ? [] : ['credential']),
  ])
}

/** A bug as a problem names it. */
export function nameOf({ name, sentence }: Bug): NamedFault {
  return { fault: name, sentence }
}

/** Facets that differ as a consequence of wrong events. */
const consequences: ReadonlySet<Facet> = new Set(['has_more', 'order of events', 'start of the stream'])

/**
 * Failing answers that show how these requirements are broken: the answers that their findings cite, and those to
 * requests that use at least the same features and differ in no other facet.
 */
export function answersLike(
  outcomes: readonly Outcome[],
  {
    left,
    record,
    run,
    explanation,
    differences,
  }: Pick<ProblemInput, 'left' | 'record' | 'run' | 'explanation' | 'differences'>,
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
            example.facets.has(facet) || (consequences.has(facet) && example.facets.has('which events')),
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
