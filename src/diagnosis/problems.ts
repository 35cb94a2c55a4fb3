import type { Certainty, Problem } from '../verdict/diagnosis.ts'
import { citedBy, exchangesShowing, featuresUsed, nameOf } from './evidence.ts'
import type { ExplainedBug } from './explain.ts'
import { kindProblems } from './kind-problems.ts'
import { kindOfBug, kindOfForeignAnswers, levelsOf } from './kinds.ts'
import type { ObservedRequest } from './observed-run.ts'
import type { FoundProblems, ProblemInput } from './problem-input.ts'
import { remedyOf } from './remedies.ts'
import { requestKindOf } from './request-kind.ts'
import { exchangesOf, mayErr } from './score-candidate.ts'
import { smallestOf } from './smallest.ts'

/** Fewer answers prove no mechanism. */
const fewest = 3
/** More faults of the dictionary at once are believed only where each explains so many facets. */
const mostSmallCauses = 3
/** More faults of one area at once are parts of what one unknown bug does. */
const mostOfOneArea = 2
const largeCause = 12
/** A requirement also belongs to the cause that explains most of its evidence: the rest may be consequences. */
const explainedShare = 0.8
/** A cause is certain only if the next best one explains this many facets less: one facet may differ by chance. */
const clearLead = 2

/**
 * The causes, each named as far as the answers support it, and of what is left the kinds of bugs that the failing
 * requirements point to.
 */
