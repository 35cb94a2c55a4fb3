import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json.ts'
import type { Behaviour } from '../behaviour.ts'
import type { ThreadCall } from '../call.ts'
import type { Fault } from './fault.ts'

/** Changes an event as it is shown, in lists and streams alike. */
function shown(change: (event: JsonObject, call: ThreadCall) => JsonValue) {
  return (base: Behaviour): Partial<Behaviour> => ({
    present(call, event) {
      const value = base.present(call, event)
      return isJsonObject(value) ? change(value, call) : value
    },
  })
}

/** Changes an event in lists only. */
function listed(change: (event: JsonObject, call: ThreadCall) => JsonValue) {
  return shown((event, call) => (call.stream === true ? event : change(event, call)))
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

export const eventFaults: readonly Fault[] = [
  {
    name: 'event-without-type',
    sentence: 'Events of unknown types lose their `type`.',
    violates: ['EVT-01'],
    alter: shown(({ type, ...rest }) =>
      text(type) === 'agent.thread_message_sent' ? { type: text(type), ...rest } : rest,
    ),
  },
  {
    name: 'created-at-as-number',
    sentence: '`created_at` is the number of milliseconds since 1970.',
    violates: ['EVT-01', 'EVT-05'],
    alter: shown((event) => ({ ...event, created_at: Date.parse(text(event.created_at)) })),
  },
  {
    name: 'camel-case-fields',
    sentence: '`session_thread_id` is spelt `sessionThreadId`.',
    violates: ['EVT-01'],
    alter: shown(({ session_thread_id, ...rest }) => ({
      ...rest,
      sessionThreadId: session_thread_id ?? null,
    })),
  },
  {
    name: 'id-without-prefix',
    sentence: 'Ids are bare UUIDs, without `evt_`.',
    violates: ['EVT-02'],
    alter: (base) => ({
      sortKey: base.sortKey,
      present(call, event) {
        const value = base.present(call, event)
        return isJsonObject(value) ? { ...value, id: event.id.slice(4) } : value
      },
      locate: (_call, entries, id) => entries.findIndex(({ event }) => event.id.slice(4) === id),
      envelope(call, page) {
        const body = base.envelope(call, page)
        const cut = (id: JsonValue | undefined) => (typeof id === 'string' ? id.slice(4) : null)
        return isJsonObject(body)
          ? { ...body, first_id: cut(body.first_id), last_id: cut(body.last_id) }
          : body
      },
      frame: (call, entry) => base.frame(call, entry).replace(/^id: evt_/, 'id: '),
    }),
  },
  {
    name: 'two-events-share-an-id',
    sentence:
      'Two neighbouring events of the thread have one id, since it is made from the second of their creation.',
    violates: ['EVT-02', 'SSE-03'],
    alter: (base) => ({
      present(call, event) {
        const value = base.present(call, event)
        const at = call.thread.sorted.findIndex((entry) => entry.event.id === event.id)
        const before = call.thread.sorted[at - 1]
        return at === 40 && before !== undefined && isJsonObject(value)
          ? { ...value, id: before.event.id }
          : value
      },
    }),
  },
  {
    name: 'thread-label-of-the-coordinator',
    sentence: 'Events carry the id of the coordinator thread as `session_thread_id`.',
    violates: ['EVT-03', 'ISO-01', 'ISO-02', 'ISO-04'],
    alter: shown((event, { session }) => ({
      ...event,
      session_thread_id: [...session.threads.keys()].at(-1) ?? '',
    })),
  },
  {
    name: 'session-label-of-the-first-session',
    sentence: 'Every event carries the id of the tenant’s first session.',
    violates: ['EVT-04'],
    alter: shown((event) => ({ ...event, session_id: 'sess_00000000000000000000000000000000' })),
  },
  {
    name: 'session-label-wrong-for-one-type',
    sentence: 'Status events carry the id of the run as `session_id`.',
    violates: ['EVT-04'],
    alter: shown((event) =>
      event.type === 'session.thread_status_running'
        ? { ...event, session_id: 'sess_run_of_the_agent' }
        : event,
    ),
  },
  {
    name: 'created-at-without-zone',
    sentence: '`created_at` has no zone.',
    violates: ['EVT-05'],
    seen: 'Naive datetimes of an ORM.',
    alter: shown((event) => ({
      ...event,
      created_at: text(event.created_at).replace(/(Z|[+-]\d\d:\d\d)$/i, ''),
    })),
  },
  {
    name: 'processed-at-as-unix-text',
    sentence: '`processed_at` is a text of seconds since 1970.',
    violates: ['EVT-05'],
    alter: shown((event) =>
      typeof event.processed_at === 'string'
        ? { ...event, processed_at: `${Date.parse(event.processed_at) / 1000}` }
        : event,
    ),
  },
  {
    name: 'thirtieth-of-february',
    sentence: 'A date is put together from month and day without regard to the length of the month.',
    violates: ['EVT-05'],
    alter: shown((event) =>
      event.type === 'agent.thread_message_sent'
        ? { ...event, processed_at: '2026-02-30T08:00:00.000Z' }
        : event,
    ),
  },
  {
    name: 'direction-spelt-otherwise',
    sentence: '`direction` is `coordinatorToChild`.',
    violates: ['EVT-06'],
    alter: shown((event) =>
      event.direction === 'coordinator_to_child' ? { ...event, direction: 'coordinatorToChild' } : event,
    ),
  },
  {
    name: 'status-of-running-is-active',
    sentence: '`session.thread_status_running` has the status `active`.',
    violates: ['EVT-06'],
    alter: shown((event) =>
      event.type === 'session.thread_status_running' ? { ...event, status: 'active' } : event,
    ),
  },
  {
    name: 'recipient-missing-for-children',
    sentence: 'Messages from a child to its coordinator have no `to_session_thread_id`.',
    violates: ['EVT-06'],
    alter: shown(({ to_session_thread_id: to, ...event }) =>
      event.direction === 'child_to_coordinator' || to === undefined
        ? event
        : { ...event, to_session_thread_id: to },
    ),
  },
  {
    name: 'processed-before-created',
    sentence: '`processed_at` is written in local time and called UTC, hours before the creation.',
    violates: ['EVT-07'],
    alter: shown((event) =>
      typeof event.processed_at === 'string' ? { ...event, processed_at: '2001-01-01T00:00:00Z' } : event,
    ),
  },
  {
    name: 'schema-version-as-integer',
    sentence: '`schema_version` is the text "1".',
    violates: ['EVT-07'],
    alter: shown((event) => (event.schema_version === undefined ? event : { ...event, schema_version: '1' })),
  },
  {
    name: 'long-content-cut-in-lists',
    sentence: 'Lists cut texts after 200 characters; the stream gives them whole.',
    violates: ['EVT-08'],
    alter: listed((event) =>
      typeof event.content === 'string' ? { ...event, content: event.content.slice(0, 200) } : event,
    ),
  },
  {
    name: 'line-breaks-become-spaces-in-the-stream',
    sentence: 'The stream writes texts with line breaks replaced by spaces.',
    violates: ['EVT-08'],
    seen: 'SSE writers that fear for their framing.',
    alter: (base) => ({
      frame: (call, entry) => base.frame(call, entry).replaceAll('\\r', ' ').replaceAll('\\n', ' '),
    }),
  },
  {
    name: 'html-escaped-under-a-filter',
    sentence: 'The filtered list escapes texts for HTML.',
    violates: ['EVT-08'],
    alter: listed((event, { query }) =>
      query.types !== undefined && typeof event.content === 'string'
        ? { ...event, content: event.content.replaceAll('"', '&quot;').replaceAll('<', '&lt;') }
        : event,
    ),
  },
  {
    name: 'milliseconds-in-descending-lists',
    sentence: 'Under `order=desc` timestamps pass through a millisecond clock and lose their nanoseconds.',
    violates: ['EVT-08'],
    alter: listed((event, { query }) =>
      query.order === 'desc'
        ? { ...event, created_at: new Date(Date.parse(text(event.created_at))).toISOString() }
        : event,
    ),
  },
  {
    name: 'normalised-text-on-small-pages',
    sentence: 'Pages of fewer than five records come from a cache that normalised texts to NFC.',
    violates: ['EVT-08'],
    alter: listed((event, { query }) =>
      query.limit < 5 && typeof event.content === 'string'
        ? { ...event, content: `${event.content.normalize('NFC')} ` }
        : event,
    ),
  },
  {
    name: 'blocks-flattened-in-the-stream',
    sentence: 'The stream joins a `content` of blocks to one text.',
    violates: ['EVT-08'],
    alter: shown((event, call) =>
      call.stream === true && Array.isArray(event.content)
        ? { ...event, content: JSON.stringify(event.content) }
        : event,
    ),
  },
]
