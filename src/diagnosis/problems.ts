import { type RequirementId, requirementOf } from '../contract/catalogue.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Fault } from '../reference/faults/fault.ts'
import type { Certainty, NamedFault, Problem } from '../verdict/diagnosis.ts'
import type { Outcome } from '../verdict/outcome.ts'
import type { Cause, Explanation } from './explain.ts'
import { kindOf, levelsOf } from './kinds.ts'
import type { ObservedRequest, ObservedRun } from './observed-run.ts'
import { remedyOf } from './remedies.ts'
import { type Bug, exchangesOf, mayErr } from './score-candidate.ts'
import { smallestOf } from './smallest.ts'

/** What problems are told from. */
export interface ProblemInput {
  readonly explanation: Explanation
  readonly failed: readonly Outcome[]
  readonly record: RunRecord
  readonly run: ObservedRun
  /** Failing answers that still differ. */
  readonly left: readonly ObservedRequest[]
  /** By exchange, the request that its answer belongs to. */
  readonly foreign: ReadonlyMap<number, number>
  readonly faults: readonly Fault[]
}

/** Fewer answers prove no mechanism. */
const fewest = 3
const mostAlternatives = 5

/**
 * The causes, each named as far as the answers support it, and of what is left the kinds of bugs that the failing
 * requirements point to.
 */
export function problemsOf(input: ProblemInput): Problem[] {
  const { explanation, foreign } = input
  const named = explanation.causes.map((cause) => problemOf(cause, input))
  const others = foreign.size === 0 ? [] : [foreignProblem(input)]
  const covered = new Set([...named, ...others].flatMap(({ requirements }) => requirements))
  return [...named, ...others, ...kindProblems(input, covered, named)].sort(
    (a, b) => rank(b) - rank(a) || b.explains - a.explains,
  )
}

function rank({ certainty }: Problem): number {
  return ['possible', 'likely', 'certain'].indexOf(certainty)
}

function problemOf(cause: Cause, input: ProblemInput): Problem {
  const { bug, sign, twins } = cause
  const exchanges = new Set([...exchangesOf(cause.explains), ...(sign?.exchanges ?? [])])
  const requirements = requirementsOf(bug, exchanges, input)
  const whole = isWhole(bug, input)
  const level = sign !== undefined || (whole && cause.contradicts.size === 0) ? 'mechanism' : 'kind'
  const certainty = certaintyOf(cause, exchanges.size, level === 'mechanism' && whole)
  const levels = levelsOf({ ...bug, name: bug.name })
  const shown = [...exchanges].flatMap(
    (id) => input.run.asked.find(({ exchange }) => exchange.id === id) ?? [],
  )
  const remedy = sign === undefined ? remedyOf(bug) : { cause: sign.typicalCause, mend: sign.suggestedFix }
  const kind = kindOf(bug.violates[0])
  return {
    fault: level === 'kind' ? '' : bug.name,
    sentence: level === 'kind' ? kind : bug.sentence,
    certainty,
    level,
    levels: level === 'kind' ? [kind] : levels,
    ...remedy,
    alike: level === 'kind' ? [] : twins.map(named),
    alternatives: level === 'kind' ? [bug, ...twins].map(named).slice(0, mostAlternatives) : [],
    explains: exchanges.size,
    contradicts: exchangesOf(cause.contradicts).size,
    requirements,
    exchange: smallestOf(shown, input.run) ?? 0,
  }
}

function named({ name, sentence }: Bug): NamedFault {
  return { fault: name, sentence }
}

/** Requirements that fail, and that the bug breaks by itself or whose findings it explains. */
function requirementsOf(
  { violates }: Bug,
  exchanges: ReadonlySet<number>,
  { failed, record, explanation }: ProblemInput,
): string[] {
  const broken = failed.filter(({ id }) => violates.includes(id)).map(({ id }) => id)
  const blamed = record.attribution.violations.filter(({ exchange }) => exchanges.has(exchange))
  const explained = failed
    .filter(({ id, findings }) => {
      const own = blamed.filter(({ requirement }) => requirement === id)
      const cited = findings.flatMap((finding) => finding.exchanges)
      return (
        requirementOf(id).area === requirementOf(violates[0]).area &&
        !explanation.causes.some(({ bug }) => bug.violates[0] === id) &&
        (own.length > 0 || (cited.length > 0 && cited.every((one) => exchanges.has(one))))
      )
    })
    .map(({ id }) => id)
  return [...new Set([...broken, ...explained])]
}