export function problemsOf(input: ProblemInput): FoundProblems {
  const { explanation, foreign } = input
  const kinds = unprovenKinds(input)
  const cited = citedBy(input.failed, input.record)
  const isOpen = input.left.some(({ exchange: { id } }) => cited.has(id) && !foreign.has(id))
  const known = explanation.causes.filter(({ sign }) => sign === undefined)
  const proven = explanation.causes.filter((cause) => {
    // A sign that contradicts a correct answer does not describe the bug.
    if (cause.sign !== undefined) return cause.contradicts.size === 0
    if (kinds.has(kindOfBug(cause.bug.violates[0]))) return false
    if (mayErr([cause.bug]) && !hasWavered(cause, input)) return false
    // Few answers may agree by chance with a bug that leaves others unexplained.
    if (isOpen && exchangesOf(cause.explains).size < fewest) return false
    if (known.filter((other) => areaOf(other) === areaOf(cause)).length > mostOfOneArea) return false
    // Many small causes together explain what one unknown bug does.
    return known.length <= mostSmallCauses || cause.explains.size >= largeCause
  })
  const named = proven.map((cause) => problemOf(cause, proven, input))
  const others = foreign.size === 0 ? [] : [foreignProblem(input)]
  const unproven = explanation.causes.filter((cause) => !proven.includes(cause))
  const mechanisms = [...named, ...others].sort((a, b) => rank(b) - rank(a) || b.explains - a.explains)
  const ofKinds = kindProblems(input, mechanisms, unproven)
  return { problems: [...mechanisms, ...ofKinds.problems], accounted: ofKinds.accounted }
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
function isAlone(cause: ExplainedBug, proven: readonly ExplainedBug[]): boolean {
  const ofDictionary = proven.filter(({ sign }) => sign === undefined)
  return (
    cause.sign !== undefined || ofDictionary.every((one) => one === cause || areaOf(one) !== areaOf(cause))
  )
}

function rank({ certainty }: Problem): number {
  return ['possible', 'likely', 'certain'].indexOf(certainty)
}

function problemOf(cause: ExplainedBug, proven: readonly ExplainedBug[], input: ProblemInput): Problem {
  const { bug, sign, equivalents } = cause
  const exchanges = exchangesShowing(cause)
  const shown = input.run.asked.filter(({ exchange }) => exchanges.has(exchange.id))
  const remedy = sign === undefined ? remedyOf(bug) : { cause: sign.typicalCause, mend: sign.suggestedFix }
  return {
    fault: bug.name,
    sentence: bug.sentence,
    certainty:
      isAlone(cause, proven) && ownLeft(cause, input).length === 0
        ? certaintyOf(cause, exchanges.size)
        : 'likely',
    level: 'mechanism',
    levels: levelsOf(bug),
    ...remedy,
    alike: equivalents.map(nameOf),
    alternatives: [],
    explains: exchanges.size,
    contradicts: exchangesOf(cause.contradicts).size,
    requirements: requirementsOf(cause, proven, input),
    exchange: smallestOf(shown, input.run) ?? 0,
  }
}

/** Requirements that fail, and that the bug breaks by itself or that only answers show which it explains best. */
function requirementsOf(
  cause: ExplainedBug,
  proven: readonly ExplainedBug[],
  { failed, record, left, explanation }: ProblemInput,
): string[] {
  const broken = failed.filter(({ id }) => cause.bug.violates.includes(id)).map(({ id }) => id)
  const open = new Set(left.map(({ exchange }) => exchange.id))
  const further = failed.filter((outcome) => {
    if (explanation.causes.some(({ bug }) => bug.violates.includes(outcome.id))) return false
    const cited = [...citedBy([outcome], record)]
    if (cited.some((id) => open.has(id))) return false
    const share = (one: ExplainedBug) => cited.filter((id) => exchangesShowing(one).has(id)).length
    const [best] = proven.toSorted((a, b) => share(b) - share(a))
    return best === cause && share(cause) > 0 && share(cause) >= explainedShare * cited.length
  })
  return [...new Set([...broken, ...further.map(({ id }) => id)])]
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
 * Whether nothing is left of what the bug breaks, and no request that is as simple as those that it explains shows the
 * same facet broken. Differences that no finding cites may come from what is not known about the data.
 */
function isWhole(cause: ExplainedBug, input: ProblemInput): boolean {
  const { left, record, failed, foreign, explanation, run } = input
  const explained = exchangesOf(cause.explains)
  const facets = facetsOf(cause)
  const facetsLeft = ({ exchange }: ObservedRequest) => [...(explanation.after.get(exchange.id) ?? [])]
  // Another bug shows in the same answers if what is left of them also differs where this bug does not show.
  const ofOthers = new Set(
    left
      .filter(
        ({ exchange: { id } }) => ![...(explanation.before.get(id) ?? [])].some((one) => facets.has(one)),
      )
      .flatMap(facetsLeft),
  )
  const isOfOthers = (asked: ObservedRequest) =>
    explained.has(asked.exchange.id) &&
    facetsLeft(asked).every((facet) => ofOthers.has(facet) && !facets.has(facet))
  if (!ownLeft(cause, input).every(isOfOthers)) return false
  const cited = citedBy(failed, record)
  const shown = run.asked.filter(({ exchange }) => explained.has(exchange.id)).map(featuresUsed)
  return !left.some(
    (asked) =>
      cited.has(asked.exchange.id) &&
      !foreign.has(asked.exchange.id) &&
      facetsLeft(asked).some((facet) => facets.has(facet)) &&
      shown.some((features) => [...featuresUsed(asked)].every((feature) => features.has(feature))),
  )
}

/** The facets in which the bug explains answers. */
function facetsOf({ explains }: ExplainedBug): ReadonlySet<string> {
  return new Set([...explains].map((key) => key.slice(key.indexOf(' ') + 1)))
}

function certaintyOf(
  { contradicts, sign, equivalents, lead, bug }: ExplainedBug,
  answers: number,
): Certainty {
  if (sign !== undefined) return contradicts.size === 0 ? 'certain' : 'likely'
  if (mayErr([bug])) return 'likely'
  return equivalents.length === 0 && answers >= fewest && lead >= clearLead ? 'certain' : 'likely'
}

function foreignProblem({ foreign, failed, record, run }: ProblemInput): Problem {
  const [pair] = foreign
  const attributed = record.attribution.violations.filter(({ exchange }) => foreign.has(exchange))
  const ids = new Set([
    ...attributed.map(({ requirement }) => requirement),
    ...failed
      .filter(({ findings }) => findings.some(({ exchanges }) => exchanges.some((one) => foreign.has(one))))
      .map(({ id }) => id),
  ])
  const shown = run.asked.filter(({ exchange }) => foreign.has(exchange.id))
  const exchange = smallestOf(shown, run) ?? pair?.[0] ?? 0
  return {
    fault: 'answer-of-another-request',
    sentence: kindOfForeignAnswers,
    certainty: 'likely',
    level: 'kind',
    levels: [kindOfForeignAnswers],
    cause:
      'A cache whose key lacks a part of the request, requests that are merged into one, or state that is kept on a connection.',
    mend: 'Put path, query, Accept and credentials into the key of the cache, and keep no state of a request beyond it.',
    alike: [],
    alternatives: [],
    explains: foreign.size,
    contradicts: 0,
    requirements: failed.filter(({ id }) => ids.has(id)).map(({ id }) => id),
    exchange,
    other_exchange: foreign.get(exchange) ?? pair?.[1] ?? 0,
  }
}
