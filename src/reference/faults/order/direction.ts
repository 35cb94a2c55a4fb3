import type { ThreadRequestContext } from '../../request-context.ts'
import type { Fault } from '../fault.ts'
import { byText, sequence } from '../overrides/pages.ts'

const explicitAsc = ({ request }: ThreadRequestContext) => /(^|&)order=asc/.test(request.query)

export const directionFaults: readonly Fault[] = [
  {
    name: 'explicit-asc-sorts-by-id',
    sentence: '`order=asc` sorts by id, unlike the default.',
    violates: ['ORD-02'],
    alsoAffects: ['ORD-01', 'PAG-03', 'PAG-04', 'PAG-05', 'FLT-02', 'FLT-05'],
    override: (base) => ({
      sequence: (call) =>
        explicitAsc(call)
          ? call.thread.sorted.toSorted((a, b) => byText(a.event.id, b.event.id))
          : base.sequence(call),
    }),
  },
  {
    name: 'order-asc-means-newest-first',
    sentence: '`order=asc` returns the newest events first.',
    violates: ['ORD-02'],
    alsoAffects: ['ORD-01', 'PAG-03', 'PAG-04', 'PAG-05', 'FLT-02', 'FLT-05'],
    override: (base) => ({
      sequence: (call) => (explicitAsc(call) ? call.thread.sorted.toReversed() : base.sequence(call)),
    }),
  },
  {
    name: 'newest-first-by-default',
    sentence: 'Lists are newest first unless the request has `order=asc`.',
    violates: ['ORD-01'],
    alsoAffects: ['ORD-02'],
    seen: 'Feeds and audit logs, where the newest entries matter most.',
    override: (base) => ({
      sequence: (call) => (explicitAsc(call) ? base.sequence(call) : call.thread.sorted.toReversed()),
    }),
  },
  {
    name: 'desc-ignored',
    sentence: '`order=desc` is ignored.',
    violates: ['ORD-03'],
    alsoAffects: [
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
    override: () => ({ sequence: (call) => call.thread.sorted }),
  },
  {
    name: 'desc-reverses-each-page-only',
    sentence: '`order=desc` reverses each page of the ascending list instead of the whole thread.',
    violates: ['ORD-03'],
    alsoAffects: ['PAG-02', 'PAG-03', 'PAG-04', 'PAG-05', 'PAG-06', 'PAG-07', 'FLT-01', 'FLT-03', 'FLT-05'],
    seen: 'rows.reverse() after the query.',
    override: (base) => ({
      sequence: (call) => call.thread.sorted,
      take(call, rows, candidates) {
        const page = base.take(call, rows, candidates)
        return call.query.order === 'desc' ? { ...page, entries: page.entries.toReversed() } : page
      },
    }),
  },
  {
    name: 'desc-keeps-ties-ascending',
    sentence: 'With `order=desc`, events with equal timestamps stay in ascending order.',
    violates: ['ORD-03'],
    alsoAffects: ['PAG-03', 'PAG-04', 'PAG-05', 'PAG-06', 'FLT-01', 'FLT-02', 'FLT-05'],
    seen: 'ORDER BY created_at DESC, id ASC.',
    override: (base) => ({
      sequence: (call) =>
        call.query.order === 'desc'
          ? call.thread.sorted.toSorted((a, b) => -base.compare(a, b))
          : call.thread.sorted,
    }),
  },
  {
    name: 'explicit-asc-lags-behind',
    sentence: '`order=asc` reads a replica without the newest event.',
    violates: ['ORD-02'],
    alsoAffects: ['PAG-03', 'PAG-05', 'FLT-05', 'PAG-04', 'ENV-01'],
    override: sequence((right, call) => (explicitAsc(call) ? right.slice(0, -1) : right)),
  },
  {
    name: 'explicit-asc-has-pages-of-ten',
    sentence: 'With `order=asc` and no limit, a page has 10 events.',
    violates: ['ORD-02'],
    alsoAffects: ['PAG-01'],
    override: (base) => ({
      take(call, rows, candidates) {
        const short = explicitAsc(call) && !call.request.query.includes('limit=')
        return base.take(short ? { ...call, query: { ...call.query, limit: 10 } } : call, rows, candidates)
      },
    }),
  },
  {
    name: 'explicit-asc-reverses-filtered-lists',
    sentence: 'With a filter, `order=asc` is newest first.',
    violates: ['ORD-02'],
    alsoAffects: ['ORD-01', 'FLT-02', 'FLT-05'],
    override: sequence((right, call) =>
      explicitAsc(call) && call.query.types !== undefined ? right.toReversed() : right,
    ),
  },
  {
    name: 'desc-without-the-oldest',
    sentence: '`order=desc` never returns the oldest event.',
    violates: ['ORD-03'],
    alsoAffects: ['PAG-03', 'PAG-05', 'PAG-06', 'PAG-07', 'PAG-04', 'FLT-02', 'FLT-05', 'ENV-01', 'ENV-05'],
    override: sequence((right, { query }) => (query.order === 'desc' ? right.slice(0, -1) : right)),
  },
  {
    name: 'desc-in-blocks-of-a-hundred',
    sentence: '`order=desc` reverses blocks of 100 events, oldest block first.',
    violates: ['ORD-03'],
    alsoAffects: [
      'ORD-01',
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'PAG-07',
      'FLT-01',
      'FLT-02',
      'FLT-05',
      'PAG-02',
      'FLT-03',
      'ENV-05',
    ],
    seen: 'Stores that keep events in chunks.',
    override: sequence((right, { query, thread }) =>
      query.order === 'desc'
        ? [0, 100, 200].flatMap((from) => thread.sorted.slice(from, from + 100).toReversed())
        : right,
    ),
  },
  {
    name: 'desc-orders-ties-by-id',
    sentence: 'With `order=desc`, events with equal timestamps are sorted by id.',
    violates: ['ORD-03'],
    alsoAffects: ['PAG-03', 'PAG-04', 'PAG-05', 'PAG-06', 'FLT-01', 'FLT-02', 'FLT-05'],
    seen: 'ORDER BY created_at DESC, id DESC beside ORDER BY created_at.',
    override: sequence((right, { query }, base) =>
      query.order === 'desc'
        ? right.toSorted((a, b) => base.compare(b, a) || byText(b.event.id, a.event.id))
        : right,
    ),
  },
  {
    name: 'desc-by-text-of-the-timestamp',
    sentence: '`order=desc` sorts by the text of `created_at`.',
    violates: ['ORD-03'],
    alsoAffects: [
      'ORD-01',
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'PAG-07',
      'FLT-01',
      'FLT-02',
      'FLT-05',
      'FLT-03',
      'ENV-05',
    ],
    override: sequence((right, { query }) =>
      query.order === 'desc'
        ? right.toSorted((a, b) => byText(b.event.created_at, a.event.created_at))
        : right,
    ),
  },
]
