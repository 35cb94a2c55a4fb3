import type { Fault } from '../fault.ts'
import { envelope, flag } from '../overrides/pages.ts'

export const hasMoreFaults: readonly Fault[] = [
  {
    name: 'has-more-as-text',
    sentence: '`has_more` is the string "true" or "false".',
    violates: ['ENV-05'],
    alsoAffects: ['ENV-01', 'PAG-05', 'PAG-06', 'PAG-07', 'ORD-03', 'FLT-05'],
    override: envelope((body) => ({ ...body, has_more: String(body.has_more) })),
  },
  {
    name: 'has-more-when-the-page-is-full',
    sentence: '`has_more` is true whenever the page is full, even if it ends with the last event.',
    violates: ['ENV-05'],
    alsoAffects: ['FLT-05'],
    seen: 'has_more = rows.length === limit.',
    override: flag((_right, records, { query }) => records === query.limit),
  },
  {
    name: 'has-more-never',
    sentence: '`has_more` is always false.',
    violates: ['ENV-05'],
    alsoAffects: ['FLT-05', 'PAG-05', 'PAG-06', 'ORD-03'],
    override: flag(() => false),
  },
  {
    name: 'has-more-false-one-early',
    sentence: '`has_more` is false when exactly one event is left.',
    violates: ['ENV-05'],
    alsoAffects: ['PAG-05', 'PAG-06', 'FLT-05'],
    seen: 'An off-by-one in a count comparison.',
    override: flag((_right, records, _call, matching) => matching > records + 1),
  },
  {
    name: 'has-more-forward-under-before-id',
    sentence: 'With `before_id`, `has_more` says whether events follow the page instead of precede it.',
    violates: ['ENV-05'],
    alsoAffects: ['PAG-07', 'FLT-05'],
    override: flag((right, _records, { query }) => (query.cursor?.side === 'before' ? true : right)),
  },
  {
    name: 'has-more-wrong-at-limit-100',
    sentence:
      '`has_more` is false with limit 100, because the extra row is not fetched beyond the largest limit.',
    violates: ['ENV-05'],
    alsoAffects: ['PAG-05', 'PAG-06', 'ORD-03'],
    override: flag((right, _records, { query }) => (query.limit === 100 ? false : right)),
  },
  {
    name: 'has-more-wrong-under-desc',
    sentence: 'With `order=desc`, `has_more` is still true on the last page.',
    violates: ['ENV-05'],
    alsoAffects: ['PAG-07', 'FLT-05'],
    override: flag((right, _records, { query }) => query.order === 'desc' || right),
  },
  {
    name: 'has-more-on-an-empty-page',
    sentence: '`has_more` is true on an empty page at the end.',
    violates: ['ENV-05'],
    alsoAffects: ['PAG-07', 'FLT-05'],
    override: flag((right, records) => right || records === 0),
  },
  {
    name: 'has-more-as-number',
    sentence: '`has_more` is 1 or 0.',
    violates: ['ENV-05'],
    alsoAffects: ['ENV-01', 'PAG-05', 'PAG-06', 'PAG-07', 'ORD-03', 'FLT-05'],
    seen: 'Databases without a boolean type.',
    override: envelope((body) => ({ ...body, has_more: Number(body.has_more) })),
  },
  {
    name: 'has-more-left-out-when-false',
    sentence: '`has_more` is omitted when it is false.',
    violates: ['ENV-01'],
    alsoAffects: ['ENV-05', 'PAG-07', 'FLT-05'],
    seen: 'Go’s omitempty, and the JSON form of proto3.',
    override: envelope(({ has_more, ...rest }) => (has_more === true ? { ...rest, has_more } : rest)),
  },
  {
    name: 'has-more-from-thread-size',
    sentence: '`has_more` compares the limit with the number of events in the whole thread.',
    violates: ['ENV-05'],
    alsoAffects: ['PAG-07', 'FLT-05'],
    override: flag((_right, _records, { query, thread }) => thread.sorted.length > query.limit),
  },
  {
    name: 'has-more-for-whole-pages-only',
    sentence: '`has_more` is false if the remaining events do not fill a page.',
    violates: ['ENV-05'],
    alsoAffects: ['PAG-05', 'PAG-06', 'ORD-03', 'FLT-05'],
    seen: 'Math.floor(total / limit) pages.',
    override: flag((_right, records, { query }, matching) => matching - records >= query.limit),
  },
  {
    name: 'has-more-always-at-limit-1',
    sentence: 'At limit 1 `has_more` is always true.',
    violates: ['ENV-05'],
    alsoAffects: ['PAG-07'],
    override: flag((right, _records, { query }) => right || query.limit === 1),
  },
  {
    name: 'has-more-never-under-before-id',
    sentence: 'With `before_id`, `has_more` is always false.',
    violates: ['ENV-05'],
    alsoAffects: ['PAG-06', 'FLT-05'],
    override: flag((right, _records, { query }) => right && query.cursor?.side !== 'before'),
  },
  {
    name: 'has-more-reversed-under-desc-and-before-id',
    sentence: 'With `before_id` and `order=desc`, `has_more` refers to the events after the page.',
    violates: ['ENV-05'],
    alsoAffects: ['PAG-07', 'FLT-05'],
    override: flag((right, _records, { query }) =>
      query.order === 'desc' && query.cursor?.side === 'before' ? true : right,
    ),
  },
  {
    name: 'has-more-never-with-a-filter',
    sentence: 'With a filter `has_more` is always false.',
    violates: ['ENV-05'],
    alsoAffects: ['FLT-05'],
    override: flag((right, _records, { query }) => right && query.types === undefined),
  },
  {
    name: 'has-more-by-later-times',
    sentence: '`has_more` is true only if an event with another timestamp than the last one remains.',
    world: 'equal-timestamps',
    violates: ['ENV-05'],
    alsoAffects: ['PAG-05', 'PAG-06', 'ORD-03', 'FLT-05'],
    override: (base) => ({
      take(call, rows, candidates) {
        const page = base.take(call, rows, candidates)
        const rest = rows.filter((row) => !page.entries.includes(row))
        return { ...page, hasMore: rest.some(({ key }) => key !== page.entries.at(-1)?.key) }
      },
    }),
  },
  {
    name: 'has-more-when-a-default-page-is-full',
    sentence: 'Without `limit`, `has_more` is true on every page of 20.',
    world: 'twenty-events',
    violates: ['ENV-05'],
    override: flag(
      (right, records, { request }) => right || (records === 20 && !request.query.includes('limit=')),
    ),
  },
  {
    name: 'has-more-when-the-largest-page-is-full',
    sentence: '`has_more` is true on every page of 100, even if it ends with the last event.',
    world: 'hundred-events',
    violates: ['ENV-05'],
    override: flag((right, records) => right || records === 100),
  },
  {
    name: 'has-more-from-a-lagging-replica',
    sentence: 'One request in twenty computes `has_more` on a replica without the newest events.',
    violates: ['ENV-05'],
    alsoAffects: ['PAG-05', 'PAG-06', 'PAG-07', 'PAG-12', 'ORD-03', 'FLT-05', 'INP-03'],
    sometimes: true,
    override: flag((right, _records, { number }) => right && number % 20 !== 0),
  },
]
