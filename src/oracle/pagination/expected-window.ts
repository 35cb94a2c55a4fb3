import type { KnownEvent } from '../event.ts'
import { firstEvents, positionOf } from '../events-by-id.ts'
import { defaultLimit, type ListQuery } from './list-query.ts'

/**
 * The page that a query must give. `hasMore` is `undefined` where what was read of the thread does not
 * tell.
 */
export interface Window {
  readonly events: readonly KnownEvent[]
  readonly hasMore: boolean | undefined
}

/**
 * The thread as far as it is known: its oldest events in chronological order, and whether these are all.
 */
export interface Sequence {
  readonly events: readonly KnownEvent[]
  readonly complete: boolean
  /** The events as `order=desc` shows them, where that is not the reverse of the others. */
  readonly descending?: readonly KnownEvent[] | undefined
  /** Events that committed late, with an earlier `created_at`, while the thread was read. They are not in `events`. */
  readonly late?: readonly LateEvent[]
  /** Ids of listed events that name another thread as theirs. They are not in `events`. */
  readonly strays?: ReadonlySet<string>
}

/** An event that appeared in the middle of a thread, right after the event `behind` (or at the beginning). */
export interface LateEvent {
  readonly event: KnownEvent
  readonly behind: string | undefined
}

interface Merged {
  readonly length: number
  readonly late: number
  readonly events: readonly KnownEvent[]
}

const mergedEvents = new WeakMap<readonly KnownEvent[], Merged>()

// For each thread once, until it grows: each page of a growing thread is compared with many of its beginnings.
function allWithLate({ events, late = [] }: Sequence): readonly KnownEvent[] {
  const known = mergedEvents.get(events)
  if (known?.length === events.length && known.late === late.length) return known.events
  const all = [...events]
  // One that is behind another late one is placed by it.
  for (const { event, behind } of late) {
    const at = behind === undefined ? -1 : all.findIndex(({ id }) => id === behind)
    if (behind === undefined || at !== -1) all.splice(at + 1, 0, event)
  }
  mergedEvents.set(events, { length: events.length, late: late.length, events: all })
  return all
}

/** The first `length` events of the sequence, and the late events among them. */
export function earlierWithLate(sequence: Sequence, length: number): Sequence {
  const all = allWithLate(sequence)
  const next = sequence.events[length]
  const end = next === undefined ? undefined : positionOf({ events: all }, next.id)
  return { events: end === undefined ? all : firstEvents(all, end), complete: sequence.complete }
}

/** The sequence cut to its first `length` events: the thread as it was before it grew. */
export function earlier(sequence: Sequence, length: number): Sequence {
  const { events, complete, late } = sequence
  if (length >= events.length) return sequence
  return { events: firstEvents(events, length), complete, ...(late === undefined ? {} : { late }) }
}

/**
 * Which records a query must give, by the contract's reading of it: a cursor is a position in the requested
 * order, `before` takes the nearest records, and a cursor may be an event that the filter leaves out.
 * @returns `undefined` when the known part of the thread does not decide it.
 */
export function windowOf(sequence: Sequence, query: ListQuery): Window | undefined {
  const descending = query.order === 'desc'
  const limit = query.limit ?? defaultLimit
  const cursor = query.after ?? query.before ?? query.page?.after
  const position = cursor === undefined ? undefined : positionOf(sequence, cursor)
  if (cursor !== undefined && position === undefined) return undefined
  const backward = query.before !== undefined
  const towardsOldest = descending !== backward
  // One more than fits on the page, nearest to the cursor first.
  const nearest = nearestEvents(sequence.events, position, towardsOldest, limit + 1, query.types)
  const page = nearest.slice(0, limit)
  const events = backward ? page.reverse() : page
  if (sequence.complete || (towardsOldest && cursor !== undefined))
    return { events, hasMore: nearest.length > limit }
  if (descending && cursor === undefined) return undefined
  if (nearest.length > limit) return { events, hasMore: true }
  if (nearest.length < limit) return undefined
  return { events, hasMore: undefined }
}

// Without a copy of the thread, which may be long.
function nearestEvents(
  events: readonly KnownEvent[],
  cursor: number | undefined,
  towardsOldest: boolean,
  most: number,
  types: readonly string[] | undefined,
): KnownEvent[] {
  const wanted = types === undefined ? undefined : ofTypes(types)
  const step = towardsOldest ? -1 : 1
  const found: KnownEvent[] = []
  const start = cursor === undefined ? (towardsOldest ? events.length - 1 : 0) : cursor + step
  for (let at = start; found.length < most; at += step) {
    const event = events[at]
    if (event === undefined) break
    if (wanted === undefined || wanted(event)) found.push(event)
  }
  return found
}

/** A predicate for events of exactly these types. */
export function ofTypes(types: readonly string[]): (event: KnownEvent) => boolean {
  const wanted = new Set(types)
  return (event) => event.type !== undefined && wanted.has(event.type)
}
