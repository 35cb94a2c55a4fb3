import type { RunRecord } from '../record/run-record.ts'
import type { Fault } from '../reference/faults/fault.ts'
import { faults as catalogue } from '../reference/faults/index.ts'
import type { Diagnosis } from '../verdict/diagnosis.ts'
import { type ComparedRun, compareWithReference } from './compared-run.ts'
import { citedBy } from './evidence.ts'
import { explain } from './explain.ts'
import type { Differences, Facet } from './facets.ts'
import { cachedByAddress, foreignAnswers } from './foreign-answers.ts'
import type { ObservedRequest } from './observed-run.ts'
import { problemsOf } from './problems.ts'
import { sharedTrait } from './shared-trait.ts'
import { numbersOf } from './signs/index.ts'
import { smallestOf } from './smallest.ts'
import { isMoreThanAdvice, judgedWrong } from './sort-answers.ts'

/**
 * Says what is wrong with the target: what its answers show by themselves, and which faults of the catalogue explain
 * the rest, facet by facet. Reads the record and sends nothing. The work is bounded by counts, so that the same record
 * has the same diagnosis everywhere.
 * @returns nothing where no MUST requirement failed, or too much was read to be kept
 */
export async function diagnose(
  record: RunRecord,
  faults: readonly Fault[] = catalogue,
): Promise<Diagnosis | undefined> {
  const compared = await compareWithReference(record)
  return compared === undefined ? undefined : await diagnoseCompared(compared, faults)
}

/** The diagnosis of a run that has been replayed on a correct server. */
export async function diagnoseCompared(
  { record, failed, run, stage, choices, sound, differences, answers, signs }: ComparedRun,
  faults: readonly Fault[],
): Promise<Diagnosis> {
  const ids = new Set(failed.map(({ id }) => id))
  const passed = new Set(record.outcomes.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id))
  // A bug breaks every requirement of its own: one that is met speaks against it, however much it explains.
  const possible = faults.filter(({ violates }) => !violates.some((id) => passed.has(id)))
  const near = possible.filter(({ violates }) => violates.some((id) => ids.has(id)))
  const blocked = new Set(
    record.outcomes.filter(({ blockedBy }) => blockedBy !== undefined).map(({ id }) => id),
  )
  const further = possible.filter(
    ({ violates, alsoAffects = [] }) =>
      !violates.some((id) => ids.has(id)) &&
      (violates.some((id) => blocked.has(id)) || alsoAffects.some((id) => ids.has(id))),
  )
  const cited = failed.map((outcome) => citedBy([outcome], record))
  const wrong = judgedWrong(record)
  // A response that differs from that of the reference server in what nothing judges needs no explanation.
  const needsExplanation = ({ exchange, answer }: ObservedRequest, facets: ReadonlySet<Facet>) =>
    facets.size > 0 &&
    (answer.failure !== null || answer.status >= 500 || (wrong.has(exchange.id) && isMoreThanAdvice(facets)))
  // What a cache answered says nothing about the server behind it.
  const cached = cachedByAddress({ run, sound, differences, values: stage.values })
  const own = { ...answers, failing: answers.failing.filter(({ exchange }) => !cached.has(exchange.id)) }
  const explanation = await explain({
    bugs: near,
    further,
    signs,
    choices,
    stage,
    answers: own,
    differences,
    needsExplanation,
    cited,
  })
  const left = explanation.sample.failing.filter(({ exchange }) => isOpen(explanation.after, exchange.id))
  const foreign =
    cached.size > 0 ? cached : foreignAnswers({ left, run, sound, differences, values: stage.values })
  const { problems, accounted } = problemsOf({
    explanation,
    failed,
    record,
    run,
    left,
    foreign,
    differences,
    faults,
  })
  const unexplained = left.filter(
    (asked) =>
      !foreign.has(asked.exchange.id) &&
      !accounted.has(asked.exchange.id) &&
      needsExplanation(asked, explanation.after.get(asked.exchange.id) ?? new Set()),
  )
  const smallest = smallestOf(unexplained, run)
  const trait = sharedTrait(
    unexplained.map(({ exchange }) => exchange),
    record.exchanges,
  )
  return {
    problems,
    others: explanation.others,
    failing: new Set([
      ...numbersOf(explanation.sample.failing),
      ...signs.flatMap(({ exchanges }) => [...exchanges]),
    ]).size,
    compared: explanation.sample.agreeing.length,
    unexplained: unexplained.length,
    ...(smallest === undefined ? {} : { unexplained_exchange: smallest }),
    ...(trait === undefined ? {} : { unexplained_trait: trait }),
  }
}

function isOpen(differences: Differences, id: number): boolean {
  return (differences.get(id)?.size ?? 0) > 0
}
