import { isJsonObject, type JsonValue, writeJson } from '../../contract/json.ts'
import { eventProblem } from '../../contract/schemas.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { plainContent, type SeenEvent, sameJson, sameValue } from '../event.ts'
import type { Finding } from '../finding.ts'
import { type History, type KnownThread, type ListExchange, revisionOf } from '../history.ts'

interface Showing {
  readonly id: string
  readonly event: SeenEvent
  readonly exchange: Exchange
  readonly thread: KnownThread
}

/** How often an event was shown, and where two showings differ. */
export interface EventConsistency {
  readonly findings: readonly Finding[]
  /** Differences that a change of the event between the two exchanges would explain as well. */
  readonly tentative: readonly Finding[]
  readonly judged: number
}

/**
 * EVT-08: an event of a thread is the same JSON value in every page, order, filter and stream. Two differences do not
 * count: a `processed_at` that was absent or null and now has a value, and a `content` that is a string in the list and
 * a single text block in the stream, or the other way round.
 *
 * A live event may change (say, once it is processed). So a difference is certain only when the earlier value
 * is returned again after the other was seen; otherwise it is tentative, until both are requested again.
 */
export function judgeEventConsistency(history: History): EventConsistency {
  const findings: Finding[] = []
  const tentative: Finding[] = []
  let judged = 0
  const shared = new Set(history.lists.flatMap(sharedIds))
  const { repeated, changing } = shownAgain(history)
  for (const [key, id] of repeated) {
    if (shared.has(id)) continue
    judged += 1
    const showings = changing.get(key)
    const pair = showings && differingPair(showings)
    if (showings === undefined || pair === undefined) continue
    const [first, other] = pair
    if (isMalformedFrame(first, other)) continue
    const cameBack = showings.some(
      (showing) => showing.exchange.startedAtMs > endOf(other) && sameValue(showing.event, first.event),
    )
    ;(cameBack ? findings : tentative).push(finding(id, first, other))
  }
  return { findings, tentative, judged }
}

// The first showing is compared with all others, and so is the first that has a processed_at.
function differingPair(showings: readonly Showing[]): [Showing, Showing] | undefined {
  const processed = showings.findIndex(({ event }) => isProcessed(event.value))
  for (const start of new Set([0, Math.max(0, processed)])) {
    const first = showings[start]
    const other = first && showings.slice(start + 1).find((showing) => !isSameEvent(first, showing))
    if (first !== undefined && other !== undefined) return [first, other]
  }
  return undefined
}

// A frame that breaks a requirement on events that the list meets is SSE-02's finding.
function isMalformedFrame(first: Showing, other: Showing): boolean {
  if ((first.exchange.stream === undefined) === (other.exchange.stream === undefined)) return false
  const [listed, streamed] = first.exchange.stream === undefined ? [first, other] : [other, first]
  const { eventPromises, schemas } = revisionOf(first.thread)
  const isMalformed = ({ event }: Showing) =>
    eventPromises.some((promise) => eventProblem(promise, event.value, schemas.event) !== undefined)
  return isMalformed(streamed) && !isMalformed(listed)
}

function isSameEvent(first: Showing, other: Showing): boolean {
  if (sameValue(first.event, other.event)) return true
  const acrossForms = (first.exchange.stream === undefined) !== (other.exchange.stream === undefined)
  // Responses that overlap in time may have been produced in either order.
  const overlap = other.exchange.startedAtMs <= endOf(first)
  const [a, b] = [first.event.value, other.event.value].map((value) =>
    acrossForms ? withPlainContent(value) : value,
  )
  if (a === undefined || b === undefined) return false
  const ignored = isProcessed(a) !== isProcessed(b) && (overlap || !isProcessed(a))
  const compared = [a, b].map((value) => (ignored ? withoutProcessed(value) : value))
  const [left, right] = compared
  return left !== undefined && right !== undefined && sameJson(left, right)
}

function isProcessed(value: JsonValue): boolean {
  return isJsonObject(value) && value.processed_at !== undefined && value.processed_at !== null
}

function withoutProcessed(value: JsonValue): JsonValue {
  if (!isJsonObject(value)) return value
  const { processed_at: _, ...rest } = value
  return rest
}

function withPlainContent(value: JsonValue): JsonValue {
  return isJsonObject(value) && value.content !== undefined
    ? { ...value, content: plainContent(value.content) }
    : value
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

/** Events that were shown more than once, and all showings of those that were not the same every time. */
function shownAgain(history: History): {
  /** The id of each, by thread and id. */
  readonly repeated: ReadonlyMap<string, string>
  readonly changing: ReadonlyMap<string, Showing[]>
} {
  const first = new Map<string, SeenEvent>()
  const repeated = new Map<string, string>()
  const changing = new Map<string, Showing[]>()
  eachShowing(history, (key, { id, event }) => {
    const before = first.get(key)
    if (before === undefined) first.set(key, event)
    else {
      repeated.set(key, id)
      if (before !== event && !isFromSameValue(before, event)) changing.set(key, [])
    }
  })
  // A long thread is shown many times, usually without any difference.
  if (changing.size > 0) eachShowing(history, (key, showing) => changing.get(key)?.push(showing))
  for (const list of changing.values()) list.sort((a, b) => a.exchange.startedAtMs - b.exchange.startedAtMs)
  return { repeated, changing }
}

function isFromSameValue(a: SeenEvent, b: SeenEvent): boolean {
  return a.original !== undefined && a.original === b.original
}

function eachShowing({ lists, streams }: History, visit: (key: string, showing: Showing) => void): void {
  // A message between two threads may be in the lists of both, each with a label of its own.
  const show = (thread: KnownThread, event: SeenEvent | undefined, exchange: Exchange) => {
    if (event?.id !== undefined)
      visit(`${thread.threadId} ${event.id}`, { id: event.id, event, exchange, thread })
  }
  for (const { page, exchange, thread } of lists)
    if (typeof page !== 'string') for (const event of page.events) show(thread, event, exchange)
  for (const { frames, exchange, thread } of streams)
    for (const { seen } of frames) show(thread, seen, exchange)
}

function endOf({ exchange }: Showing): number {
  return exchange.startedAtMs + exchange.totalMs
}

function finding(id: string, first: Showing, other: Showing): Finding {
  const [left, right] = aroundDifference(writeJson(first.event.value), writeJson(other.event.value))
  const where =
    first.exchange.stream === undefined && other.exchange.stream !== undefined
      ? 'the list and the stream'
      : 'two responses'
  return {
    kind: 'value',
    message: `Event ${id} differs between ${where}.`,
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
