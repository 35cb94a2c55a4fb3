import { compareInstants } from '../../contract/instant.ts'
import type { Case } from '../case.ts'
import { createdInstant, type SeenEvent } from '../event.ts'
import type { Finding } from '../finding.ts'
import type { History, KnownThread, ListExchange } from '../history.ts'
import type { Page } from '../pagination/page.ts'
import { describedList } from '../pagination/page-window.ts'
import { firstInversion, type Inversion } from './inversion.ts'

/**
 * ORD-01: within each page (reversed for `order=desc`), and over all pages of each thread in sequence, events
 * are in chronological order. Pages without two different times are not judged, nor are ascending pages for `order=desc`.
 */
export function judgeChronology({ lists }: History): {
  readonly judged: number
  readonly findings: Finding[]
  readonly cases: readonly Case[]
} {
  const telling = lists.filter(
    (list) =>
      typeof list.page !== 'string' &&
      hasDifferentTimes(list.page.events) &&
      !isOrderIgnored(list, list.page),
  )
  const threads = [...new Set(telling.map(({ thread }) => thread))]
  const pages = telling.map((list): Case => {
    const finding = judgePage(list)
    const exchanges = [list.exchange.id]
    return finding === undefined ? { exchanges } : { exchanges, finding }
  })
  const whole = threads.flatMap((thread) => judgeThread(thread, telling) ?? [])
  const cases = [...pages, ...whole.map((finding) => ({ exchanges: finding.exchanges, finding }))]
  return { judged: telling.length, findings: cases.flatMap(({ finding }) => finding ?? []), cases }
}

/** Fewer events in ascending order may be the ones that a wrong sort key swaps. */
const fewestIgnored = 3

// ORD-03: an ascending page for `order=desc` is in chronological order.
function isOrderIgnored({ query }: ListExchange, { events }: Page): boolean {
  return query.order === 'desc' && events.length >= fewestIgnored && firstInversion(events) === undefined
}

/** ORD-01 within one page. A page in ascending order for `order=desc` is ORD-03's finding. */
export function judgePageChronology(list: ListExchange): Finding | undefined {
  return typeof list.page === 'string' || isOrderIgnored(list, list.page) ? undefined : judgePage(list)
}

function judgePage(list: ListExchange): Finding | undefined {
  if (typeof list.page === 'string') return undefined
  const { events } = list.page
  const descending = list.query.order === 'desc'
  const inversion = firstInversion(descending ? events.toReversed() : events)
  if (inversion === undefined) return undefined
  return inverted(inversion, describedList(list), descending ? 'before' : 'after', [list.exchange.id])
}

function judgeThread(thread: KnownThread, lists: readonly ListExchange[]): Finding | undefined {
  const inversion = firstInversion(thread.sequence.events)
  if (inversion === undefined) return undefined
  const showing = (event: SeenEvent) =>
    lists.find(
      (list) =>
        list.thread === thread &&
        typeof list.page !== 'string' &&
        list.page.events.some(({ id }) => id === event.id),
    )
  const exchanges = [showing(inversion.before), showing(inversion.after)].flatMap(
    (list) => list?.exchange.id ?? [],
  )
  return inverted(inversion, 'The pages of the thread in sequence', 'after', [...new Set(exchanges)])
}

function inverted(
  { before, after }: Inversion,
  what: string,
  where: string,
  exchanges: readonly number[],
): Finding {
  return {
    kind: 'inversion',
    message: `${what}: ${after.id} is listed ${where} ${before.id}, although it was created earlier.`,
    expected: [`${after.createdAt} ${after.id}`, `${before.createdAt} ${before.id}`],
    actual: [`${before.createdAt} ${before.id}`, `${after.createdAt} ${after.id}`],
    exchanges,
  }
}

function hasDifferentTimes(events: readonly SeenEvent[]): boolean {
  const instants = events.map(createdInstant).filter((instant) => instant !== undefined)
  const [first] = instants
  return first !== undefined && instants.some((instant) => compareInstants(first, instant) !== 0)
}
