import { revision202606 } from './2026-06.ts'
import { requirements202607 } from './requirements-2026-07.ts'
import { type Revision, revised } from './revision.ts'

/** July 2026: `page` beside the id cursors, slimmer events, the stream at an address of its own. */
export const revision202607: Revision = {
  name: '2026-07',
  published: 'July 2026',
  requirements: revised(revision202606.requirements, {
    added: requirements202607.map(({ id }) => id),
    dropped: [
      // An event has id, type, processed_at and fields of its type, which are not listed: the example has no
      // session_id, created_at or schema_version.
      ...(['EVT-03', 'EVT-04', 'EVT-06', 'EVT-07', 'EVT-09'] as const),
      // No order and no type filter is documented for threads.
      ...([
        'ORD-02',
        'ORD-03',
        'INP-02',
        'FLT-01',
        'FLT-02',
        'FLT-03',
        'FLT-04',
        'FLT-05',
        'SSE-06',
      ] as const),
      // The Accept switch is no longer mentioned.
      ...(['NEG-01', 'NEG-02', 'NEG-04', 'NEG-06'] as const),
      // PAG-25 and SSE-21 say it more narrowly.
      ...(['PAG-10', 'SSE-07'] as const),
    ],
    reworded: {
      'ENV-05': {
        title:
          '`has_more` is a boolean. It is true exactly when more events follow in the direction of paging, at every page size.',
      },
      'EVT-01': {
        title:
          'Every event has `id` and `type`, both non-empty strings, and `processed_at`, a string or null. Other types and fields are allowed. (Events of incremental streaming may lack `processed_at`.)',
      },
      'EVT-05': {
        title:
          '`processed_at` where it is not null, and `created_at` where present, are RFC 3339 date-times with a time zone and name a real date.',
      },
      'EVT-08': {
        title:
          'An event of a thread is the same JSON value wherever that thread shows it: in every page and in the stream. Text and numbers survive to the last character and digit. Not counted as a difference: `processed_at` that was absent or null and now has a value.',
      },
      'ORD-01': {
        title:
          'Events come in chronological order: of `created_at` where they have it, otherwise of `processed_at`, compared at full precision and across time zones.',
      },
      'ISO-01': {
        title:
          "A list contains only events of this thread: no event of a sibling thread's list is in it. (A message that names both threads as sender and receiver may be in both lists.)",
      },
      'ISO-02': {
        title:
          "Lists contain only this thread's events under every `limit` and cursor, and whatever further query parameters say.",
      },
      'ISO-03': {
        title:
          "A cursor (`after_id`, `before_id` or `page`) or `Last-Event-ID` of another thread never returns that thread's events.",
      },
      'PAG-03': { title: '`after_id` returns the events right after that event, without it.' },
      'PAG-04': { title: '`before_id` returns the events right before that event, without it.' },
      'PAG-05': {
        title:
          'Paging forward (`after_id = last_id` while `has_more`) visits every event exactly once, at any page size.',
      },
      'PAG-06': {
        title:
          'Paging backward (`before_id = first_id` while `has_more`) visits every event exactly once, at any page size.',
      },
      'PAG-11': {
        title:
          'An `after_id` or `before_id` that is no event of this thread never returns the page that no cursor would return.',
      },
      'PAG-14': {
        title: 'An `after_id` or `before_id` that is no event of this thread is refused with 400 or 404.',
      },
      'NEG-03': {
        title:
          'An Accept header that allows JSON and does not name `text/event-stream`, and no Accept header, return the list.',
      },
      'SSE-02': {
        title:
          'The `data` of every frame is one event as flat JSON that meets the EVT requirements. Excepted are keep-alives, `event: error` and `data: [DONE]`.',
      },
      'SSE-03': { title: "A frame's `id` is the event's id and its `event` the event's type." },
      'SSE-10': {
        title:
          "Errors come before the stream: at the stream's address, 401 and 404 keep their status and the JSON envelope.",
      },
      'AUT-05': { title: "AUT-01 to AUT-04 hold at the stream's address." },
      'NFD-05': { title: "NFD-01 to NFD-04 hold at the stream's address and with any query." },
    },
  }),
  schemas: { event: '2026-07/event', list: '2026-07/list', error: '2026-07/error' },
  eventPromises: ['EVT-01', 'EVT-02', 'EVT-05', 'EVT-21'],
  events: {
    labels: false,
    required: ['id', 'type', 'processed_at'],
    times: ['created_at', 'processed_at'],
  },
  extensions: new Set(['page', 'request-id']),
  limit: { default: 20, largest: 100, above: 'refused' },
  cursors: ['after_id', 'before_id', 'page'],
  stream: { segment: 'stream', unknownEvent: [400], keepAlive: 'comment' },
}
