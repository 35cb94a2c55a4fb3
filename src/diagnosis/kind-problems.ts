import type { Problem } from '../verdict/diagnosis.ts'
import type { Outcome } from '../verdict/outcome.ts'
import { answersLike, citedBy, exchangesShowing, featuresUsed, nameOf } from './evidence.ts'
import type { ExplainedBug } from './explain.ts'
import { kindFits } from './kind-fit.ts'
import { kindOfBug } from './kinds.ts'
import type { ObservedRequest } from './observed-run.ts'
import type { FoundProblems, ProblemInput } from './problem-input.ts'
import { remedyForOutcome } from './remedies.ts'
import { type Candidate, exchangesOf } from './score-candidate.ts'
import { smallestOf } from './smallest.ts'

const mostAlternatives = 5
/** How much more than it explains a similar bug may contradict. */
const mostContradicted = 2
/** The share of the failing responses of a kind that a similar bug explains at least. */
const leastShare = 1 / 3

/** Failing requirements of one kind. */
interface KindOfFailure {
  readonly kind: string
  readonly outcomes: readonly [Outcome, ...Outcome[]]
  /** The failing answers of the kind. */
  readonly own: ReadonlySet<number>
  /** The exchanges that show it. */
  readonly cited: ReadonlySet<number>
  readonly shown: readonly ObservedRequest[]
  /** See {@link kindFits}. */
  readonly fit: number
}

// Where only fields of events differ, the events themselves are those of the thread and in order.
function fieldsAlone(ids: ReadonlySet<number>, { explanation, differences }: ProblemInput): boolean {
  return [...ids].every((id) =>
    [...(differences.get(id) ?? explanation.before.get(id) ?? [])].every(
      (facet) => facet === 'fields of events',
    ),
  )
}

// A kind that fits and that most answers show is the bug; the others follow from it. Of equal ones, the kind that the
// simpler request shows.
function byWeight(a: KindOfFailure, b: KindOfFailure): number {
  const weight = ({ fit, own }: KindOfFailure) => fit * (1 + Math.log1p(own.size))
  const simplest = ({ shown }: KindOfFailure) => Math.min(...shown.map((asked) => featuresUsed(asked).size))
  return weight(b) - weight(a) || simplest(a) - simplest(b)
}

// What gets far more wrong than right only happens to agree here and there.
function isSimilar({ explains, contradicts }: Candidate): boolean {
  return explains.size > 0 && contradicts.size <= mostContradicted * explains.size
}

// A bug that explains a few small cases only is another one.
function explainsMuchOf(own: ReadonlySet<number>, { explains }: Pick<Candidate, 'explains'>): boolean {
  const explained = [...exchangesOf(explains)].filter((id) => own.has(id))
  return explained.length >= leastShare * own.size
}

/** The kinds of bugs that break the requirements which no cause explains, and the failing answers of these kinds. */
export function kindProblems(
  input: ProblemInput,
  named: readonly Problem[],
  unproven: readonly ExplainedBug[],
): FoundProblems {
  const { explanation, failed, record, run, faults } = input
  const covered = new Set<string>(named.flatMap(({ requirements }) => requirements))
  const kinds = new Map<string, [Outcome, ...Outcome[]]>()
  for (const outcome of failed)
    if (!covered.has(outcome.id)) {
      const kind = kindOfBug(outcome.id)
      const known = kinds.get(kind)
      if (known === undefined) kinds.set(kind, [outcome])
      else known.push(outcome)
    }
  const similar = [
    ...unproven.map(({ bug, equivalents, explains }) => ({ bugs: [bug, ...equivalents], explains })),
    ...explanation.rest.filter(isSimilar),
  ]
  const open = new Set(failed.map(({ id }) => id).filter((id) => !covered.has(id)))
  const fits = kindFits(open, faults)
  const found = [...kinds].map(([kind, outcomes]): KindOfFailure => {
    const cited = citedBy(outcomes, record)
    const guessed = unproven.filter(({ bug }) => kindOfBug(bug.violates[0]) === kind)
    const own = [...answersLike(outcomes, input), ...guessed.flatMap((cause) => [...exchangesShowing(cause)])]
    const shown = run.asked.filter(({ exchange }) => cited.has(exchange.id))
    const implausible =
      own.length > 0 && outcomes.every(({ id }) => !id.startsWith('EVT')) && fieldsAlone(new Set(own), input)
    const fit = (fits.get(kind) ?? 0) * (implausible ? 0.5 : 1)
    return { kind, outcomes, own: new Set(own), cited, shown, fit }
  })
  const problems = found.toSorted(byWeight).map(({ kind, outcomes, own, cited, shown }): Problem => {
    const close = similar.filter((one) => explainsMuchOf(own, one)).flatMap(({ bugs }) => bugs)
    const near = [...new Set(close)].filter(({ violates }) => kindOfBug(violates[0]) === kind)
    const remedy = remedyForOutcome(outcomes[0])
    return {
      fault: '',
      sentence: kind,
      certainty: 'possible',
      level: 'kind',
      levels: [kind],
      typical_cause: remedy.cause,
      suggested_fix: remedy.fix,
      indistinguishable: [],
      alternatives: near.slice(0, mostAlternatives).map(nameOf),
      explains: own.size,
      contradicts: 0,
      requirements: outcomes.map(({ id }) => id),
      exchange: smallestOf(shown, run) ?? [...cited][0] ?? 0,
    }
  })
  return { problems, accounted: new Set(found.flatMap(({ own }) => [...own])) }
}
