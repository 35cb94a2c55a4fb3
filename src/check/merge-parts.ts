import { combineOutcomes } from '../verdict/combine-outcomes.ts'
import type { Outcome } from '../verdict/outcome.ts'
import { trafficOf } from '../wire/traffic.ts'
import type { RunRecord } from './conformance-run.ts'

/**
 * Puts the parts of one run together, as {@link partsProblems} found them fit. Exchanges are numbered anew, and what
 * names them with them; their times count from the beginning of the earliest part.
 */
export function mergeParts(parts: readonly RunRecord[]): RunRecord {
  const ordered = parts.toSorted((a, b) => (a.part?.index ?? 0) - (b.part?.index ?? 0))
  const [first] = ordered
  if (first === undefined) throw new Error('There are no parts to merge.')
  const began = Math.min(...ordered.map(({ startedAt }) => Date.parse(startedAt)))
  let last = 0
  const renumbered = ordered.map((part) => {
    const shifted = renumber(part, last, Date.parse(part.startedAt) - began)
    last += Math.max(0, ...part.exchanges.map(({ id }) => id))
    return shifted
  })
  const exchanges = renumbered.flatMap((part) => part.exchanges)
  const ids = new Set(renumbered.flatMap(({ outcomes }) => outcomes.map(({ id }) => id)))
  const ends = ordered.map(({ startedAt, durationMs }) => Date.parse(startedAt) + durationMs)
  const retries = ordered.reduce((sum, { traffic }) => sum + traffic.retries - traffic.rate_limit_waits, 0)
  return {
    ...first,
    startedAt: new Date(began).toISOString(),
    durationMs: Math.max(...ends) - began,
    target: {
      ...(ordered.find(({ obstacle }) => obstacle === undefined) ?? first).target,
      eventsRead: Math.max(...ordered.map(({ target }) => target.eventsRead)),
      wholeThreadRead: ordered.every(({ target }) => target.wholeThreadRead),
    },
    obstacle: ordered.find(({ obstacle }) => obstacle !== undefined)?.obstacle,
    outcomes: [...ids].map((id) => combineOutcomes(outcomesOf(renumbered, id))),
    observations: renumbered.flatMap((part) => part.observations),
    exchanges,
    traffic: trafficOf(exchanges, retries),
    part: undefined,
  }
}

function outcomesOf(parts: readonly RunRecord[], id: Outcome['id']): Outcome[] {
  return parts.flatMap((part) => part.outcomes.filter((outcome) => outcome.id === id))
}

function renumber(part: RunRecord, by: number, laterMs: number): RunRecord {
  const anew = (ids: readonly number[]) => ids.map((id) => id + by)
  return {
    ...part,
    outcomes: part.outcomes.map((outcome) => ({
      ...outcome,
      findings: outcome.findings.map((finding) => ({ ...finding, exchanges: anew(finding.exchanges) })),
    })),
    observations: part.observations.map((seen) => ({ ...seen, exchanges: anew(seen.exchanges) })),
    exchanges: part.exchanges.map((exchange) => ({
      ...exchange,
      id: exchange.id + by,
      startedAtMs: exchange.startedAtMs + laterMs,
    })),
  }
}
