import type { Behaviour } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'
import type { Entry } from '../../store/entry.ts'
import type { Fault } from '../fault.ts'
import { unknown } from '../overrides/cursors.ts'

/** Replaces the part of the sequence that lies beyond a cursor that was found. */
function beyond(
  change: (
    sequence: readonly Entry[],
    at: number,
    call: ThreadRequestContext,
    right: readonly Entry[],
  ) => readonly Entry[],
) {
  return (base: Behaviour): Partial<Behaviour> => ({
    beyondCursor(call, sequence) {
      const right = base.beyondCursor(call, sequence)
      const { cursor } = call.query
      if (cursor === undefined || !Array.isArray(right)) return right
      return change(sequence, base.locate(call, sequence, cursor.id), call, right)
    },
  })
}

export const cursorsFaults: readonly Fault[] = [
  {
    name: 'cursor-included',
    sentence: 'The page starts with the cursor’s own event.',
    violates: ['PAG-03', 'PAG-04'],
    alsoAffects: ['PAG-02', 'PAG-05', 'PAG-06', 'PAG-07', 'ORD-03', 'FLT-05'],
    seen: 'WHERE id >= cursor.',
    override: beyond((sequence, at, { query }) =>
      query.cursor?.side === 'after' ? sequence.slice(at) : sequence.slice(0, at + 1),
    ),
  },
  {
    name: 'after-id-included',
    sentence: 'A page with `after_id` starts with the event of the cursor.',
    violates: ['PAG-03'],
    alsoAffects: ['PAG-02', 'PAG-05', 'PAG-07', 'ORD-03', 'FLT-05'],
    seen: 'WHERE id >= cursor, in the query that pages forward only.',
    override: beyond((sequence, at, { query }, right) =>
      query.cursor?.side === 'after' ? sequence.slice(at) : right,
    ),
  },
  {
    name: 'before-id-included',
    sentence: 'A page with `before_id` ends with the event of the cursor.',
    violates: ['PAG-04'],
    alsoAffects: ['PAG-06', 'PAG-07', 'FLT-05'],
    seen: 'WHERE id <= cursor, in the query that pages backward only.',
    override: beyond((sequence, at, { query }, right) =>
      query.cursor?.side === 'before' ? sequence.slice(0, at + 1) : right,
    ),
  },
  {
    name: 'before-id-skips-one',
    sentence: '`before_id` leaves out the event right before the cursor.',
    violates: ['PAG-04'],
    alsoAffects: ['PAG-06', 'FLT-05'],
    seen: 'An index that is decremented both by the query and by the caller.',
    override: beyond((sequence, at, { query }, right) =>
      query.cursor?.side === 'before' ? sequence.slice(0, Math.max(0, at - 1)) : right,
    ),
  },
  {
    name: 'cursor-skips-one',
    sentence: '`after_id` starts one event too late.',
    violates: ['PAG-03'],
    alsoAffects: ['PAG-02', 'PAG-05', 'ORD-03', 'FLT-05'],
    seen: 'An index that is advanced both by the query and by the caller.',
    override: beyond((sequence, at, { query }, right) =>
      query.cursor?.side === 'after' ? sequence.slice(at + 2) : right,
    ),
  },
  {
    name: 'after-id-ignored',
    sentence: '`after_id` is ignored.',
    violates: ['PAG-03'],
    alsoAffects: ['PAG-02', 'PAG-05', 'ORD-03', 'FLT-05'],
    override: beyond((sequence, _at, { query }, right) =>
      query.cursor?.side === 'after' ? sequence : right,
    ),
  },
  {
    name: 'before-id-ignored',
    sentence: '`before_id` is ignored.',
    violates: ['PAG-04'],
    alsoAffects: ['PAG-06', 'PAG-07', 'FLT-05'],
    override: beyond((sequence, _at, { query }, right) =>
      query.cursor?.side === 'before' ? sequence : right,
    ),
  },
  {
    name: 'before-id-gives-the-oldest',
    sentence: '`before_id` returns the first events of the thread instead of the nearest ones.',
    violates: ['PAG-04'],
    alsoAffects: ['PAG-06', 'FLT-05'],
    seen: 'WHERE position < cursor ORDER BY position LIMIT n.',
    override: (base) => ({
      take(call, rows, candidates) {
        const page = base.take(call, rows, candidates)
        return call.query.cursor?.side === 'before'
          ? { ...page, entries: rows.slice(0, call.query.limit) }
          : page
      },
    }),
  },
  {
    name: 'before-page-reversed',
    sentence: 'A page with `before_id` is in the reverse of the requested order.',
    violates: ['PAG-04'],
    alsoAffects: ['ORD-01', 'PAG-06', 'FLT-05'],
    seen: 'A descending query whose rows are not reversed.',
    override: (base) => ({
      take(call, rows, candidates) {
        const page = base.take(call, rows, candidates)
        return call.query.cursor?.side === 'before' ? { ...page, entries: page.entries.toReversed() } : page
      },
    }),
  },
  {
    name: 'cursors-always-ascending',
    sentence: 'With `order=desc`, `after_id` still returns later events.',
    violates: ['PAG-03', 'PAG-04'],
    alsoAffects: ['PAG-02', 'PAG-05', 'PAG-06', 'PAG-07', 'ORD-03', 'FLT-05'],
    override: beyond((sequence, at, { query }, right) => {
      if (query.order === 'asc') return right
      return query.cursor?.side === 'after' ? sequence.slice(0, at) : sequence.slice(at + 1)
    }),
  },
  {
    name: 'keyset-repeats-ties',
    sentence: 'Cursors compare `created_at` with >=, so events with equal timestamps are repeated.',
    violates: ['PAG-03', 'PAG-04'],
    alsoAffects: ['PAG-02', 'PAG-05', 'PAG-06', 'PAG-07', 'ORD-03', 'FLT-05'],
    seen: 'Keyset pagination with an inclusive comparison.',
    override: (base) => ({
      beyondCursor(call, sequence) {
        const { cursor, order } = call.query
        const mark = sequence.find(({ event }) => event.id === cursor?.id)
        if (cursor === undefined || mark === undefined) return base.beyondCursor(call, sequence)
        const sign = (cursor.side === 'after') === (order === 'asc') ? 1 : -1
        return sequence.filter((entry) => sign * base.compare(entry, mark) >= 0)
      },
    }),
  },
  {
    name: 'keyset-ties-by-id',
    sentence:
      'Cursors compare (timestamp, id), but events with equal timestamps are listed in insertion order.',
    violates: ['PAG-03', 'PAG-04'],
    alsoAffects: ['PAG-05', 'PAG-06', 'ORD-03'],
    seen: '(created_at, id) > (?, ?) with ORDER BY created_at.',
    override: (base) => ({
      beyondCursor(call, sequence) {
        const { cursor, order } = call.query
        const mark = sequence.find(({ event }) => event.id === cursor?.id)
        if (cursor === undefined || mark === undefined) return base.beyondCursor(call, sequence)
        const sign = (cursor.side === 'after') === (order === 'asc') ? 1 : -1
        const pair = (a: Entry, b: Entry) =>
          base.compare(a, b) || (a.event.id < b.event.id ? -1 : a.event.id > b.event.id ? 1 : 0)
        return sequence.filter((entry) => sign * pair(entry, mark) > 0)
      },
    }),
  },
  {
    name: 'keyset-in-milliseconds',
    sentence: 'The cursor’s time is truncated to milliseconds before it is compared.',
    violates: ['PAG-03'],
    alsoAffects: ['PAG-05', 'ORD-03'],
    seen: 'A cursor that passes through JavaScript’s Date.',
    override: (base) => ({
      beyondCursor(call, sequence) {
        const { cursor, order } = call.query
        const mark = sequence.find(({ event }) => event.id === cursor?.id)
        if (cursor?.side !== 'after' || mark === undefined) return base.beyondCursor(call, sequence)
        const time = (entry: Entry) => Date.parse(entry.event.created_at)
        const sign = order === 'asc' ? 1 : -1
        return sequence.filter((entry) => sign * (time(entry) - time(mark)) > 0)
      },
    }),
  },
  {
    name: 'cursor-compared-as-id',
    sentence: 'The page contains the events with a greater id than the cursor, as if ids grew with time.',
    violates: ['PAG-03', 'PAG-04'],
    alsoAffects: ['PAG-02', 'PAG-05', 'PAG-06', 'PAG-07', 'ORD-03', 'FLT-05'],
    seen: 'WHERE id > ? with random ids.',
    override: (base) => ({
      beyondCursor(call, sequence) {
        const { cursor } = call.query
        if (cursor === undefined) return sequence
        const right = base.beyondCursor(call, sequence)
        if (!Array.isArray(right)) return right
        return sequence.filter(({ event }) =>
          cursor.side === 'after' ? event.id > cursor.id : event.id < cursor.id,
        )
      },
    }),
  },
  {
    name: 'cursor-by-prefix',
    sentence: 'A cursor finds the first event whose id starts with it.',
    violates: ['PAG-14', 'PAG-03'],
    alsoAffects: ['PAG-05', 'PAG-11'],
    override: (base) => ({
      locate: (call, entries, id) =>
        call.stream === true
          ? base.locate(call, entries, id)
          : entries.findIndex(({ event }) => event.id.startsWith(id)),
    }),
  },
  {
    name: 'last-page-lost-behind-a-cursor',
    sentence: 'A page with a cursor never includes the last event of the thread.',
    violates: ['PAG-03'],
    alsoAffects: ['PAG-02', 'PAG-05', 'ORD-03', 'ENV-05'],
    seen: 'An exclusive upper bound taken from the maximum.',
    override: beyond((sequence, _at, { query }, right) =>
      query.cursor?.side === 'after' ? right.filter((entry) => entry !== sequence.at(-1)) : right,
    ),
  },
  {
    name: 'unknown-cursor-ignored',
    sentence: 'A cursor that is not an event is ignored.',
    violates: ['PAG-11', 'PAG-14'],
    override: unknown((_call, sequence) => sequence),
  },
  {
    name: 'unknown-before-id-ignored',
    sentence: 'An unknown `before_id` returns the first page.',
    violates: ['PAG-11', 'PAG-14'],
    override: unknown(({ query }, sequence) =>
      query.cursor?.side === 'before' ? sequence.slice(0, query.limit) : [],
    ),
  },
  {
    name: 'unknown-cursor-empty',
    sentence: 'A cursor that is not an event returns an empty page.',
    violates: ['PAG-14'],
    override: unknown(() => []),
  },
  {
    name: 'both-cursors-one-wins',
    sentence: 'With both cursors, `after_id` is used and `before_id` ignored.',
    violates: ['PAG-08'],
    override: (base) => ({
      readCursor: (after, before) => base.readCursor(after, after.length > 0 ? [] : before),
    }),
  },
  {
    name: 'both-cursors-a-range',
    sentence: 'Both cursors together return the range between them.',
    violates: ['PAG-08'],
    override: (base) => ({
      readCursor: (after, before) =>
        base.readCursor(after.length > 0 && before.length > 0 ? [] : after, before),
    }),
  },
  {
    name: 'both-cursors-are-a-conflict',
    sentence: 'Both cursors together return 409.',
    violates: ['PAG-08'],
    override: (base) => ({
      readCursor(after, before) {
        const right = base.readCursor(after, before)
        return right !== undefined && 'denied' in right
          ? { ...right, status: 409, type: 'conflict_error' }
          : right
      },
    }),
  },
]
