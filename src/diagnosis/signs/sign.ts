import type { RequirementId } from '../../contract/catalogue.ts'
import type { JsonValue } from '../../contract/json.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { ObservedRequest, ObservedRun } from '../observed-run.ts'
import type { AnswersByRequest } from '../replay-on-reference.ts'
import type { Bug } from '../score-candidate.ts'

/** A bug that the answers show by themselves, whatever else is wrong. */
export interface Symptom {
  /** The reference server with its override shows the same; what it explains is set aside. */
  readonly bug: Bug
  /** The answers that show it. */
  readonly exchanges: ReadonlySet<number>
  readonly typicalCause: string
  readonly suggestedFix: string
}

/** What signs are read from. */
export interface SignInput {
  readonly record: RunRecord
  readonly run: ObservedRun
  readonly values: readonly JsonValue[]
  /** What a correct server answers. */
  readonly sound: AnswersByRequest
}

/** Whether the requirement failed. */
export function hasFailed({ outcomes }: RunRecord, id: RequirementId): boolean {
  return outcomes.some((outcome) => outcome.id === id && outcome.verdict === 'fail')
}

/** The numbers of some exchanges. */
export function numbersOf(asked: readonly ObservedRequest[]): ReadonlySet<number> {
  return new Set(asked.map(({ exchange }) => exchange.id))
}

/** The values of the events that an answer shows. */
export function eventsIn(
  { answer: { body, status } }: ObservedRequest,
  values: readonly JsonValue[],
): readonly JsonValue[] {
  if (status < 200 || status > 299) return []
  const rows =
    body.kind === 'list'
      ? (body.rows ?? [])
      : body.kind === 'stream'
        ? body.frames.map(({ value }) => value)
        : []
  return rows.flatMap((row) => values[row] ?? [])
}

/** Whether a request asks for the events of a thread. */
export function asksForEvents({ exchange }: ObservedRequest): boolean {
  return /\/threads\/[^/?]+\/events(\?|$)/.test(exchange.request.target)
}
