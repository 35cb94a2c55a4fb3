import type { Behaviour } from '../behaviour.ts'
import type { Entry } from '../store/entry.ts'
import type { Fault } from './fault.ts'

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Sorts a thread by something else than time. */
function sorted(compare: (a: Entry, b: Entry) => number) {
  return (): Partial<Behaviour> => ({ compare })
}

export const orderFaults: readonly Fault[] = [
  {
    name: 'timestamps-compared-as-text',
    sentence: 'Events are sorted by the text of `created_at`, so that zones and digits decide.',
    violates: ['ORD-01'],
    seen: 'Timestamps kept in a text column.',
    alter: sorted((a, b) => byText(a.event.created_at, b.event.created_at)),
  },
  {
    name: 'sorted-by-milliseconds',
    sentence: 'Events of one millisecond are in the order of arrival, whatever their nanoseconds say.',
    violates: ['ORD-01'],
    seen: 'JavaScript’s Date, and columns of TIMESTAMP(3).',
    alter: sorted((a, b) => Date.parse(a.event.created_at) - Date.parse(b.event.created_at)),
  },
  {
    name: 'zones-ignored',
    sentence: 'The offset of a timestamp is dropped before sorting.',
    violates: ['ORD-01'],
    alter: sorted((a, b) => byText(a.event.created_at.slice(0, 19), b.event.created_at.slice(0, 19))),
  },
  {
    name: 'sorted-by-id',
    sentence: 'Events are sorted by id, as if ids grew with time.',
    violates: ['ORD-01'],
    alter: sorted((a, b) => byText(a.event.id, b.event.id)),
  },
  {
    name: 'sorted-by-arrival',
    sentence: 'Events come in the order of insertion.',
    violates: ['ORD-01'],
    alter: sorted(() => 0),
  },
  {
    name: 'sorted-by-processing-time',
    sentence: 'Events are sorted by `processed_at`.',
    violates: ['ORD-01'],
    alter: sorted((a, b) => byText(String(a.event.processed_at ?? ''), String(b.event.processed_at ?? ''))),
  },
  {
    name: 'filtered-list-grouped-by-type',
    sentence: 'A filter of several types gives them one type after the other.',
    violates: ['FLT-02', 'FLT-03', 'FLT-05', 'ORD-01'],
    seen: 'One query a type, concatenated.',
    alter: (base) => ({
      window(call) {
        const { types } = call.query
        if (types === undefined || types.length < 2) return base.window(call)
        const rank = (entry: Entry) => types.indexOf(entry.event.type)
        const grouped = call.behaviour.sequence(call).toSorted((a, b) => rank(a) - rank(b))
        return base.window({ ...call, behaviour: { ...call.behaviour, sequence: () => grouped } })
      },
    }),
  },
  {
    name: 'explicit-asc-sorts-by-id',
    sentence: '`order=asc` takes another path than the default, which sorts by id.',
    violates: ['ORD-02', 'ORD-01', 'PAG-03', 'PAG-04', 'PAG-05', 'FLT-02', 'FLT-05'],
    alter: (base) => ({
      sequence: (call) =>
        /(^|&)order=asc/.test(call.request.query)
          ? call.thread.sorted.toSorted((a, b) => byText(a.event.id, b.event.id))
          : base.sequence(call),
    }),
  },
  {
    name: 'order-asc-means-newest-first',
    sentence: '`order=asc` is taken for the opposite direction.',
    violates: ['ORD-02', 'ORD-01', 'PAG-03', 'PAG-04', 'PAG-05', 'FLT-02', 'FLT-05'],
    alter: (base) => ({
      sequence: (call) =>
        /(^|&)order=asc/.test(call.request.query) ? call.thread.sorted.toReversed() : base.sequence(call),
    }),
  },
  {
    name: 'desc-ignored',
    sentence: '`order=desc` is ignored.',
    violates: [
      'ORD-03',
      'ORD-01',
      'PAG-02',
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'PAG-07',
      'FLT-01',
      'FLT-02',
      'FLT-03',
      'FLT-05',
    ],
    alter: () => ({ sequence: (call) => call.thread.sorted }),
  },
  {
    name: 'desc-turns-the-page-only',
    sentence: '`order=desc` turns each page of the ascending list round.',
    violates: [
      'ORD-03',
      'PAG-02',
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'PAG-07',
      'FLT-01',
      'FLT-02',
      'FLT-03',
      'FLT-05',
    ],
    seen: 'rows.reverse() after the query.',
    alter: (base) => ({
      sequence: (call) => call.thread.sorted,
      take(call, rows, candidates) {
        const page = base.take(call, rows, candidates)
        return call.query.order === 'desc' ? { ...page, entries: page.entries.toReversed() } : page
      },
    }),
  },
  {
    name: 'desc-keeps-ties-ascending',
    sentence: 'Under `order=desc` events of the same instant stay in ascending order.',
    violates: ['ORD-03', 'PAG-03', 'PAG-04', 'PAG-05', 'PAG-06', 'FLT-01', 'FLT-02', 'FLT-05'],
    seen: 'ORDER BY created_at DESC, id ASC.',
    alter: (base) => ({
      sequence: (call) =>
        call.query.order === 'desc'
          ? call.thread.sorted.toSorted((a, b) => -base.compare(a, b))
          : call.thread.sorted,
    }),
  },
  {
    name: 'ties-by-page-size',
    sentence: 'Events of the same instant come in another order on odd page sizes.',
    violates: ['ORD-04', 'PAG-03', 'PAG-04', 'PAG-05', 'PAG-06', 'FLT-05'],
    seen: 'A query planner that changes from index to sort with the limit.',
    alter: (base) => ({
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
    name: 'ties-by-turns',
    sentence: 'Every other request gives events of the same instant in the opposite order.',
    violates: [
      'ORD-04',
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
    seen: 'Two replicas with different physical order behind a balancer.',
    alter: (base) => ({
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
]
