import type { Fault } from '../fault.ts'
import { listed, text } from '../overrides/events.ts'
import { envelope } from '../overrides/pages.ts'

export const listBodyFaults: readonly Fault[] = [
  {
    name: 'bare-array',
    sentence: 'The body is the array of events, without an envelope.',
    violates: ['ENV-01'],
    override: () => ({
      envelope: (call, page) => page.entries.map(({ event }) => call.behaviour.present(call, event)),
    }),
  },
  {
    name: 'items-instead-of-data',
    sentence: 'The events are in `items` instead of `data`.',
    violates: ['ENV-01'],
    override: envelope(({ data, ...rest }) => ({ items: data ?? [], ...rest })),
  },
  {
    name: 'first-id-missing',
    sentence: 'The envelope has no `first_id`.',
    violates: ['ENV-01'],
    alsoAffects: ['ENV-03', 'ENV-04', 'PAG-06'],
    override: envelope(({ first_id: _, ...rest }) => rest),
  },
  {
    name: 'status-206-for-a-partial-list',
    sentence: 'A page that is not the last returns 206 Partial Content.',
    violates: ['ENV-01'],
    override: () => ({
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
    override: (base) => ({
      listHeaders: (call) => ({ ...base.listHeaders(call), 'content-type': 'text/plain' }),
    }),
  },
  {
    name: 'list-as-latin-1',
    sentence: 'The body is encoded in ISO 8859-1 but declared as UTF-8.',
    violates: ['ENV-02'],
    seen: "Buffer.from(json, 'latin1') or a framework's default charset.",
    override: () => ({ serialise: (_call, body) => Buffer.from(JSON.stringify(body), 'latin1') }),
  },
  {
    name: 'one-record-without-its-list',
    sentence: 'On a page of one event, `data` is that event instead of a list.',
    violates: ['ENV-01'],
    alsoAffects: ['PAG-02', 'PAG-03', 'PAG-04', 'PAG-05', 'PAG-06', 'FLT-05', 'FLT-01', 'FLT-02'],
    seen: 'Conversion from XML, which has no lists.',
    override: envelope((body) => {
      const [only, second] = Array.isArray(body.data) ? body.data : []
      return only === undefined || second !== undefined ? body : { ...body, data: only }
    }),
  },
  {
    name: 'filtered-data-encoded-twice',
    sentence: 'With a filter, `data` is a string that contains the JSON of the list.',
    violates: ['ENV-01'],
    alsoAffects: ['FLT-01', 'FLT-02', 'FLT-03', 'FLT-04', 'FLT-05', 'ENV-04'],
    seen: 'A JSON column of the database that is passed on as text.',
    override: envelope((body, { query }) =>
      query.types === undefined ? body : { ...body, data: JSON.stringify(body.data ?? []) },
    ),
  },
  {
    name: 'list-as-json-api',
    sentence: 'Lists are sent as application/vnd.api+json.',
    violates: ['ENV-02'],
    override: (base) => ({
      listHeaders: (call) => ({ ...base.listHeaders(call), 'content-type': 'application/vnd.api+json' }),
    }),
  },
  {
    name: 'large-pages-without-media-type',
    sentence: 'Pages of more than 64 kB have no Content-Type, because another writer sends them.',
    violates: ['ENV-02'],
    override: () => ({
      finish(call, reply) {
        if (call.query === undefined || reply.body.length < 65_536) return reply
        const { 'content-type': _, ...headers } = reply.headers
        return { ...reply, headers }
      },
    }),
  },
  {
    name: 'nan-for-null-under-before-id',
    sentence: 'With `before_id`, a missing `processed_at` is written as NaN.',
    violates: ['ENV-02'],
    alsoAffects: ['PAG-04', 'PAG-06', 'FLT-05'],
    seen: 'Data frames in Python, where missing values are NaN and json writes them so.',
    override: (base) => ({
      serialise(call, body) {
        const bytes = base.serialise(call, body)
        return call.query.cursor?.side === 'before'
          ? Buffer.from(Buffer.from(bytes).toString().replaceAll('"processed_at":null', '"processed_at":NaN'))
          : bytes
      },
    }),
  },
  {
    name: 'texts-cut-inside-a-character',
    sentence: 'Lists truncate strings to a number of bytes, possibly in the middle of a character.',
    violates: ['ENV-02', 'EVT-08'],
    seen: 'Buffers of a fixed number of bytes.',
    override: (base) => ({
      present: listed((event) =>
        text(event.content).length > 29
          ? { ...event, content: `${text(event.content).slice(0, 29)}\ue000` }
          : event,
      )(base).present,
      serialise: (call, body) =>
        Buffer.from(
          Buffer.from(base.serialise(call, body))
            .toString('latin1')
            .replace(/[\x80-\xbf]?\xee\x80\x80/g, ''),
          'latin1',
        ),
    }),
  },
]
