import { requirementOf } from '../contract/catalogue.ts'
import type { RecordedAnswer } from '../record/recorded-answer.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { ObservedRequest, ObservedRun } from './observed-run.ts'
import type { AnswersByRequest } from './replay-on-reference.ts'
import { sameAnswer } from './same-answer.ts'

/** The answers of the target, held against those of a correct server. */
export interface SortedAnswers {
  /** What a correct server would not have answered. */
  readonly failing: readonly ObservedRequest[]
  /** What a correct server would have answered too. */
  readonly agreeing: readonly ObservedRequest[]
}

/**
 * Tells failing answers from right ones. What differs only where the contract leaves a choice is neither. Nor is what
 * shows events that break the event's own promises just as a correct server would: what that holds was read from there.
 */
export function sortAnswers(
  run: ObservedRun,
  sound: AnswersByRequest,
  { outcomes }: RunRecord,
): SortedAnswers {
  const failed = outcomes.filter(({ verdict }) => verdict === 'fail')
  const blamed = blamedBy(failed)
  const failing: ObservedRequest[] = []
  const same: ObservedRequest[] = []
  for (const asked of run.asked) {
    const right = sound.get(asked.exchange.id)
    if (right === undefined) continue
    if (sameAnswer(asked, right)) same.push(asked)
    else if (blamed.has(asked.exchange.id) || isGrave(asked, right)) failing.push(asked)
  }
  const suspect = blamedBy(failed.filter(({ id }) => requirementOf(id).area === 'event'))
  const doubtful = new Set(same.filter(({ exchange }) => suspect.has(exchange.id)).flatMap(valuesIn))
  const agreeing = same.filter((asked) => !valuesIn(asked).some((value) => doubtful.has(value)))
  return { failing, agreeing }
}

function blamedBy(outcomes: RunRecord['outcomes']): ReadonlySet<number> {
  return new Set(outcomes.flatMap(({ findings }) => findings.flatMap(({ exchanges }) => exchanges)))
}

function valuesIn({ answer: { body } }: ObservedRequest): readonly number[] {
  if (body.kind === 'list') return body.rows ?? []
  return body.kind === 'stream' ? body.frames.map(({ value }) => value) : []
}

// A refusal may have one of several statuses and any words, and some headers are advice.
function isGrave({ exchange, answer: seen }: ObservedRequest, right: RecordedAnswer): boolean {
  if (seen.failure !== null) return true
  if (seen.status >= 400 && right.status >= 400) return seen.status >= 500
  if (seen.status !== right.status) return true
  return !sameAnswer(
    { exchange, answer: { ...seen, varies: right.varies, challenge: right.challenge } },
    right,
  )
}
