import type { Paging } from '../behaviour.ts'
import { invalid, isDenial } from './denial.ts'

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
