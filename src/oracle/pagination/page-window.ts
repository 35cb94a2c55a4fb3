import { type Difference, differenceOf } from '../difference.ts'
import type { Finding } from '../finding.ts'
import type { ListExchange } from '../history.ts'
import type { JudgeResult } from '../judge-result.ts'
import { firstInversion, simultaneous } from '../order/inversion.ts'
import {
  earlier,
  earlierWithLate,
  type LateEvent,
  ofTypes,
  type Sequence,
  type Window,
  windowOf,
} from './expected-window.ts'
import { type ListQuery, queryString, spellingIn, type TypeSpelling } from './list-query.ts'
import { idsOf, type Page } from './page.ts'

/**
 * Judges one page against the window that its query asks for.
 *
 * A thread may grow while it is read, so the page is right when it is right for any state of the thread
 * between the sending of the request and what is known now.
 * @param withFlag whether `has_more` is judged too
 * @returns a finding; `undefined` when the page is right; `'undecided'` when what was read does not decide it
 */
export function judgeWindow(list: ListExchange, page: Page, withFlag = false): JudgeResult {
  const actual = idsOf(page.events)
  let first: { window: Window; difference: Difference } | undefined
  for (const window of possibleWindows(list)) {
    const difference =
      differenceOf(idsOf(window.events), actual) ?? (withFlag ? flag(window, page) : undefined)
    if (difference === undefined) return undefined
    first ??= { window, difference }
  }
  if (first === undefined) return ignoredParameter(list, page) ?? 'undecided'
  const { window, difference } = first
  const flagged = difference.kind.startsWith('has-more')
  return {
    kind: difference.kind,
    message: `${describedList(list)}: ${difference.sentence}${foreignNote(list, page)}${tieNote(list, window, actual)}.`,
    expected: flagged ? `has_more: ${window.hasMore}` : idsOf(window.events),
    actual: flagged ? `has_more: ${JSON.stringify(page.hasMore)}` : actual,
    exchanges: [list.exchange.id],
  }
}

// Even if a thread was read only in part, a response can show that a parameter has no effect.
function ignoredParameter(list: ListExchange, page: Page): Finding | undefined {
  const { order, types, ...rest } = list.query
  const actual = idsOf(page.events)
  const finding = (kind: string, what: string, expected: string): Finding => ({
    kind,
    message: `${describedList(list)}: ${what}.`,
    expected,
    actual,
    exchanges: [list.exchange.id],
  })
  if (types !== undefined) {
    const known = new Map(list.thread.sequence.events.map((event) => [event.id, event]))
    const wanted = ofTypes(types)
    const other = page.events.find(({ id }) => {
      const event = known.get(id ?? '')
      return event !== undefined && !wanted(event)
    })
    if (other !== undefined)
      return finding(
        'surplus',
        `${other.id ?? 'an event'} of type ${other.type ?? ''} is unexpected`,
        types.join(),
      )
  }
  if (order !== 'desc' || page.events.length < 2) return undefined
  if (isOldestFirst(list, page))
    return finding('order', 'the events are in ascending order', 'the newest events first')
  const [ascending] = possibleWindows({
    ...list,
    query: { ...rest, ...(types === undefined ? {} : { types }) },
  })
  if (ascending === undefined || differenceOf(idsOf(ascending.events), actual) !== undefined) return undefined
  return finding('order', 'the events are in ascending order', 'the newest events first')
}

// Known events of different times, in the order in which the thread has them.
function isOldestFirst({ thread }: ListExchange, { events }: Page): boolean {
  const place = new Map(thread.sequence.events.map(({ id }, at) => [id, at]))
  const places = events.map(({ id }) => place.get(id ?? '') ?? -1)
  const ascending = places.every((at, index) => at > (places[index - 1] ?? -1))
  return ascending && firstInversion(events.toReversed()) !== undefined
}

/**
 * The windows that a query may return, one for each length that the thread may have had at the time. A growing thread has
 * many, of which most judges need the first few.
 */
