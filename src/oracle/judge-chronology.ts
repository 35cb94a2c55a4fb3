import { compareInstants } from '../contract/instant.ts'
import { firstInversion, type Inversion } from './chronology.ts'
import { createdInstant, type SeenEvent } from './event.ts'
import type { Finding } from './finding.ts'
import type { History, KnownThread, ListExchange } from './history.ts'
import { described } from './judge-window.ts'

/**
 * ORD-01: within each page (turned round under `order=desc`), and over each thread as its pages were put
 * together, events are in chronological order. What has no two different times says nothing.
 */
export function judgeChronology({ lists }: History): { judged: number; findings: Finding[] } {
  const telling = lists.filter(({ page }) => typeof page !== 'string' && hasDifferentTimes(page.events))
  const threads = [...new Set(telling.map(({ thread }) => thread))]
  const findings = [...telling.map(judgePage), ...threads.map((thread) => judgeThread(thread, telling))]
  return { judged: telling.length, findings: findings.filter((finding) => finding !== undefined) }
}

function judgePage(list: ListExchange): Finding | undefined {
  if (typeof list.page === 'string') return undefined
  const { events } = list.page
  const descending = list.query.order === 'desc'
  const inversion = firstInversion(descending ? events.toReversed() : events)
  if (inversion === undefined) return undefined
  return inverted(inversion, described(list.query), descending ? 'before' : 'after', [list.exchange.id])
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
  return inverted(inversion, 'The pages of the thread, put together', 'after', [...new Set(exchanges)])
}

function inverted(
  { before, after }: Inversion,
  what: string,
  where: string,
  exchanges: readonly number[],
): Finding {
  return {
    kind: 'inversion',
    message: `${what}: ${after.id} comes ${where} ${before.id}, though it is the earlier one.`,
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
