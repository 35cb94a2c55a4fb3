import type { KnownEvent } from '../event.ts'
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
}

/** An event that appeared in the middle of a thread, right after the event `behind` (or at the beginning). */
export interface LateEvent {
  readonly event: KnownEvent
  readonly behind: string | undefined
}

/** The sequence with those of its late events that this answer may have known. */
export function withLate(
  { events, complete, late = [] }: Sequence,
  knows: (id: string) => boolean,
): Sequence {
  const all = [...events]
  // One that is behind another late one is placed by it, even where that one is left out in the end.
  for (const { event, behind } of late) {
    const at = behind === undefined ? -1 : all.findIndex(({ id }) => id === behind)
    if (behind === undefined || at !== -1) all.splice(at + 1, 0, event)
  }
  const unknown = new Set(late.flatMap(({ event }) => (knows(event.id) ? [] : [event.id])))
  return { events: all.filter(({ id }) => !unknown.has(id)), complete }
}

/** The sequence cut to its first `length` events: the thread as it was before it grew. */
export function earlier(sequence: Sequence, length: number): Sequence {
  const { events, complete, late } = sequence
  return { events: events.slice(0, length), complete, ...(late === undefined ? {} : { late }) }
}

/**
 * Which records a query must give, by the contract's reading of it: a cursor is a position in the requested
 * order, `before` takes the nearest records, and a cursor may be an event that the filter leaves out.
 * @returns `undefined` when the known part of the thread does not decide it.
 */
export function windowOf(sequence: Sequence, query: ListQuery): Window | undefined {
  const descending = query.order === 'desc'
  const ordered = descending ? [...sequence.events].reverse() : sequence.events
  const limit = query.limit ?? defaultLimit
  const cursor = query.after ?? query.before ?? query.page?.after
  const position = cursor === undefined ? undefined : ordered.findIndex((event) => event.id === cursor)
  if (position === -1) return undefined
  const backward = query.before !== undefined
  const reachable =
    position === undefined ? ordered : backward ? ordered.slice(0, position) : ordered.slice(position + 1)
  const candidates = query.types === undefined ? reachable : reachable.filter(ofTypes(query.types))
  const events = backward
    ? candidates.slice(Math.max(0, candidates.length - limit))
    : candidates.slice(0, limit)
  const towardsOldest = descending !== backward
  if (sequence.complete || (towardsOldest && cursor !== undefined))
    return { events, hasMore: candidates.length > limit }
  if (descending && cursor === undefined) return undefined
  if (candidates.length > limit) return { events, hasMore: true }
  if (candidates.length < limit) return undefined
  return { events, hasMore: undefined }
}

/** A predicate for events of exactly these types. */
export function ofTypes(types: readonly string[]): (event: KnownEvent) => boolean {
  const wanted = new Set(types)
  return (event) => event.type !== undefined && wanted.has(event.type)
}
