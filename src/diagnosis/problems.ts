import { isRequirementId, type RequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Certainty, Problem } from '../verdict/diagnosis.ts'
import { citedBy, exchangesShowing, nameOf } from './evidence.ts'
import type { ExplainedBug } from './explain.ts'
import type { Facet } from './facets.ts'
import { kindProblems } from './kind-problems.ts'
import { kindOfForeignAnswers, levelsOf } from './kinds.ts'
import type { FoundProblems, ProblemInput } from './problem-input.ts'
import { explainsAllOfIt, isAlone, provenCauses } from './proven-causes.ts'
import { remedyOf } from './remedies.ts'
import { exchangesOf, mayErr } from './score-candidate.ts'
import { smallestOf } from './smallest.ts'

/** Fewer answers make no cause certain. */
const fewest = 3
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
  const proven = provenCauses(input)
  const named = proven.map((cause) => problemOf(cause, proven, input))
  const others = foreign.size === 0 ? [] : [foreignProblem(input)]
  const unproven = explanation.causes.filter((cause) => !proven.includes(cause))
  const mechanisms = [...named, ...others].sort((a, b) => rank(b) - rank(a) || b.explains - a.explains)
  const ofKinds = kindProblems(input, mechanisms, unproven)
  const unexplained = new Set(ofKinds.problems.flatMap(areasOf))
  const hedged = mechanisms.map((problem) => hedgedBeside(problem, unexplained))
  return { problems: [...hedged, ...ofKinds.problems], accounted: ofKinds.accounted }
}

// A bug that nobody thought of may be behind what this one explains and what it leaves unexplained in the same area.
function hedgedBeside(problem: Problem, unexplained: ReadonlySet<string>): Problem {
  const isBeside = areasOf(problem).some((area) => unexplained.has(area))
  return problem.certainty === 'certain' && isBeside ? { ...problem, certainty: 'likely' } : problem
}

function areasOf({ requirements }: Problem): string[] {
  return requirements.flatMap((id) => (isRequirementId(id) ? requirementOf(id).area : []))
}

function rank({ certainty }: Problem): number {
  return ['possible', 'likely', 'certain'].indexOf(certainty)
}

function problemOf(cause: ExplainedBug, proven: readonly ExplainedBug[], input: ProblemInput): Problem {
  const { bug, sign, equivalents } = cause
  const exchanges = exchangesShowing(cause)
  const shown = input.run.asked.filter(({ exchange }) => exchanges.has(exchange.id))
  const remedy = sign === undefined ? remedyOf(bug) : { cause: sign.typicalCause, fix: sign.suggestedFix }
  return {
    fault: bug.name,
    sentence: bug.sentence,
    certainty:
      isAlone(cause, proven) && explainsAllOfIt(cause, input) ? certaintyOf(cause, exchanges.size) : 'likely',
    level: 'mechanism',
    levels: levelsOf(bug),
    typical_cause: remedy.cause,
    suggested_fix: remedy.fix,
    indistinguishable: equivalents.map(nameOf),
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
  { failed, record, left, explanation, differences }: ProblemInput,
): string[] {
  const broken = failed.filter(({ id }) => cause.bug.violates.includes(id)).map(({ id }) => id)
  const open = new Set(left.map(({ exchange }) => exchange.id))
  const examined = new Set(explanation.sample.failing.map(({ exchange }) => exchange.id))
  const further = failed.filter((outcome) => {
    if (explanation.causes.some(({ bug }) => bug.violates.includes(outcome.id))) return false
    const shown = [...citedBy([outcome], record)]
    // Right answers break a requirement only when they are held against wrong ones.
    if (shown.length > 0 && shown.every((id) => differences.get(id)?.size === 0) && !ownFields(outcome.id))
      return cause === largestOfPages(proven)
    const cited = shown.filter((id) => examined.has(id))
    if (cited.some((id) => open.has(id))) return false
    const share = (one: ExplainedBug) => cited.filter((id) => exchangesShowing(one).has(id)).length
    const [best] = proven.toSorted((a, b) => share(b) - share(a))
    // An event's own fields are wrong for a reason of their own, whatever else is wrong in the same responses. Its labels
    // are wrong too where it is an event of another thread.
    if (ownFields(outcome.id) && ![...cause.explains].some((key) => key.endsWith('fields of events')))
      return false
    return best === cause && share(cause) > 0 && share(cause) >= explainedShare * cited.length
  })
  return [...new Set([...broken, ...further.map(({ id }) => id)])]
}

const facetsOfPages: readonly Facet[] = ['which events', 'order of events', 'has_more', 'envelope']

/** The cause that gets most pages wrong: what the suite knows of a thread, it knows from these. */
function largestOfPages(proven: readonly ExplainedBug[]): ExplainedBug | undefined {
  const size = ({ explains }: ExplainedBug) =>
    [...explains].filter((key) => facetsOfPages.some((facet) => key.endsWith(` ${facet}`))).length
  return proven.filter((cause) => size(cause) > 0).toSorted((a, b) => size(b) - size(a))[0]
}

function ownFields(id: RequirementId): boolean {
  return id.startsWith('EVT') && id !== 'EVT-03' && id !== 'EVT-04'
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
    typical_cause:
      'A cache whose key lacks a part of the request, requests that are merged into one, or state that is kept on a connection.',
    suggested_fix:
      'Put path, query, Accept and credentials into the key of the cache, and keep no state of a request beyond it.',
    indistinguishable: [],
    alternatives: [],
    explains: foreign.size,
    contradicts: 0,
    requirements: failed.filter(({ id }) => ids.has(id)).map(({ id }) => id),
    exchange,
    other_exchange: foreign.get(exchange) ?? pair?.[1] ?? 0,
  }
}
