import { ValueTable } from '../record/recorded-answer.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Fault } from '../reference/faults/fault.ts'
import { faults as catalogue } from '../reference/faults/index.ts'
import { standardBehaviour } from '../reference/standard-behaviour.ts'
import type { Certainty, Diagnosis, NamedFault, Problem } from '../verdict/diagnosis.ts'
import type { Outcome } from '../verdict/outcome.ts'
import { type ObservedRequest, type ObservedRun, observedRunOf } from './observed-run.ts'
import { AnswerReader } from './read-raw-answer.ts'
import { remedyOf } from './remedies.ts'
import { ReplayEnvironment } from './replay-environment.ts'
import { type AnswersByRequest, replayOnReference } from './replay-on-reference.ts'
import { sizeOf } from './sample-requests.ts'
import { type Candidate, mayErr, scoreCandidate, scoreOf } from './score-candidate.ts'
import { search } from './search.ts'
import { sharedTrait } from './shared-trait.ts'
import { type SortedAnswers, sortAnswers } from './sort-answers.ts'

/** Others than these are not worth a look. */
const mostOthers = 3

/** How long the search may take, in milliseconds. */
const usualSearchMs = 4_000

/**
 * Says what is wrong with the target: which faults of the catalogue would have answered as it did, held
 * against the answers of a correct server. Sends nothing.
 * @param searchMs how long the search may take; what was not looked at by then is left out, and nothing is certain
 * @returns nothing where no requirement failed, or too much was read to be kept
 */
export async function diagnose(
  record: RunRecord,
  faults = catalogue,
  searchMs = usualSearchMs,
): Promise<Diagnosis | undefined> {
  const failed = record.outcomes.filter(({ verdict }) => verdict === 'fail')
  if (failed.length === 0 || !record.evidence.complete) return undefined
  const deadline = performance.now() + searchMs
  const run = observedRunOf(record)
  const stage = new ReplayEnvironment(run, new AnswerReader(new ValueTable(record.evidence.values)))
  const sound = await replayOnReference(stage, standardBehaviour, run.asked)
  const answers = sortAnswers(run, sound, record)
  const ids = new Set(failed.map(({ id }) => id))
  const near = faults.filter(({ violates }) => violates.some((id) => ids.has(id)))
  const { candidates, held, whole } = await search(near, [], stage, answers, sound, deadline)
  const [best] = candidates.filter((one) => scoreOf(one) > 0)
  const counts = { failing: held.failing.length, compared: held.agreeing.length }
  if (best === undefined)
    return {
      problems: [],
      others: [],
      ...counts,
      ...unexplained(held.failing, new Set(), run, record.exchanges),
    }
  const twins = candidates.filter((one) => one !== best && alike(one, best))
  const rest = candidates.filter((one) => one !== best && !twins.includes(one))
  const certainty = whole ? certaintyOf(best, twins, rest, counts.failing) : 'possible'
  const problem = problemOf(best, twins, certainty, failed, held.failing, run)
  const second = await secondBug(best, { faults: near, stage, sound, held, deadline })
  const problems =
    second === undefined
      ? [problem]
      : [problem, problemOf(second.own, [], 'likely', failed, held.failing, run)]
  return {
    problems,
    others: rest
      .filter(({ faults: [fault] }) => fault !== second?.own.faults[0])
      .slice(0, mostOthers)
      .map((one) => ({ ...named(one), explains: one.explains.size, contradicts: one.contradicts.size })),
    ...counts,
    ...unexplained(held.failing, second?.both.explains ?? best.explains, run, record.exchanges),
  }
}