/** Whether nothing is left of what the bug breaks. */
function isWhole({ violates }: Bug, { left, record, failed, foreign }: ProblemInput): boolean {
  const own = new Set<RequirementId>(violates)
  const open = new Set(left.map(({ exchange }) => exchange.id).filter((id) => !foreign.has(id)))
  const violated = record.attribution.violations.some(
    ({ exchange, requirement }) => open.has(exchange) && own.has(requirement),
  )
  const cited = failed
    .filter(({ id }) => own.has(id))
    .some(({ findings }) => findings.some(({ exchanges }) => exchanges.some((one) => open.has(one))))
  return !violated && !cited
}

function certaintyOf(
  { contradicts, sign, twins, ahead, bug }: Cause,
  answers: number,
  whole: boolean,
): Certainty {
  if (sign !== undefined) return contradicts.size === 0 ? 'certain' : 'likely'
  if (!whole || mayErr([bug])) return whole ? 'likely' : 'possible'
  return twins.length === 0 && answers >= fewest && ahead >= 2 ? 'certain' : 'likely'
}

function foreignProblem({ foreign, failed, record, run }: ProblemInput): Problem {
  const [pair] = foreign
  const blamed = record.attribution.violations.filter(({ exchange }) => foreign.has(exchange))
  const ids = new Set([
    ...blamed.map(({ requirement }) => requirement),
    ...failed
      .filter(({ findings }) => findings.some(({ exchanges }) => exchanges.some((one) => foreign.has(one))))
      .map(({ id }) => id),
  ])
  const shown = run.asked.filter(({ exchange }) => foreign.has(exchange.id))
  const exchange = smallestOf(shown, run) ?? pair?.[0] ?? 0
  return {
    fault: 'answer-of-another-request',
    sentence: 'Responses belong to another recent request.',
    certainty: 'likely',
    level: 'kind',
    levels: ['Responses belong to another recent request.'],
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

/** Of requirements that fail and that no cause explains, the kinds of bugs. */
function kindProblems(
  { explanation, failed, record, left, run, faults }: ProblemInput,
  covered: ReadonlySet<string>,
  named: readonly Problem[],
): Problem[] {
  const kinds = new Map<string, Outcome[]>()
  for (const outcome of failed) {
    if (covered.has(outcome.id) || requirementOf(outcome.id).level !== 'MUST') continue
    const kind = kindOf(outcome.id)
    kinds.set(kind, [...(kinds.get(kind) ?? []), outcome])
  }
  return [...kinds].flatMap(([kind, outcomes]): Problem[] => {
    if (named.some((problem) => problem.sentence === kind)) return []
    const ids = new Set(outcomes.map(({ id }) => id))
    const cited = new Set([
      ...outcomes.flatMap(({ findings }) => findings.flatMap(({ exchanges }) => exchanges)),
      ...record.attribution.violations
        .filter(({ requirement }) => ids.has(requirement))
        .map(({ exchange }) => exchange),
    ])
    const near = explanation.rest
      .filter(
        ({ explains, bugs: [bug] }) =>
          explains.size > 0 && bug !== undefined && kindOf(bug.violates[0]) === kind,
      )
      .flatMap(({ bugs: [bug] }) => (bug === undefined ? [] : [{ fault: bug.name, sentence: bug.sentence }]))
      .slice(0, mostAlternatives)
    const [first] = outcomes
    if (first === undefined) return []
    const shown = run.asked.filter(({ exchange }) => cited.has(exchange.id))
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
        alternatives: near,
        explains: left.filter(({ exchange }) => cited.has(exchange.id)).length,
        contradicts: 0,
        requirements: outcomes.map(({ id }) => id),
        exchange: smallestOf(shown, run) ?? [...cited][0] ?? 0,
      },
    ]
  })
}
