/**
 * The requirement catalogue: every promise of the contract under one permanent id.
 *
 * Sources: `page` is the route's own page; `pagination`, `errors` and `stream` are the pages it refers to;
 * `rfc` stands for RFC 9110, RFC 3339 and the WHATWG HTML standard; `implied` follows from the others.
 */
export type Level = 'MUST' | 'SHOULD'
export type Source = 'page' | 'pagination' | 'errors' | 'stream' | 'rfc' | 'implied'

export const areas = [
  'envelope',
  'event',
  'order',
  'isolation',
  'pagination',
  'filter',
  'accept',
  'stream',
  'authentication',
  'not-found',
  'errors',
  'hostile-input',
] as const
export type Area = (typeof areas)[number]

interface Row {
  readonly id: string
  readonly area: Area
  readonly level: Level
  readonly title: string
  readonly source: readonly Source[]
}

/** In the contract's own order. An id is never reused; a withdrawn requirement keeps its number. */
export const requirements = [
  {
    id: 'ENV-01',
    area: 'envelope',
    level: 'MUST',
    title:
      'A list answers 200 with an object that has `data` (array), `first_id`, `last_id`, `has_more`, and validates against the list schema. Unknown further fields are allowed.',
    source: ['page'],
  },
  {
    id: 'ENV-02',
    area: 'envelope',
    level: 'MUST',
    title:
      "The list's media type is `application/json` (parameters allowed) and the body is valid UTF-8 JSON.",
    source: ['page'],
  },
  {
    id: 'ENV-03',
    area: 'envelope',
    level: 'MUST',
    title: '`first_id` and `last_id` are the ids of the first and last record on this page.',
    source: ['page'],
  },
  {
    id: 'ENV-04',
    area: 'envelope',
    level: 'MUST',
    title: 'On an empty page `data` is `[]` and both ids are `null`.',
    source: ['page'],
  },
  {
    id: 'ENV-05',
    area: 'envelope',
    level: 'MUST',
    title:
      '`has_more` is a boolean, true exactly when more records exist beyond this page in the direction of paging; exact when the page ends on the last record, at every page size, with and without a filter.',
    source: ['page'],
  },
  {
    id: 'EVT-01',
    area: 'event',
    level: 'MUST',
    title:
      'Every event validates against the Event schema: `id`, `type` (not empty), `session_id`, `session_thread_id`, `created_at` present and well-typed. Unknown types and fields are allowed.',
    source: ['page'],
  },
  {
    id: 'EVT-02',
    area: 'event',
    level: 'MUST',
    title: '`id` begins `evt_`; no two events of a thread share one.',
    source: ['page'],
  },
  {
    id: 'EVT-03',
    area: 'event',
    level: 'MUST',
    title: "Every event's `session_thread_id` is the thread of the path.",
    source: ['page'],
  },
  {
    id: 'EVT-04',
    area: 'event',
    level: 'MUST',
    title: "Every event's `session_id` is the session of the path.",
    source: ['page'],
  },
  {
    id: 'EVT-05',
    area: 'event',
    level: 'MUST',
    title:
      '`created_at` is an RFC 3339 date-time with a zone, and a real date; `processed_at`, when present and not null, too.',
    source: ['page'],
  },
  {
    id: 'EVT-06',
    area: 'event',
    level: 'MUST',
    title:
      'Events of a documented type carry that type\'s fields: `agent.thread_message_sent` has `direction` (`coordinator_to_child` or `child_to_coordinator`), `content`, `from_session_thread_id`, `to_session_thread_id` (`sthr_`); `session.thread_status_running` has `status: "running"`.',
    source: ['page'],
  },
  {
    id: 'EVT-07',
    area: 'event',
    level: 'SHOULD',
    title:
      '`schema_version` is `"1.0"`; `processed_at` is not before `created_at`; `turn_id` begins `turn_`.',
    source: ['page'],
  },
  {
    id: 'EVT-08',
    area: 'event',
    level: 'MUST',
    title:
      'The same event is the same JSON value wherever it appears: in any page, order, filter, and in the stream. Text survives intact (non-ASCII, line breaks, quotes, long values).',
    source: ['implied'],
  },
  {
    id: 'ORD-01',
    area: 'order',
    level: 'MUST',
    title:
      'Events come in chronological order by `created_at`, compared at full precision (nanoseconds, any zone form).',
    source: ['page'],
  },
  { id: 'ORD-02', area: 'order', level: 'MUST', title: '`order=asc` equals no `order`.', source: ['page'] },
  {
    id: 'ORD-03',
    area: 'order',
    level: 'MUST',
    title:
      '`order=desc` over the whole thread is the exact reverse of `asc`, across pages and not only inside one.',
    source: ['page'],
  },
  {
    id: 'ORD-04',
    area: 'order',
    level: 'MUST',
    title: 'Events with equal timestamps keep one relative order across reads, page sizes and pages.',
    source: ['implied'],
  },
  {
    id: 'ISO-01',
    area: 'isolation',
    level: 'MUST',
    title:
      "A list holds only this thread's events: by label, and because no id is also in a sibling thread's list.",
    source: ['page'],
  },
  {
    id: 'ISO-02',
    area: 'isolation',
    level: 'MUST',
    title: 'That holds under every `order`, `type`, `types[]`, `limit` and cursor.',
    source: ['page'],
  },
  {
    id: 'ISO-03',
    area: 'isolation',
    level: 'MUST',
    title: "A cursor that is an event of another thread never yields that thread's events.",
    source: ['implied'],
  },
  {
    id: 'ISO-04',
    area: 'isolation',
    level: 'MUST',
    title: "The stream carries only this thread's events, in the replay and live.",
    source: ['page', 'stream'],
  },
  {
    id: 'ISO-05',
    area: 'isolation',
    level: 'MUST',
    title: 'Where a token of another tenant is given: its caller gets 404 (or 403) and none of the data.',
    source: ['implied'],
  },
  {
    id: 'PAG-01',
    area: 'pagination',
    level: 'MUST',
    title: 'Without `limit` a page has 20 records when more than 20 exist.',
    source: ['page'],
  },
  {
    id: 'PAG-02',
    area: 'pagination',
    level: 'MUST',
    title: '`limit=n` (1–100) gives exactly `min(n, remaining)` records.',
    source: ['page'],
  },
  {
    id: 'PAG-03',
    area: 'pagination',
    level: 'MUST',
    title: '`after_id` starts strictly after that event, at the very next one, in the requested order.',
    source: ['page'],
  },
  {
    id: 'PAG-04',
    area: 'pagination',
    level: 'MUST',
    title:
      '`before_id` gives the records immediately before that event, strictly, still in the requested order.',
    source: ['page'],
  },
  {
    id: 'PAG-05',
    area: 'pagination',
    level: 'MUST',
    title:
      'Walking forward (`after_id = last_id` while `has_more`) visits every event exactly once, at any page size, in both orders.',
    source: ['page'],
  },
  {
    id: 'PAG-06',
    area: 'pagination',
    level: 'MUST',
    title:
      'Walking backward (`before_id = first_id` while `has_more`) visits every event exactly once, at any page size, in both orders.',
    source: ['page'],
  },
  {
    id: 'PAG-07',
    area: 'pagination',
    level: 'MUST',
    title:
      '`after_id` of the last record, and `before_id` of the first, give an empty page with `has_more: false`.',
    source: ['implied'],
  },
  {
    id: 'PAG-08',
    area: 'pagination',
    level: 'MUST',
    title: '`after_id` and `before_id` together give 400 `invalid_request_error`.',
    source: ['pagination'],
  },
  {
    id: 'PAG-09',
    area: 'pagination',
    level: 'MUST',
    title: 'A `limit` that is no integer, or below 1, gives 400 `invalid_request_error`.',
    source: ['pagination'],
  },
  {
    id: 'PAG-10',
    area: 'pagination',
    level: 'MUST',
    title: 'A page never has more than 100 records, whatever the `limit`.',
    source: ['pagination'],
  },
  {
    id: 'PAG-11',
    area: 'pagination',
    level: 'MUST',
    title: 'A cursor that names no event of this thread never gives the page that no cursor would give.',
    source: ['implied'],
  },
  {
    id: 'PAG-12',
    area: 'pagination',
    level: 'MUST',
    title: 'Events appended during a forward walk neither repeat nor hide an event.',
    source: ['pagination'],
  },
  {
    id: 'PAG-13',
    area: 'pagination',
    level: 'SHOULD',
    title: 'A `limit` above 100 gives 400 `invalid_request_error`.',
    source: ['pagination'],
  },
  {
    id: 'PAG-14',
    area: 'pagination',
    level: 'SHOULD',
    title: 'A cursor that names no event of this thread gives 400 or 404.',
    source: ['implied'],
  },
  {
    id: 'FLT-01',
    area: 'filter',
    level: 'MUST',
    title:
      '`type=t` gives exactly the events of type t, in order; a match is exact (no prefix, no case folding, no wildcard).',
    source: ['page'],
  },
  {
    id: 'FLT-02',
    area: 'filter',
    level: 'MUST',
    title: '`type=a,b` gives the union, in thread order.',
    source: ['page'],
  },
  {
    id: 'FLT-03',
    area: 'filter',
    level: 'MUST',
    title:
      '`types[]=a&types[]=b` gives the same as `type=a,b`, with the brackets literal or percent-encoded.',
    source: ['page'],
  },
  {
    id: 'FLT-04',
    area: 'filter',
    level: 'MUST',
    title: 'A type that no event has gives an empty page.',
    source: ['implied'],
  },
  {
    id: 'FLT-05',
    area: 'filter',
    level: 'MUST',
    title:
      '`limit`, `has_more`, cursors and `order` work on the filtered sequence; a cursor may be an event that the filter leaves out.',
    source: ['implied'],
  },
  {
    id: 'NEG-01',
    area: 'accept',
    level: 'MUST',
    title: '`Accept: text/event-stream` gives SSE.',
    source: ['page'],
  },
  {
    id: 'NEG-02',
    area: 'accept',
    level: 'MUST',
    title:
      'An Accept list that includes `text/event-stream`, at any place, with parameters or a positive q, in any letter case, or on a second Accept line, gives SSE.',
    source: ['page', 'rfc'],
  },
  {
    id: 'NEG-03',
    area: 'accept',
    level: 'MUST',
    title: '`application/json`, `*/*`, `application/*` and no Accept at all give the list.',
    source: ['page'],
  },
  {
    id: 'NEG-04',
    area: 'accept',
    level: 'MUST',
    title:
      'A media type that only resembles it (`text/event-streaming`, `x-text/event-stream`, a parameter that contains the name) gives no SSE.',
    source: ['page'],
  },
  {
    id: 'NEG-05',
    area: 'accept',
    level: 'MUST',
    title: 'Requests on one connection do not affect each other: list and stream may alternate.',
    source: ['implied'],
  },
  {
    id: 'NEG-06',
    area: 'accept',
    level: 'SHOULD',
    title: '`Vary` names Accept on both representations.',
    source: ['rfc'],
  },
  {
    id: 'SSE-01',
    area: 'stream',
    level: 'MUST',
    title: 'The stream answers 200 with media type `text/event-stream`.',
    source: ['page', 'rfc'],
  },
  {
    id: 'SSE-02',
    area: 'stream',
    level: 'MUST',
    title: "Each frame's `data` is one flat JSON event that meets the EVT requirements (heartbeats aside).",
    source: ['stream'],
  },
  {
    id: 'SSE-03',
    area: 'stream',
    level: 'MUST',
    title: "A frame's `id` is the event's id and its `event` the event's type.",
    source: ['stream'],
  },
  {
    id: 'SSE-04',
    area: 'stream',
    level: 'MUST',
    title:
      "The stream begins with the thread's whole history, in chronological order, each event once: the same ids as the list.",
    source: ['stream'],
  },
  {
    id: 'SSE-05',
    area: 'stream',
    level: 'MUST',
    title: '`Last-Event-ID` resumes strictly after that event, at the very next one.',
    source: ['stream'],
  },
  {
    id: 'SSE-06',
    area: 'stream',
    level: 'MUST',
    title: '`type` and `types[]` filter the stream as they do the list.',
    source: ['stream'],
  },
  {
    id: 'SSE-07',
    area: 'stream',
    level: 'MUST',
    title: 'A `Last-Event-ID` that names no event of this thread gives 400 or 404 before any event.',
    source: ['stream'],
  },
  {
    id: 'SSE-08',
    area: 'stream',
    level: 'MUST',
    title:
      'Frames arrive as they are produced: the history is delivered without the connection having to end.',
    source: ['rfc'],
  },
  {
    id: 'SSE-09',
    area: 'stream',
    level: 'MUST',
    title:
      'Where events can be made to happen: a new event reaches an open stream exactly once, in order, and the list too; none is lost or doubled between history and live.',
    source: ['stream'],
  },
  {
    id: 'SSE-10',
    area: 'stream',
    level: 'MUST',
    title:
      'Errors come before the stream: 401 and 404 keep their status and the JSON envelope under `Accept: text/event-stream`.',
    source: ['page', 'errors'],
  },
  {
    id: 'AUT-01',
    area: 'authentication',
    level: 'MUST',
    title: 'No Authorization header: 401 `authentication_error`.',
    source: ['page'],
  },
  {
    id: 'AUT-02',
    area: 'authentication',
    level: 'MUST',
    title: 'An unknown token, a token with one character more, less or changed (case too): 401.',
    source: ['page'],
  },
  {
    id: 'AUT-03',
    area: 'authentication',
    level: 'MUST',
    title:
      'Another scheme (`Basic`, `Token`), no scheme, an empty token, `x-api-key`, the token in the query: 401.',
    source: ['page', 'errors'],
  },
  {
    id: 'AUT-04',
    area: 'authentication',
    level: 'MUST',
    title: 'Where an expired token is given: 401.',
    source: ['page'],
  },
  {
    id: 'AUT-05',
    area: 'authentication',
    level: 'MUST',
    title: 'All of it holds under `Accept: text/event-stream`.',
    source: ['page'],
  },
  {
    id: 'AUT-06',
    area: 'authentication',
    level: 'MUST',
    title: 'An unauthenticated caller gets 401 whether or not the session or thread exists.',
    source: ['implied'],
  },
  {
    id: 'AUT-07',
    area: 'authentication',
    level: 'MUST',
    title: 'No response repeats the token it was given.',
    source: ['implied'],
  },
  {
    id: 'AUT-08',
    area: 'authentication',
    level: 'SHOULD',
    title: '401 carries `WWW-Authenticate`.',
    source: ['rfc'],
  },
  {
    id: 'NFD-01',
    area: 'not-found',
    level: 'MUST',
    title: 'A session that does not exist: 404 `not_found_error`.',
    source: ['page'],
  },
  {
    id: 'NFD-02',
    area: 'not-found',
    level: 'MUST',
    title: 'A thread that does not exist in an existing session: 404 `not_found_error`.',
    source: ['page'],
  },
  {
    id: 'NFD-03',
    area: 'not-found',
    level: 'MUST',
    title: 'An existing thread under another session: 404 `not_found_error`.',
    source: ['page'],
  },
  {
    id: 'NFD-04',
    area: 'not-found',
    level: 'MUST',
    title:
      'Ids of the wrong form (wrong prefix, session and thread exchanged, very long, holding percent-encoded slashes or control characters, Unicode): 404 or 400 with the envelope.',
    source: ['page'],
  },
  {
    id: 'NFD-05',
    area: 'not-found',
    level: 'MUST',
    title: 'All of it holds under `Accept: text/event-stream` and with any query.',
    source: ['page'],
  },
  {
    id: 'ERR-01',
    area: 'errors',
    level: 'MUST',
    title:
      'Every 4xx and 5xx that the suite meets validates against the error schema: `type: "error"`, `error.type`, non-empty `error.message`.',
    source: ['errors'],
  },
  {
    id: 'ERR-02',
    area: 'errors',
    level: 'MUST',
    title: 'Its media type is `application/json`.',
    source: ['errors'],
  },
  {
    id: 'ERR-03',
    area: 'errors',
    level: 'MUST',
    title: 'Status and `error.type` agree with the table above.',
    source: ['errors'],
  },
  {
    id: 'ERR-04',
    area: 'errors',
    level: 'MUST',
    title: 'No stack trace, file path or query text of the server in a message.',
    source: ['implied'],
  },
  {
    id: 'INP-01',
    area: 'hostile-input',
    level: 'MUST',
    title: 'No input in path, query or headers makes the target answer 5xx, hang, or drop the connection.',
    source: ['implied'],
  },
  {
    id: 'INP-02',
    area: 'hostile-input',
    level: 'MUST',
    title:
      'An `order` other than `asc` and `desc` gives 400, or is treated as the default: never a third order.',
    source: ['implied'],
  },
  {
    id: 'INP-03',
    area: 'hostile-input',
    level: 'MUST',
    title:
      'GET is safe and repeatable: the same request on a thread at rest gives the same answer, and reading adds nothing.',
    source: ['rfc'],
  },
  {
    id: 'INP-04',
    area: 'hostile-input',
    level: 'MUST',
    title: 'No request of the suite that conforms is answered 5xx.',
    source: ['implied'],
  },
] as const satisfies readonly Row[]

/** A misspelt id does not compile. */
export type RequirementId = (typeof requirements)[number]['id']

/** One row of the catalogue. */
export interface Requirement extends Row {
  readonly id: RequirementId
}

const byId = new Map<string, Requirement>(requirements.map((row) => [row.id, row]))

/** Whether `text` is the id of a requirement. */
export function isRequirementId(text: string): text is RequirementId {
  return byId.has(text)
}

/** The catalogue row of an id. */
export function requirementOf(id: RequirementId): Requirement {
  const row = byId.get(id)
  if (row === undefined) throw new Error(`The catalogue has no requirement ${id}.`)
  return row
}
