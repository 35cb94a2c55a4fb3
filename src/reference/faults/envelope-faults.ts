import { isJsonObject, type JsonObject } from '../../contract/json.ts'
import type { Behaviour } from '../behaviour.ts'
import type { ThreadCall } from '../call.ts'
import type { Fault } from './fault.ts'

/** Changes the finished envelope; `data` stays in it. */
function envelope(change: (body: JsonObject, call: ThreadCall) => JsonObject) {
  return (base: Behaviour): Partial<Behaviour> => ({
    envelope(call, page) {
      const body = base.envelope(call, page)
      return isJsonObject(body) ? change(body, call) : body
    },
  })
}

/** Changes what `has_more` says, given what is right and the number of records. */
function flag(change: (right: boolean, records: number, call: ThreadCall, matching: number) => boolean) {
  return (base: Behaviour): Partial<Behaviour> => ({
    take(call, rows, candidates) {
      const page = base.take(call, rows, candidates)
      return { ...page, hasMore: change(page.hasMore, page.entries.length, call, rows.length) }
    },
  })
}

export const envelopeFaults: readonly Fault[] = [
  {
    name: 'bare-array',
    sentence: 'The body is the array of events, without an envelope.',
    violates: ['ENV-01'],
    alter: () => ({
      envelope: (call, page) => page.entries.map(({ event }) => call.behaviour.present(call, event)),
    }),
  },
  {
    name: 'items-instead-of-data',
    sentence: 'The records are under `items` instead of `data`.',
    violates: ['ENV-01'],
    alter: envelope(({ data, ...rest }) => ({ items: data ?? [], ...rest })),
  },
  {
    name: 'first-id-missing',
    sentence: 'The envelope has no `first_id`.',
    violates: ['ENV-01', 'ENV-03', 'ENV-04', 'PAG-06'],
    alter: envelope(({ first_id: _, ...rest }) => rest),
  },
  {
    name: 'status-206-for-a-partial-list',
    sentence: 'A page that is not the last is answered 206 Partial Content.',
    violates: ['ENV-01'],
    alter: () => ({
      finish: (call, reply) =>
        call.query !== undefined &&
        reply.status === 200 &&
        Buffer.from(reply.body).includes('"has_more":true')
          ? { ...reply, status: 206 }
          : reply,
    }),
  },
  {
    name: 'list-as-text-plain',
    sentence: 'Lists are sent as text/plain.',
    violates: ['ENV-02'],
    alter: (base) => ({
      listHeaders: (call) => ({ ...base.listHeaders(call), 'content-type': 'text/plain' }),
    }),
  },
  {
    name: 'list-as-latin-1',
    sentence: 'The body is written in ISO 8859-1 though it is called UTF-8.',
    violates: ['ENV-02'],
    seen: "Buffer.from(json, 'latin1') or a framework's default charset.",
    alter: () => ({ serialise: (_call, body) => Buffer.from(JSON.stringify(body), 'latin1') }),
  },
  {
    name: 'empty-list-as-nothing',
    sentence: 'An empty page is answered with an empty body.',
    violates: ['ENV-02', 'PAG-03', 'PAG-04', 'PAG-07', 'FLT-01', 'FLT-04', 'FLT-05'],
    alter: (base) => ({
      async list(call) {
        const reply = await base.list(call)
        return 'body' in reply && Buffer.from(reply.body).includes('"data":[]')
          ? { ...reply, body: new Uint8Array() }
          : reply
      },
    }),
  },
  {
    name: 'first-and-last-exchanged',
    sentence: '`first_id` holds the id of the last record, and the other way round.',
    violates: ['ENV-03', 'PAG-05', 'PAG-06', 'ORD-03', 'FLT-05'],
    alter: envelope((body) => ({ ...body, first_id: body.last_id ?? null, last_id: body.first_id ?? null })),
  },
  {
    name: 'ends-of-the-whole-thread',
    sentence: '`first_id` and `last_id` name the first and last record of the thread instead of the page.',
    violates: ['ENV-03', 'PAG-05', 'PAG-06', 'ORD-03', 'FLT-05'],
    alter: envelope((body, { thread }) => ({
      ...body,
      first_id: body.first_id === null ? null : (thread.sorted[0]?.event.id ?? null),
      last_id: body.last_id === null ? null : (thread.sorted.at(-1)?.event.id ?? null),
    })),
  },
  {
    name: 'last-id-of-the-probe-row',
    sentence:
      '`last_id` is the id of the row beyond the page, which was fetched only to know whether there is more.',
    violates: ['ENV-03', 'PAG-05', 'ORD-03', 'FLT-05'],
    seen: 'limit + 1 queries that take the cursor before they cut the extra row.',
    alter: (base) => ({
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
    violates: ['ENV-03', 'PAG-05', 'PAG-06', 'ORD-03', 'FLT-05'],
    alter: (base) => ({
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
    name: 'empty-ids-as-empty-text',
    sentence: 'On an empty page both ids are the empty text.',
    violates: ['ENV-04'],
    alter: envelope((body) => ({ ...body, first_id: body.first_id ?? '', last_id: body.last_id ?? '' })),
  },
  {
    name: 'empty-page-keeps-the-cursor',
    sentence: 'On an empty page `first_id` and `last_id` repeat the cursor of the request.',
    violates: ['ENV-04'],
    alter: envelope((body, { query }) =>
      body.first_id === null && query.cursor !== undefined
        ? { ...body, first_id: query.cursor.id, last_id: query.cursor.id }
        : body,
    ),
  },
  {
    name: 'empty-ids-left-out',
    sentence: 'On an empty page `first_id` and `last_id` are left out, as a serialiser does with nulls.',
    violates: ['ENV-04', 'ENV-01'],
    seen: 'Serialisers set to omit null fields.',
    alter: envelope((body) => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))),
  },
  {
    name: 'has-more-as-text',
    sentence: '`has_more` is the text "true" or "false".',
    violates: ['ENV-05', 'ENV-01', 'PAG-05', 'PAG-06', 'PAG-07', 'ORD-03', 'FLT-05'],
    alter: envelope((body) => ({ ...body, has_more: String(body.has_more) })),
  },
  {
    name: 'has-more-when-the-page-is-full',
    sentence: '`has_more` is true whenever the page is full, even when it ends on the last record.',
    violates: ['ENV-05', 'FLT-05'],
    seen: 'has_more = rows.length === limit.',
    alter: flag((_right, records, { query }) => records === query.limit),
  },
  {
    name: 'has-more-never',
    sentence: '`has_more` is always false.',
    violates: ['ENV-05', 'FLT-05', 'PAG-05', 'PAG-06', 'ORD-03'],
    alter: flag(() => false),
  },
  {
    name: 'has-more-false-one-early',
    sentence: '`has_more` is false when exactly one record is left.',
    violates: ['ENV-05', 'PAG-05', 'PAG-06', 'FLT-05'],
    seen: 'An off-by-one in a count comparison.',
    alter: flag((_right, records, _call, matching) => matching > records + 1),
  },
  {
    name: 'has-more-forward-under-before-id',
    sentence: 'Under `before_id`, `has_more` says whether records follow the page instead of precede it.',
    violates: ['ENV-05', 'PAG-07', 'FLT-05'],
    alter: flag((right, _records, { query }) => (query.cursor?.side === 'before' ? true : right)),
  },
  {
    name: 'has-more-wrong-at-limit-100',
    sentence:
      '`has_more` is false at limit 100, since the extra row is not fetched beyond the largest limit.',
    violates: ['ENV-05', 'PAG-05', 'PAG-06', 'ORD-03'],
    alter: flag((right, _records, { query }) => (query.limit === 100 ? false : right)),
  },
  {
    name: 'has-more-wrong-under-desc',
    sentence: 'Under `order=desc` the last page still says that there is more.',
    violates: ['ENV-05', 'PAG-07', 'FLT-05'],
    alter: flag((right, _records, { query }) => query.order === 'desc' || right),
  },
  {
    name: 'has-more-on-an-empty-page',
    sentence: 'An empty page at the end says that there is more.',
    violates: ['ENV-05', 'PAG-07', 'FLT-05'],
    alter: flag((right, records) => right || records === 0),
  },
]
