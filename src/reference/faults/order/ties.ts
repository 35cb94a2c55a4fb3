import type { Entry } from '../../store/entry.ts'
import type { Fault } from '../fault.ts'
import { byText, inOrder, sequence } from '../overrides/pages.ts'

/** A number that means nothing, always the same for the same event and seed. */
function hash({ event }: Entry, seed: number): number {
  return [...event.id].reduce((sum, char) => (sum * 31 + char.charCodeAt(0) + seed) % 65_521, seed)
}

export const tiesFaults: readonly Fault[] = [
  {
    name: 'ties-by-page-size',
    sentence: 'With odd page sizes, events with equal timestamps are in another order.',
    violates: ['ORD-04'],
    alsoAffects: ['PAG-03', 'PAG-04', 'PAG-05', 'PAG-06', 'FLT-05'],
    seen: 'A query planner that changes from index to sort with the limit.',
    override: (base) => ({
      sequence(call) {
        const sequence = base.sequence(call)
        if (call.query.limit % 2 === 0) return sequence
        const place = new Map(sequence.map((entry, at) => [entry, at]))
        return sequence.toSorted((a, b) => {
          const time = base.compare(a, b) * (call.query.order === 'asc' ? 1 : -1)
          return time === 0 ? (place.get(b) ?? 0) - (place.get(a) ?? 0) : time
        })
      },
    }),
  },
  {
    name: 'ties-alternate-between-requests',
    sentence: 'Every other request returns events with equal timestamps in reverse order.',
    violates: ['ORD-04'],
    alsoAffects: [
      'ORD-02',
      'ORD-03',
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'PAG-07',
      'FLT-01',
      'FLT-02',
      'FLT-03',
      'FLT-05',
      'INP-02',
      'INP-03',
      'SSE-04',
      'SSE-05',
      'SSE-06',
    ],
    sometimes: true,
    seen: 'Two replicas with different physical order behind a load balancer.',
    override: (base) => ({
      sequence(call) {
        const sequence = base.sequence(call)
        if (call.number % 2 === 0) return sequence
        const place = new Map(sequence.map((entry, at) => [entry, at]))
        const sign = call.query.order === 'asc' ? 1 : -1
        return sequence.toSorted(
          (a, b) => sign * base.compare(a, b) || (place.get(b) ?? 0) - (place.get(a) ?? 0),
        )
      },
    }),
  },
  {
    name: 'ties-by-hash-of-the-limit',
    sentence: 'Events with equal timestamps are in the order of a hash table of limit-dependent size.',
    violates: ['ORD-04'],
    alsoAffects: [
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'FLT-05',
      'ORD-03',
      'FLT-01',
      'SSE-04',
      'SSE-05',
      'SSE-06',
    ],
    override: (base) => ({
      sequence: (call) =>
        inOrder(
          call,
          call.thread.sorted.toSorted(
            (a, b) => base.compare(a, b) || hash(a, call.query.limit) - hash(b, call.query.limit),
          ),
        ),
    }),
  },
  {
    name: 'ties-by-id-behind-a-cursor',
    sentence: 'With a cursor, events with equal timestamps are sorted by id, on a first page by insertion.',
    violates: ['ORD-04'],
    alsoAffects: [
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'FLT-05',
      'ORD-03',
      'FLT-01',
      'FLT-02',
      'FLT-03',
      'SSE-04',
      'SSE-05',
      'SSE-06',
    ],
    override: sequence((right, call, base) =>
      call.query.cursor === undefined
        ? right
        : inOrder(
            call,
            call.thread.sorted.toSorted((a, b) => base.compare(a, b) || byText(a.event.id, b.event.id)),
          ),
    ),
  },
  {
    name: 'ties-reversed-on-large-pages',
    sentence: 'On pages of more than 50, events with equal timestamps are reversed.',
    violates: ['ORD-04'],
    alsoAffects: [
      'ORD-03',
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'FLT-01',
      'FLT-05',
      'SSE-04',
      'SSE-05',
      'SSE-06',
    ],
    seen: 'A database that sorts large results differently.',
    override: sequence((right, call, base) =>
      call.query.limit <= 50
        ? right
        : inOrder(
            call,
            call.thread.sorted.toSorted((a, b) => base.compare(a, b) || b.position - a.position),
          ),
    ),
  },
]