export function* possibleWindows(list: ListExchange): Generator<Window> {
  const { sequence } = list.thread
  for (
    let length = Math.min(list.known, sequence.events.length);
    length <= sequence.events.length;
    length++
  ) {
    const before = earlier(sequence, length)
    const window = windowOf(before, list.query)
    if (sequence.late !== undefined) yield* lateWindows(list, before, length)
    if (window === undefined) continue
    yield window
    if (growthLeavesAlone(list.query, window)) return
  }
}

// Events that were committed late are expected where a response shows them or a cursor names them, and optional elsewhere.
function* lateWindows(
  { page, query, thread }: ListExchange,
  before: Sequence,
  length: number,
): Generator<Window> {
  const { sequence } = thread
  const onPage = new Set(typeof page === 'string' ? [] : idsOf(page.events))
  const isReferenced = ({ event: { id } }: LateEvent) =>
    onPage.has(id) || id === query.after || id === query.before || id === query.page?.after
  const withAll = earlierWithLate(sequence, length)
  const unknown = new Set(
    (sequence.late ?? []).filter((one) => !isReferenced(one)).map(({ event }) => event.id),
  )
  const withReferenced =
    unknown.size === sequence.late?.length
      ? before
      : { ...withAll, events: withAll.events.filter(({ id }) => !unknown.has(id)) }
  for (const possible of [withReferenced, withAll]) {
    const window = windowOf(possible, query)
    if (window !== undefined) yield window
  }
}

// Events are appended at the newest end: they change neither a page towards the oldest events nor a full page.
function growthLeavesAlone({ order, after, before }: ListQuery, window: Window): boolean {
  const descending = order === 'desc'
  if (after === undefined && before === undefined) return !descending && window.hasMore === true
  return descending !== (before !== undefined) || window.hasMore === true
}

/** An opaque cursor may be long, and says nothing to a reader. */
const longestCursor = 16

function shortened(cursor: string): string {
  return cursor.length <= longestCursor ? cursor : `${cursor.slice(0, longestCursor)}…`
}

/** A list request in words, to begin a sentence with: its types as they were written. */
export function describedList({ exchange, query }: Pick<ListExchange, 'exchange' | 'query'>): string {
  return described(query, spellingIn(exchange.request.target))
}

/** A query in words, to begin a sentence with. */
export function described(query: ListQuery, spelling?: TypeSpelling): string {
  const { page, ...rest } = query
  const text = queryString(
    page === undefined ? rest : { ...rest, page: { ...page, cursor: shortened(page.cursor) } },
    spelling,
  )
  return text === '' ? 'The plain list' : `The list ${decodeURIComponent(text)}`
}

function flag(window: Window, page: Page): Difference | undefined {
  if (window.hasMore === undefined || page.hasMore === window.hasMore) return undefined
  return {
    kind: window.hasMore ? 'has-more-missing' : 'has-more-surplus',
    sentence: window.hasMore
      ? 'has_more is false although more events follow'
      : 'has_more is true although no more events follow',
  }
}

// The most common cause: a cursor that is compared by time alone.
function tieNote(list: ListExchange, window: Window, actual: readonly string[]): string {
  const { after, before, page } = list.query
  const cursor = list.thread.sequence.events.find(({ id }) => id === (after ?? before ?? page?.after))
  if (cursor === undefined) return ''
  const returned = new Set(actual)
  const missing = window.events.filter(({ id }) => !returned.has(id))
  const tied = missing.filter((event) => simultaneous(event, cursor)).length
  if (tied === 0) return ''
  return tied === 1
    ? '; the missing event has the same created_at as the cursor'
    : `; ${tied} of the missing events have the same created_at as the cursor`
}

function foreignNote(list: ListExchange, page: Page): string {
  const foreign = page.events.find((event) => event.id !== undefined && list.thread.foreign.has(event.id))
  return foreign === undefined ? '' : ` (${foreign.id} belongs to another thread)`
}