/** A second bug that explains what the first leaves over, where a server with both answers more as the target did. */
async function secondBug(
  best: Candidate,
  given: {
    readonly faults: readonly Fault[]
    readonly stage: ReplayEnvironment
    readonly sound: AnswersByRequest
    readonly held: SortedAnswers
    readonly deadline: number
  },
): Promise<{ readonly own: Candidate; readonly both: Candidate } | undefined> {
  const { faults, stage, sound, held, deadline } = given
  const failing = held.failing.filter(({ exchange }) => !best.explains.has(exchange.id))
  if (failing.length === 0 || performance.now() > deadline) return undefined
  // Held together with the first: an answer may show both.
  const left = { failing, agreeing: held.agreeing }
  const others = faults.filter((fault) => !best.faults.includes(fault))
  const { candidates } = await search(others, best.faults, stage, left, sound, deadline)
  const [found] = candidates.filter(({ explains }) => explains.size > 0)
  if (found === undefined) return undefined
  const both = await scoreCandidate(found.faults, stage, held)
  return scoreOf(both) > scoreOf(best)
    ? { own: { ...found, faults: found.faults.slice(-1) }, both }
    : undefined
}

function alike(a: Candidate, b: Candidate): boolean {
  return same(a.explains, b.explains) && same(a.contradicts, b.contradicts)
}

function same(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one))
}

function certaintyOf(
  best: Candidate,
  twins: readonly Candidate[],
  rest: readonly Candidate[],
  failing: number,
): Certainty {
  const { explains, unheard, contradicts } = best
  // What shows now and then may answer anything.
  const [next] = rest.filter(({ faults }) => !mayErr(faults))
  const ahead = scoreOf(best) - (next === undefined ? 0 : scoreOf(next))
  const alone = twins.length === 0
  const flawless = explains.size === failing && contradicts.size === 0 && !mayErr(best.faults)
  if (flawless && alone && explains.size - unheard.size >= 3 && ahead >= 2) return 'certain'
  return explains.size >= 0.8 * failing && contradicts.size <= 0.1 * failing ? 'likely' : 'possible'
}

function problemOf(
  best: Candidate,
  twins: readonly Candidate[],
  certainty: Certainty,
  failed: readonly Outcome[],
  failing: readonly ObservedRequest[],
  run: ObservedRun,
): Problem {
  const [fault] = best.faults
  if (fault === undefined) throw new Error('A candidate is one bug at least.')
  return {
    ...named(best),
    certainty,
    ...remedyOf(fault),
    alike: twins.map(named),
    explains: best.explains.size,
    contradicts: best.contradicts.size,
    requirements: failed
      .filter(({ findings }) =>
        findings.some(({ exchanges }) => exchanges.some((id) => best.explains.has(id))),
      )
      .map(({ id }) => id),
    exchange:
      smallest(
        failing.filter(({ exchange }) => best.explains.has(exchange.id)),
        run,
      ) ?? 0,
  }
}

function named({ faults }: Candidate): NamedFault {
  const [fault] = faults
  return { fault: fault?.name ?? '', sentence: fault?.sentence ?? '' }
}

function unexplained(
  failing: readonly ObservedRequest[],
  explained: ReadonlySet<number>,
  run: ObservedRun,
  all: RunRecord['exchanges'],
): Pick<Diagnosis, 'unexplained' | 'unexplained_exchange' | 'unexplained_trait'> {
  const left = failing.filter(({ exchange }) => !explained.has(exchange.id))
  const exchange = smallest(left, run)
  const trait = sharedTrait(
    left.map((asked) => asked.exchange),
    all,
  )
  return {
    unexplained: left.length,
    ...(exchange === undefined ? {} : { unexplained_exchange: exchange }),
    ...(trait === undefined ? {} : { unexplained_trait: trait }),
  }
}

// What the suite made itself is gone by the end of the run, and cannot be asked for again.
function smallest(asked: readonly ObservedRequest[], { setupActions }: ObservedRun): number | undefined {
  const made = new Set(setupActions.flatMap((deed) => (deed.did === 'put' ? [deed.session.id] : [])))
  const [best] = asked.toSorted(
    (a, b) =>
      Number(made.has(a.sessionId)) - Number(made.has(b.sessionId)) || sizeOf(a.answer) - sizeOf(b.answer),
  )
  return best?.exchange.id
}
