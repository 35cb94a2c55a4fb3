import type { KnownEvent } from './event.ts'
import { defaultLimit, type ListQuery } from './query.ts'

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
}

/** The sequence cut to its first `length` events: the thread as it was before it grew. */
export function earlier(sequence: Sequence, length: number): Sequence {
  return { events: sequence.events.slice(0, length), complete: sequence.complete }
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
  const cursor = query.after ?? query.before
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
