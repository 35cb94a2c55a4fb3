import type { Finding } from '../../oracle/finding.ts'
import type { RecordedEvidence, SetupAction } from '../../record/evidence.ts'
import type { RecordedAnswer, RecordedBody } from '../../record/recorded-answer.ts'
import type { RunRecord } from '../../record/run-record.ts'

/** How far the numbers of one part are moved in the merged record. */
export interface Shift {
  /** Added to the numbers of exchanges. */
  readonly exchanges: number
  /** Added to the numbers of connections. */
  readonly connections: number
  /** The number in the merged evidence of each value of the part. */
  readonly values: readonly number[]
  /** How many answers the parts before it have. */
  readonly answers: number
  /** Milliseconds from the start of the earliest part to the start of this one. */
  readonly laterMs: number
}

/** A part with new numbers for exchanges and values, in everything that refers to them. */
export function renumber(part: RunRecord, shift: Shift): RunRecord {
  const anew = (ids: readonly number[]) => ids.map((id) => id + shift.exchanges)
  const moved = (finding: Finding): Finding => ({ ...finding, exchanges: anew(finding.exchanges) })
  const found = <T extends { readonly finding: Finding }>(one: T): T => ({
    ...one,
    finding: moved(one.finding),
  })
  return {
    ...part,
    attribution: {
      ...part.attribution,
      results: part.attribution.results.map((result) => ({
        ...result,
        cases: result.cases.map((one) => ({
          ...one,
          exchanges: anew(one.exchanges),
          ...(one.finding === undefined ? {} : { finding: moved(one.finding) }),
        })),
      })),
      violations: part.attribution.violations.map((one) => ({
        ...one,
        exchange: one.exchange + shift.exchanges,
        finding: moved(one.finding),
      })),
      pagingFaults: part.attribution.pagingFaults.map(([id, faults]) => [id + shift.exchanges, faults]),
      capabilities: part.attribution.capabilities.map((one) => ({
        ...one,
        exchange: one.exchange === undefined ? undefined : one.exchange + shift.exchanges,
      })),
      ...(part.attribution.replicas === undefined
        ? {}
        : {
            replicas: { ...part.attribution.replicas, exchanges: anew(part.attribution.replicas.exchanges) },
          }),
    },
    generated:
      part.generated === undefined
        ? undefined
        : { ...part.generated, counterexamples: part.generated.counterexamples.map(found) },
    observations: part.observations.map((seen) => ({ ...seen, exchanges: anew(seen.exchanges) })),
    reasons: Object.fromEntries(
      Object.entries(part.reasons).map(([id, names]) => [Number(id) + shift.exchanges, names]),
    ),
    exchanges: part.exchanges.map((exchange) => ({
      ...exchange,
      id: exchange.id + shift.exchanges,
      startedAtMs: exchange.startedAtMs + shift.laterMs,
      ...(exchange.connection === undefined ? {} : { connection: exchange.connection + shift.connections }),
    })),
    evidence: evidenceOf(part.evidence, shift),
  }
}

function evidenceOf(
  { answers, values, setupActions, complete }: RecordedEvidence,
  shift: Shift,
): RecordedEvidence {
  return {
    answers: answers.map(({ exchange, answer }) => ({
      exchange: exchange + shift.exchanges,
      answer: answerOf(answer, shift.values),
    })),
    values,
    setupActions: setupActions.map(
      (action): SetupAction => ({
        ...action,
        sent: action.sent + shift.exchanges,
        answered: action.answered + shift.answers,
      }),
    ),
    complete,
  }
}

function answerOf(answer: RecordedAnswer, numbers: readonly number[]): RecordedAnswer {
  return { ...answer, body: bodyOf(answer.body, (value) => numbers[value] ?? value) }
}

function bodyOf(body: RecordedBody, anew: (value: number) => number): RecordedBody {
  switch (body.kind) {
    case 'list':
      return { ...body, rows: body.rows?.map((row) => anew(row)) ?? null }
    case 'error':
    case 'json':
      return { ...body, value: anew(body.value) }
    case 'stream':
      return { ...body, frames: body.frames.map((frame) => ({ ...frame, value: anew(frame.value) })) }
    case 'text':
      return body
  }
}
