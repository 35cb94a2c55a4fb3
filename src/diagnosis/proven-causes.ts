import { citedBy, featuresUsed } from './evidence.ts'
import type { ExplainedBug } from './explain.ts'
import { kindOfBug } from './kinds.ts'
import type { ObservedRequest } from './observed-run.ts'
import type { ProblemInput } from './problem-input.ts'
import { requestKindOf } from './request-kind.ts'
import { exchangesOf, mayErr } from './score-candidate.ts'

/** Fewer answers prove no mechanism. */
const fewest = 3
/** More faults of the dictionary at once are believed only where each explains so many facets. */
const mostSmallCauses = 3
/** More faults of one area at once are parts of what one unknown bug does. */
const mostOfOneArea = 2
const largeCause = 12
/** The share of what a mechanism explains that may be left over: more shows that it works in another way. */
const mostLeftOver = 0.1

/** The causes whose mechanism the answers prove. Of the others only the kind is known. */
export function provenCauses(input: ProblemInput): readonly ExplainedBug[] {
  const { explanation, failed, record, left, foreign } = input
  const kinds = unprovenKinds(input)
  const known = explanation.causes.filter(({ sign }) => sign === undefined)
  const cited = citedBy(failed, record)
  const openFacets: ReadonlySet<string> = new Set(
    left
      .filter(({ exchange: { id } }) => cited.has(id) && !foreign.has(id))
      .flatMap(({ exchange: { id } }) => [...(explanation.after.get(id) ?? [])]),
  )
  return explanation.causes.filter((cause) => {
    // A sign that contradicts a correct answer does not describe the bug.
    if (cause.sign !== undefined) return cause.contradicts.size === 0
    if (kinds.has(kindOfBug(cause.bug.violates[0]))) return false
    if (mayErr([cause.bug]) && !hasWavered(cause, input)) return false
    // Few answers may agree by chance with a part of what an unknown bug does. Other facets are other bugs.
    const isFew = exchangesOf(cause.explains).size < fewest
    if (isFew && [...facetsOf(cause)].some((facet) => openFacets.has(facet))) return false
    if (known.filter((other) => areaOf(other) === areaOf(cause)).length > mostOfOneArea) return false
    // Many small causes together explain what one unknown bug does.
    return known.length <= mostSmallCauses || cause.explains.size >= largeCause
  })
}

/** Whether no answer that the bug ought to explain differs from what a server with all causes gives. */
export function explainsAllOfIt(cause: ExplainedBug, input: ProblemInput): boolean {
  return ownLeft(cause, input).length === 0 && leftOver(cause, input).size === 0
}

/** Kinds of which some cause explains a part only: then the mechanism is another one that is not in the dictionary. */
function unprovenKinds(input: ProblemInput): ReadonlySet<string> {
  return new Set(
    input.explanation.causes
      .filter((cause) => cause.sign === undefined && (cause.contradicts.size > 0 || !isWhole(cause, input)))
      .map(({ bug }) => kindOfBug(bug.violates[0])),
  )
}

/** Whether the target also answered such a request to the same thread correctly. What always shows is no accident. */
function hasWavered({ explains }: ExplainedBug, { run, differences }: ProblemInput): boolean {
  const wordsOf = (asked: ObservedRequest) =>
    `${asked.exchange.request.target.split('?')[0]} ${requestKindOf(asked)}`
  const explained = exchangesOf(explains)
  const wrong = new Set(run.asked.filter(({ exchange }) => explained.has(exchange.id)).map(wordsOf))
  return run.asked.some(
    (asked) => differences.get(asked.exchange.id)?.size === 0 && wrong.has(wordsOf(asked)),
  )
}

function areaOf({ bug: { violates } }: ExplainedBug): string {
  return violates[0].slice(0, 3)
}

/** Whether no other fault of the dictionary is needed in its area: two may be parts of one unknown bug. */
export function isAlone(cause: ExplainedBug, proven: readonly ExplainedBug[]): boolean {
  const ofDictionary = proven.filter(({ sign }) => sign === undefined)
  return (
    cause.sign !== undefined || ofDictionary.every((one) => one === cause || areaOf(one) !== areaOf(cause))
  )
}

/** Failing answers that show the bug's own requirements broken, and of which it does not explain everything. */
function ownLeft({ bug }: ExplainedBug, { left, record, failed, foreign }: ProblemInput): ObservedRequest[] {
  const cited = citedBy(
    failed.filter(({ id }) => bug.violates.includes(id)),
    record,
  )
  return left.filter(({ exchange: { id } }) => cited.has(id) && !foreign.has(id))
}

/**
 * Failing answers that the bug ought to explain and does not: of those that show its own requirements broken, and of
 * those to requests as simple as the ones that it explains, with the same facet broken. Differences that no finding
 * cites may come from what is not known about the data.
 */
function leftOver(cause: ExplainedBug, input: ProblemInput): ReadonlySet<number> {
  const { left, record, failed, foreign, explanation, run } = input
  const explained = exchangesOf(cause.explains)
  const facets = facetsOf(cause)
  const facetsLeft = ({ exchange }: ObservedRequest) => [...(explanation.after.get(exchange.id) ?? [])]
  // Another bug shows in the same answers if what is left of them also differs where this bug does not show, in a
  // request that uses nothing more.
  const ofOthers = left
    .filter(({ exchange: { id } }) => ![...(explanation.before.get(id) ?? [])].some((one) => facets.has(one)))
    .map((asked) => ({ features: featuresUsed(asked), facets: new Set(facetsLeft(asked)) }))
  const isOfOthers = (asked: ObservedRequest) => {
    const features = featuresUsed(asked)
    const near = ofOthers.filter((other) => [...other.features].every((feature) => features.has(feature)))
    return (
      explained.has(asked.exchange.id) &&
      facetsLeft(asked).every((facet) => !facets.has(facet) && near.some((other) => other.facets.has(facet)))
    )
  }
  const cited = citedBy(failed, record)
  const shown = run.asked.filter(({ exchange }) => explained.has(exchange.id)).map(featuresUsed)
  const alike = left.filter(
    (asked) =>
      cited.has(asked.exchange.id) &&
      !foreign.has(asked.exchange.id) &&
      facetsLeft(asked).some((facet) => facets.has(facet)) &&
      shown.some((features) => [...featuresUsed(asked)].every((feature) => features.has(feature))),
  )
  const own = ownLeft(cause, input).filter((asked) => !isOfOthers(asked))
  return new Set([...own, ...alike].map(({ exchange }) => exchange.id))
}

/** Whether so little is left over that another bug or what is not known about the data accounts for it. */
function isWhole(cause: ExplainedBug, input: ProblemInput): boolean {
  return leftOver(cause, input).size <= mostLeftOver * exchangesOf(cause.explains).size
}

/** The facets in which the bug explains answers. */
function facetsOf({ explains }: ExplainedBug): ReadonlySet<string> {
  return new Set([...explains].map((key) => key.slice(key.indexOf(' ') + 1)))
}
