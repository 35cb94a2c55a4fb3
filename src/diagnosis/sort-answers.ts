import { requirementOf } from '../contract/catalogue.ts'
import type { RunRecord } from '../record/run-record.ts'
import { type Differences, type Facet, hidesOthers } from './facets.ts'
import type { ObservedRequest, ObservedRun } from './observed-run.ts'
import type { AnswersByRequest } from './replay-on-reference.ts'

/** The answers of the target, compared with those of a correct server. */
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
  differences: Differences,
  { outcomes, attribution }: RunRecord,
): SortedAnswers {
  const cited = judgedWrong({ outcomes, attribution })
  const failing: ObservedRequest[] = []
  const same: ObservedRequest[] = []
  for (const asked of run.asked) {
    const right = sound.get(asked.exchange.id)
    const facets = differences.get(asked.exchange.id)
    if (right === undefined || facets === undefined) continue
    if (facets.size === 0) same.push(asked)
    else if (cited.has(asked.exchange.id) || isGrave(asked, right.status, facets)) failing.push(asked)
  }
  const suspect = citedBy(
    outcomes.filter(({ verdict, id }) => verdict === 'fail' && requirementOf(id).area === 'event'),
  )
  const doubtful = new Set(same.filter(({ exchange }) => suspect.has(exchange.id)).flatMap(valuesIn))
  const agreeing = same.filter((asked) => !valuesIn(asked).some((value) => doubtful.has(value)))
  return { failing, agreeing }
}

/** The exchanges whose responses the run judged to be wrong. */
export function judgedWrong({
  outcomes,
  attribution,
}: Pick<RunRecord, 'outcomes' | 'attribution'>): Set<number> {
  const cited = citedBy(outcomes.filter(({ verdict }) => verdict === 'fail'))
  for (const { exchange } of attribution.violations) cited.add(exchange)
  for (const [exchange] of attribution.pagingFaults) cited.add(exchange)
  return cited
}

/** Whether facets differ in more than what the contract only advises. */
export function isMoreThanAdvice(facets: ReadonlySet<Facet>): boolean {
  return [...facets].some((facet) => !advice.has(facet))
}

function citedBy(outcomes: RunRecord['outcomes']): Set<number> {
  return new Set(outcomes.flatMap(({ findings }) => findings.flatMap(({ exchanges }) => exchanges)))
}

function valuesIn({ answer: { body } }: ObservedRequest): readonly number[] {
  if (body.kind === 'list') return body.rows ?? []
  return body.kind === 'stream' ? body.frames.map(({ value }) => value) : []
}

/** Facets that are advice. */
const advice: ReadonlySet<Facet> = new Set(['Vary', 'WWW-Authenticate'])

// A refusal may have one of several statuses and any words, and what one server refuses another may accept.
function isGrave({ answer }: ObservedRequest, right: number, facets: ReadonlySet<Facet>): boolean {
  if (answer.failure !== null || answer.status >= 500) return true
  if (answer.status >= 400) return false
  if (right >= 400) return right === 401 || right === 404
  return hidesOthers(facets) || isMoreThanAdvice(facets)
}
