import { isJsonObject, type JsonValue } from '../../../contract/json.ts'
import type { Behaviour } from '../../behaviour.ts'
import type { Fault } from '../fault.ts'
import { shown, text } from '../overrides/events.ts'

/** Gives every event another id, in all places where ids are shown or read. */
function idsShownAs(change: (id: string) => string) {
  return (base: Behaviour): Partial<Behaviour> => ({
    present(call, event) {
      const value = base.present(call, event)
      return isJsonObject(value) ? { ...value, id: change(event.id) } : value
    },
    locate: (_call, entries, id) => entries.findIndex(({ event }) => change(event.id) === id),
    envelope(call, page) {
      const body = base.envelope(call, page)
      const changed = (id: JsonValue | undefined) => (typeof id === 'string' ? change(id) : null)
      return isJsonObject(body)
        ? { ...body, first_id: changed(body.first_id), last_id: changed(body.last_id) }
        : body
    },
    frame: (call, entry) =>
      base.frame(call, entry).replace(/^id: (.*)/, (_, id: string) => `id: ${change(id)}`),
  })
}

export const eventFieldsFaults: readonly Fault[] = [
  {
    name: 'event-without-type',
    sentence: 'Events of unknown types have no `type`.',
    violates: ['EVT-01'],
    override: shown(({ type, ...rest }) =>
      text(type) === 'agent.thread_message_sent' ? { type: text(type), ...rest } : rest,
    ),
  },
  {
    name: 'camel-case-fields',
    sentence: '`session_thread_id` is spelled `sessionThreadId`.',
    violates: ['EVT-01'],
    override: shown(({ session_thread_id, ...rest }) => ({
      ...rest,
      sessionThreadId: session_thread_id ?? null,
    })),
  },
  {
    name: 'id-without-prefix',
    sentence: 'Ids are bare UUIDs, without `evt_`.',
    violates: ['EVT-02'],
    override: idsShownAs((id) => id.slice(4)),
  },
  {
    name: 'two-events-share-an-id',
    sentence:
      'Two adjacent events have the same id, because it is derived from the second of their creation.',
    violates: ['EVT-02'],
    alsoAffects: ['SSE-03'],
    override: (base) => ({
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
    violates: ['EVT-03'],
    alsoAffects: ['ISO-01', 'ISO-02', 'ISO-04'],
    override: shown((event, { session }) => ({
      ...event,
      session_thread_id: [...session.threads.keys()].at(-1) ?? '',
    })),
  },
  {
    name: 'session-label-of-the-first-session',
    sentence: 'Every event carries the id of the tenant’s first session.',
    violates: ['EVT-04'],
    override: shown((event) => ({ ...event, session_id: 'sess_00000000000000000000000000000000' })),
  },
  {
    name: 'session-label-wrong-for-one-type',
    sentence: 'Status events carry the id of the run as `session_id`.',
    violates: ['EVT-04'],
    override: shown((event) =>
      event.type === 'session.thread_status_running'
        ? { ...event, session_id: 'sess_run_of_the_agent' }
        : event,
    ),
  },
  {
    name: 'status-of-running-is-active',
    sentence: '`session.thread_status_running` has the status `active`.',
    violates: ['EVT-06'],
    override: shown((event) =>
      event.type === 'session.thread_status_running' ? { ...event, status: 'active' } : event,
    ),
  },
  {
    name: 'recipient-missing-for-children',
    sentence: 'Messages from a child to its coordinator have no `to_session_thread_id`.',
    violates: ['EVT-06'],
    override: shown(({ to_session_thread_id: to, ...event }) =>
      event.direction === 'child_to_coordinator' || to === undefined
        ? event
        : { ...event, to_session_thread_id: to },
    ),
  },
  {
    name: 'schema-version-as-integer',
    sentence: '`schema_version` is the string "1".',
    violates: ['EVT-07'],
    override: shown((event) =>
      event.schema_version === undefined ? event : { ...event, schema_version: '1' },
    ),
  },
  {
    name: 'thread-label-null-for-status-events',
    sentence: 'Status events have `session_thread_id: null`, since they belong to the run.',
    violates: ['EVT-01'],
    override: shown((event) =>
      event.type === 'session.thread_status_running' ? { ...event, session_thread_id: null } : event,
    ),
  },
  {
    name: 'unknown-types-are-empty',
    sentence: 'Types that the server does not know are returned as an empty string.',
    violates: ['EVT-01'],
    alsoAffects: ['SSE-03'],
    override: shown((event) => (event.type === 'agent.thinking' ? { ...event, type: '' } : event)),
  },
  {
    name: 'fields-under-attributes',
    sentence: 'All fields except `id` and `type` are in `attributes`.',
    violates: ['EVT-01'],
    alsoAffects: ['EVT-06', 'EVT-07', 'EVT-09'],
    seen: 'Serialisers for JSON:API.',
    override: shown(({ id, type, ...attributes }) => ({ id: id ?? '', type: type ?? '', attributes })),
  },
  {
    name: 'prefix-in-capitals',
    sentence: 'Ids begin with `EVT_`.',
    violates: ['EVT-02'],
    override: idsShownAs((id) => id.replace('evt_', 'EVT_')),
  },
  {
    name: 'ids-cut-to-twenty-characters',
    sentence: 'Ids are cut to twenty characters, so that two of them are equal.',
    violates: ['EVT-02'],
    alsoAffects: ['ISO-01', 'ISO-02'],
    seen: 'A VARCHAR that is too short.',
    override: idsShownAs((id) => id.slice(0, 20)),
  },
  {
    name: 'thread-label-without-prefix',
    sentence: '`session_thread_id` lacks the prefix `sthr_`.',
    violates: ['EVT-03'],
    alsoAffects: ['ISO-01', 'ISO-02', 'ISO-04'],
    override: shown((event) => ({ ...event, session_thread_id: text(event.session_thread_id).slice(5) })),
  },
  {
    name: 'session-label-without-prefix',
    sentence: '`session_id` lacks the prefix `sess_`.',
    violates: ['EVT-04'],
    override: shown((event) => ({ ...event, session_id: text(event.session_id).slice(5) })),
  },
  {
    name: 'empty-content-is-null',
    sentence: 'A message with an empty text has `content: null`.',
    violates: ['EVT-06'],
    seen: 'Oracle, which stores an empty string as null.',
    override: shown((event) => (event.content === '' ? { ...event, content: null } : event)),
  },
  {
    name: 'message-threads-without-prefix',
    sentence: '`from_session_thread_id` lacks the prefix `sthr_`.',
    violates: ['EVT-06'],
    override: shown((event) =>
      typeof event.from_session_thread_id === 'string'
        ? { ...event, from_session_thread_id: event.from_session_thread_id.slice(5) }
        : event,
    ),
  },
  {
    name: 'status-in-capitals',
    sentence: '`status` is the name of a constant, RUNNING.',
    violates: ['EVT-06'],
    override: shown((event) =>
      event.type === 'session.thread_status_running' ? { ...event, status: 'RUNNING' } : event,
    ),
  },
  {
    name: 'turn-id-is-a-number',
    sentence: '`turn_id` is a number.',
    violates: ['EVT-07'],
    override: shown((event) => ({ ...event, turn_id: Number(text(event.turn_id).slice(5)) })),
  },
]
