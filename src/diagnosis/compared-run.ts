import { requirementOf } from '../contract/catalogue.ts'
import { ValueTable } from '../record/recorded-answer.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Outcome } from '../verdict/outcome.ts'
import { type Differences, differingFacets } from './facets.ts'
import { type ObservedRun, observedRunOf } from './observed-run.ts'
import { AnswerReader } from './read-raw-answer.ts'
import { ReplayEnvironment } from './replay-environment.ts'
import { type AnswersByRequest, replayOnReference } from './replay-on-reference.ts'
import { type Bug, behaviourWith } from './score-candidate.ts'
import { choicesOf, type Symptom, symptomsOf } from './signs/index.ts'
import { type SortedAnswers, sortAnswers } from './sort-answers.ts'

/** A run, and the responses of a correct server to the same requests. */
export interface ComparedRun {
  readonly record: RunRecord
  readonly failed: readonly Outcome[]
  readonly run: ObservedRun
  readonly stage: ReplayEnvironment
  /** What the target does where the contract leaves a choice. These are not bugs. */
  readonly choices: readonly Bug[]
  readonly sound: AnswersByRequest
  readonly differences: Differences
  readonly answers: SortedAnswers
  readonly signs: readonly Symptom[]
}

/**
 * Replays a run on a correct server.
 * @returns nothing if no MUST requirement failed, or if the record does not keep every response
 */
export async function compareWithReference(record: RunRecord): Promise<ComparedRun | undefined> {
  const failed = record.outcomes.filter(({ verdict }) => verdict === 'fail')
  if (!failed.some(({ id }) => requirementOf(id).level === 'MUST') || !record.evidence.complete)
    return undefined
  const run = observedRunOf(record)
  const stage = new ReplayEnvironment(run, new AnswerReader(new ValueTable(record.evidence.values)))
  const choices = choicesOf(run.asked).map(
    (override): Bug => ({ name: 'choice', sentence: '', violates: ['PAG-10'], override }),
  )
  const sound = await replayOnReference(stage, behaviourWith(choices), run.asked)
  const differences: Differences = new Map(
    run.asked.flatMap((asked) => {
      const right = sound.get(asked.exchange.id)
      return right === undefined ? [] : [[asked.exchange.id, differingFacets(asked, right, stage.values)]]
    }),
  )
  const answers = sortAnswers(run, sound, differences, record)
  const signs = symptomsOf({ record, run, values: stage.values, sound })
  return { record, failed, run, stage, choices, sound, differences, answers, signs }
}
