import { compareInstants } from '../contract/instant.ts'
import { firstInversion } from './chronology.ts'
import { createdInstant } from './event.ts'
import type { Finding } from './finding.ts'
import type { History, ListExchange } from './history.ts'
import { described } from './judge-window.ts'

/**
 * ORD-01: within each page, and across the pages that a list went on to, events are in chronological order
 * (turned round under `order=desc`). Pages without two different times say nothing.
 */
export function judgeChronology({ lists }: History): { judged: number; findings: Finding[] } {
  const telling = lists.filter(hasDifferentTimes)
  const findings = telling.map(judgePage).filter((finding) => finding !== undefined)
  return { judged: telling.length, findings }
}

function judgePage(list: ListExchange): Finding | undefined {
  if (typeof list.page === 'string') return undefined
  const descending = list.query.order === 'desc'
  const events = [...entering(list), ...list.page.events]
  const inversion = firstInversion(descending ? events.toReversed() : events)
  if (inversion === undefined) return undefined
  const { before, after } = inversion
  return {
    kind: 'inversion',
    message: `${described(list.query)}: ${after.id} comes ${descending ? 'before' : 'after'} ${before.id}, though it is the earlier one.`,
    expected: [`${after.createdAt} ${after.id}`, `${before.createdAt} ${before.id}`],
    actual: [`${before.createdAt} ${before.id}`, `${after.createdAt} ${after.id}`],
    exchanges: [list.exchange.id],
  }
}

// The cursor's own event stands before the page that follows it, which joins pages to one list.
function entering(list: ListExchange) {
  if (list.query.after === undefined || list.query.types !== undefined) return []
  return list.thread.sequence.events.filter((event) => event.id === list.query.after)
}

function hasDifferentTimes(list: ListExchange): boolean {
  if (typeof list.page === 'string') return false
  const instants = list.page.events.map(createdInstant).filter((instant) => instant !== undefined)
  const [first] = instants
  return first !== undefined && instants.some((instant) => compareInstants(first, instant) !== 0)
}
