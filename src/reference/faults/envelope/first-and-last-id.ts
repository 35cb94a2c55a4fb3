import { isJsonObject } from '../../../contract/json.ts'
import { isDenial } from '../../behaviour/denial.ts'
import type { Fault } from '../fault.ts'
import { envelope } from '../overrides/pages.ts'

export const firstAndLastIdFaults: readonly Fault[] = [
  {
    name: 'first-and-last-exchanged',
    sentence: '`first_id` and `last_id` are swapped.',
    violates: ['ENV-03'],
    alsoAffects: ['PAG-05', 'PAG-06', 'ORD-03', 'FLT-05'],
    override: envelope((body) => ({
      ...body,
      first_id: body.last_id ?? null,
      last_id: body.first_id ?? null,
    })),
  },
  {
    name: 'page-ends-of-whole-thread',
    sentence: '`first_id` and `last_id` are the first and last event of the thread instead of the page.',
    violates: ['ENV-03'],
    alsoAffects: ['PAG-05', 'PAG-06', 'ORD-03', 'FLT-05'],
    override: envelope((body, { thread }) => ({
      ...body,
      first_id: body.first_id === null ? null : (thread.sorted[0]?.event.id ?? null),
      last_id: body.last_id === null ? null : (thread.sorted.at(-1)?.event.id ?? null),
    })),
  },
  {
    name: 'last-id-of-the-probe-row',
    sentence: '`last_id` is the id of the row after the page, which was fetched only to compute `has_more`.',
    violates: ['ENV-03'],
    alsoAffects: ['PAG-05', 'ORD-03', 'FLT-05'],
    seen: 'Queries with limit + 1 that take the cursor before removing the extra row.',
    override: (base) => ({
      envelope(call, page) {
        const body = base.envelope(call, page)
        const sequence = call.behaviour
          .sequence(call)
          .filter(({ event }) => call.behaviour.matches(call, event))
        const at = sequence.findIndex(({ event }) => event.id === page.entries.at(-1)?.event.id)
        const next = sequence[at + 1]
        return isJsonObject(body) && page.hasMore && next !== undefined
          ? { ...body, last_id: next.event.id }
          : body
      },
    }),
  },
  {
    name: 'ends-by-id-order',
    sentence: '`first_id` and `last_id` are the smallest and the largest id of the page.',
    violates: ['ENV-03'],
    alsoAffects: ['PAG-05', 'PAG-06', 'ORD-03', 'FLT-05'],
    override: (base) => ({
      envelope(call, page) {
        const body = base.envelope(call, page)
        const ids = page.entries.map(({ event }) => event.id).sort()
        return isJsonObject(body) && ids.length > 0
          ? { ...body, first_id: ids[0] ?? null, last_id: ids.at(-1) ?? null }
          : body
      },
    }),
  },
  {
    name: 'ends-of-the-unfiltered-page',
    sentence: 'With a filter, both ids are those of the page before filtering.',
    violates: ['ENV-03', 'ENV-04'],
    alsoAffects: ['FLT-05'],
    override: (base) => ({
      envelope(call, page) {
        const body = base.envelope(call, page)
        const { types: _, ...query } = call.query
        const rows = call.behaviour.beyondCursor(call, call.behaviour.sequence(call))
        if (!isJsonObject(body) || isDenial(rows)) return body
        const { entries } = base.take({ ...call, query }, rows, rows)
        return { ...body, first_id: entries[0]?.event.id ?? null, last_id: entries.at(-1)?.event.id ?? null }
      },
    }),
  },
  {
    name: 'ends-in-order-of-time',
    sentence: 'With `order=desc`, `first_id` is the oldest event of the page, which is its last one.',
    violates: ['ENV-03'],
    alsoAffects: ['PAG-05', 'PAG-06', 'ORD-03'],
    override: envelope((body, { query }) =>
      query.order === 'desc'
        ? { ...body, first_id: body.last_id ?? null, last_id: body.first_id ?? null }
        : body,
    ),
  },
  {
    name: 'last-id-lags-on-the-largest-page',
    sentence: 'On a page of 100 `last_id` is the id of the 99th event.',
    violates: ['ENV-03'],
    alsoAffects: ['PAG-05', 'ORD-03'],
    override: envelope((body, _call, { entries }) =>
      entries.length === 100 ? { ...body, last_id: entries[98]?.event.id ?? null } : body,
    ),
  },
  {
    name: 'no-last-id-for-one-record',
    sentence: 'On a page of one event only `first_id` is set.',
    violates: ['ENV-03'],
    alsoAffects: ['PAG-05'],
    override: envelope((body, _call, { entries }) =>
      entries.length === 1 ? { ...body, last_id: null } : body,
    ),
  },
  {
    name: 'first-id-is-the-cursor',
    sentence: 'With `before_id`, `first_id` repeats the cursor.',
    violates: ['ENV-03'],
    alsoAffects: ['PAG-06'],
    override: envelope((body, { query }) =>
      query.cursor?.side === 'before' && body.first_id !== null
        ? { ...body, first_id: query.cursor.id }
        : body,
    ),
  },
  {
    name: 'ends-as-row-numbers',
    sentence: '`first_id` and `last_id` are row numbers of the table.',
    violates: ['ENV-03'],
    alsoAffects: ['ENV-01', 'PAG-05', 'PAG-06', 'ORD-03', 'FLT-05'],
    override: envelope((body, _call, { entries }) => ({
      ...body,
      first_id: entries[0]?.position ?? null,
      last_id: entries.at(-1)?.position ?? null,
    })),
  },
]
