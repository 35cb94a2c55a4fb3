import type { Exchange } from '../wire/exchange.ts'
import { type SeenEvent, sameValue } from './event.ts'
import type { Finding } from './finding.ts'
import type { History, ListExchange } from './history.ts'

interface Showing {
  readonly event: SeenEvent
  readonly exchange: Exchange
}

/** How often an event was shown, and where two showings differ. */
export interface Sameness {
  readonly findings: readonly Finding[]
  /** Differences that a change of the event between the two exchanges would explain as well. */
  readonly tentative: readonly Finding[]
  readonly judged: number
}

/**
 * EVT-08: the same event is the same JSON value in every page, order, filter and stream.
 *
 * A live event may change (say, once it is processed). So a difference is certain only when the earlier value
 * comes back after the other was seen; otherwise it is tentative, until both are asked for again.
 */
export function judgeSameness(history: History): Sameness {
  const findings: Finding[] = []
  const tentative: Finding[] = []
  let judged = 0
  const shared = new Set(history.lists.flatMap(sharedIds))
  for (const [id, showings] of byEvent(history)) {
    if (shared.has(id)) continue
    const [first, ...rest] = showings
    if (first === undefined || rest.length === 0) continue
    judged += 1
    const other = rest.find((showing) => !sameValue(showing.event, first.event))
    if (other === undefined) continue
    const cameBack = rest.some(
      (showing) => showing.exchange.startedAtMs > endOf(other) && sameValue(showing.event, first.event),
    )
    ;(cameBack ? findings : tentative).push(finding(id, first, other))
  }
  return { findings, tentative, judged }
}

// Two events under one id are not one event that changed: that is another requirement's finding.
function sharedIds({ page }: ListExchange): string[] {
  if (typeof page === 'string') return []
  const seen = new Map<string, SeenEvent>()
  return page.events.flatMap((event) => {
    if (event.id === undefined) return []
    const twin = seen.get(event.id)
    seen.set(event.id, event)
    return twin === undefined || sameValue(twin, event) ? [] : [event.id]
  })
}

function byEvent({ lists, streams }: History): Map<string, Showing[]> {
  const showings = new Map<string, Showing[]>()
  const add = (event: SeenEvent | undefined, exchange: Exchange) => {
    if (event?.id === undefined) return
    const known = showings.get(event.id)
    if (known === undefined) showings.set(event.id, [{ event, exchange }])
    else known.push({ event, exchange })
  }
  for (const { page, exchange } of lists)
    if (typeof page !== 'string') for (const event of page.events) add(event, exchange)
  for (const { frames, exchange } of streams) for (const { seen } of frames) add(seen, exchange)
  for (const list of showings.values()) list.sort((a, b) => a.exchange.startedAtMs - b.exchange.startedAtMs)
  return showings
}

function endOf({ exchange }: Showing): number {
  return exchange.startedAtMs + exchange.totalMs
}

function finding(id: string, first: Showing, other: Showing): Finding {
  const [left, right] = aroundDifference(JSON.stringify(first.event.value), JSON.stringify(other.event.value))
  const where =
    first.exchange.stream === undefined && other.exchange.stream !== undefined
      ? 'list and stream'
      : 'two answers'
  return {
    kind: 'value',
    message: `Event ${id} is not the same in ${where}.`,
    expected: left,
    actual: right,
    exchanges: [first.exchange.id, other.exchange.id],
  }
}

function aroundDifference(a: string, b: string): [string, string] {
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  const from = Math.max(0, at - 40)
  return [a.slice(from, at + 80), b.slice(from, at + 80)]
}
