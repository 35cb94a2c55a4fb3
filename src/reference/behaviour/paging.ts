import type { ThreadRequestContext } from '../request-context.ts'
import type { Entry } from '../store/entry.ts'
import type { ThreadEvent } from '../world/world.ts'
import { type Denial, invalid, isDenial } from './denial.ts'

/** The records of one page, and whether there are more in the direction of paging. */
export interface Page {
  readonly entries: readonly Entry[]
  readonly hasMore: boolean
}

/**
 * From a thread to one page (ORD-03, PAG, FLT): sequence, cursor, filter, limit, in that order, so that a
 * cursor may be an event that the filter leaves out.
 * `call` reaches everything that a query planner could reach: `call.thread.inserted` and `.sorted`,
 * `call.session.threads`, `call.site.store.sessions`, `call.query`, `call.number`, `call.site.memory`.
 */
export interface Paging {
  /** The whole thread in the requested order. */
  sequence(call: ThreadRequestContext): readonly Entry[]
  matches(call: ThreadRequestContext, event: ThreadEvent): boolean
  /** Index of the event that a cursor or a Last-Event-ID names; -1 when the entries do not hold it. */
  locate(call: ThreadRequestContext, entries: readonly Entry[], id: string): number
  /** The part of the sequence that lies on the far side of the cursor; all of it without one. */
  beyondCursor(call: ThreadRequestContext, sequence: readonly Entry[]): readonly Entry[] | Denial
  /** `rows` are the candidates that match the filter. */
  take(call: ThreadRequestContext, rows: readonly Entry[], candidates: readonly Entry[]): Page
  window(call: ThreadRequestContext): Page | Denial | Promise<Page | Denial>
}

export const standardPaging: Paging = {
  sequence: ({ thread, query }) => (query.order === 'asc' ? thread.sorted : thread.sorted.toReversed()),

  matches: ({ query }, event) => query.types === undefined || query.types.includes(event.type),

  locate: (_call, entries, id) => entries.findIndex(({ event }) => event.id === id),

  beyondCursor(call, sequence) {
    const { cursor } = call.query
    if (cursor === undefined) return sequence
    const at = call.behaviour.locate(call, sequence, cursor.id)
    if (at === -1) return invalid('The cursor names no event of this thread.', `${cursor.side}_id`)
    return cursor.side === 'after' ? sequence.slice(at + 1) : sequence.slice(0, at)
  },

  take({ query }, rows) {
    const entries = query.cursor?.side === 'before' ? rows.slice(-query.limit) : rows.slice(0, query.limit)
    return { entries, hasMore: rows.length > entries.length }
  },

  window(call) {
    const { behaviour } = call
    const candidates = behaviour.beyondCursor(call, behaviour.sequence(call))
    if (isDenial(candidates)) return candidates
    const rows = candidates.filter(({ event }) => behaviour.matches(call, event))
    return behaviour.take(call, rows, candidates)
  },
}
