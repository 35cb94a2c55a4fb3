import { requirements202607 } from './revisions/requirements-2026-07.ts'

/**
 * The requirement catalogue: every promise of the contract under one permanent id.
 *
 * Sources: `page` is the route's own page; `pagination`, `errors`, `stream` and `conventions` are the pages it refers to;
 * `rfc` stands for RFC 9110, RFC 3339 and the WHATWG HTML standard; `implied` follows from the others.
 */
export type Level = 'MUST' | 'SHOULD'
export type Source = 'page' | 'pagination' | 'errors' | 'stream' | 'conventions' | 'rfc' | 'implied'

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

/** Those of June 2026, in the contract's own order. An id is never reused; a withdrawn requirement keeps its number. */
export const requirements = [
  {
    id: 'ENV-01',
    area: 'envelope',
    level: 'MUST',
    title:
      'A list is answered with 200 and a JSON object that has `data` (array), `first_id`, `last_id` and `has_more`. Other fields are allowed.',
    source: ['page'],
  },
  {
    id: 'ENV-02',
    area: 'envelope',
    level: 'MUST',
    title: 'The media type of a list is `application/json`, and the body is valid JSON in UTF-8.',
    source: ['page'],
  },
  {
    id: 'ENV-03',
    area: 'envelope',
    level: 'MUST',
    title: '`first_id` and `last_id` are the ids of the first and last event of the page.',
    source: ['page'],
  },
  {
    id: 'ENV-04',
    area: 'envelope',
    level: 'MUST',
    title: 'An empty page has `data: []`, `first_id: null` and `last_id: null`.',
    source: ['page'],
  },
  {
    id: 'ENV-05',
    area: 'envelope',
    level: 'MUST',
    title:
      '`has_more` is a boolean. It is true exactly when more events follow in the direction of paging, at every page size, with and without a filter.',
    source: ['page'],
  },
  {
    id: 'EVT-01',
    area: 'event',
    level: 'MUST',
    title:
      'Every event has `id`, `type`, `session_id`, `session_thread_id` and `created_at`, all non-empty strings. Other types and fields are allowed. (Events of incremental streaming, `agent.message_start`, `agent.content_block_…` and their like, may lack `created_at`.)',
    source: ['page'],
  },
  {
    id: 'EVT-02',
    area: 'event',
    level: 'MUST',
    title: 'Event ids start with `evt_`, and no two events of a thread share one.',
    source: ['page'],
  },
  {
    id: 'EVT-03',
    area: 'event',
    level: 'MUST',
    title: '`session_thread_id` is the thread in the path.',
    source: ['page'],
  },
  {
    id: 'EVT-04',
    area: 'event',
    level: 'MUST',
    title: '`session_id` is the session in the path.',
    source: ['page'],
  },
  {
    id: 'EVT-05',
    area: 'event',
    level: 'MUST',
    title:
      '`created_at`, and `processed_at` where present and not null, are RFC 3339 date-times with a time zone and name a real date.',
    source: ['page'],
  },
  {
    id: 'EVT-06',
    area: 'event',
    level: 'MUST',
    title:
      'The two event types of the page have their fields: `agent.thread_message_sent` has `direction` (a non-empty string), `content`, `from_session_thread_id` and `to_session_thread_id` (`sthr_…`); `session.thread_status_running` has `status: "running"`.',
    source: ['page'],
  },
  {
    id: 'EVT-07',
    area: 'event',
    level: 'SHOULD',
    title:
      '`schema_version` is `"1.0"`, `processed_at` is not before `created_at`, and `turn_id` starts with `turn_`.',
    source: ['page'],
  },
  {
    id: 'EVT-08',
    area: 'event',
    level: 'MUST',
    title:
      'An event of a thread is the same JSON value wherever that thread shows it: in every page, order and filter, and in the stream. Text and numbers survive to the last character and digit. Not counted as a difference: `processed_at` that was absent or null and now has a value; `content` as a string in one representation and as a single text block in the other.',
    source: ['implied'],
  },
  {
    id: 'EVT-09',
    area: 'event',
    level: 'SHOULD',
    title:
      'Events of the other documented thread types have their fields: `session.thread_created` `parent_thread_id`, `agent_name`, `role`; `session.thread_status_running` `agent_name`; `session.thread_status_idle` and `session.thread_status_terminated` `status`, `stop_reason`; `agent.thread_message_received` `direction`, `content`.',
    source: ['stream'],
  },
  {
    id: 'EVT-10',
    area: 'event',
    level: 'SHOULD',
    title: 'Timestamps are in UTC (`Z` or `+00:00`).',
    source: ['conventions'],
  },
  {
    id: 'ORD-01',
    area: 'order',
    level: 'MUST',
    title:
      'Events come in chronological order of `created_at`, compared at full precision and across time zones.',
    source: ['page'],
  },
  {
    id: 'ORD-02',
    area: 'order',
    level: 'MUST',
    title: '`order=asc` gives the same as no `order`.',
    source: ['page'],
  },
  {
    id: 'ORD-03',
    area: 'order',
    level: 'MUST',
    title:
      '`order=desc` is the exact reverse of `order=asc`, across the whole thread and not only within a page.',
    source: ['page'],
  },
  {
    id: 'ORD-04',
    area: 'order',
    level: 'MUST',
    title: 'Events with equal timestamps keep one relative order across requests, page sizes and pages.',
    source: ['implied'],
  },
  {
    id: 'ISO-01',
    area: 'isolation',
    level: 'MUST',
    title:
      "A list contains only events of this thread: by their `session_thread_id`, and because no event of a sibling thread's list is in it. (A message that names both threads as sender and receiver may be in both lists.)",
    source: ['page'],
  },
  {
    id: 'ISO-02',
    area: 'isolation',
    level: 'MUST',
    title:
      "Lists contain only this thread's events under every `order`, `type`, `types[]`, `limit` and cursor, and whatever further query parameters say.",
    source: ['page'],
  },
  {
    id: 'ISO-03',
    area: 'isolation',
    level: 'MUST',
    title:
      "A cursor or `Last-Event-ID` that is an event of another thread never returns that thread's events.",
    source: ['implied'],
  },
  {
    id: 'ISO-04',
    area: 'isolation',
    level: 'MUST',
    title: "The stream carries only this thread's events, in the history and live.",
    source: ['page', 'stream'],
  },
  {
    id: 'ISO-05',
    area: 'isolation',
    level: 'MUST',
    title: 'The token of another tenant gets 404 or 403 and none of the data.',
    source: ['implied'],
  },
  {
    id: 'PAG-01',
    area: 'pagination',
    level: 'MUST',
    title: 'Without `limit` a page has 20 events when at least 20 exist.',
    source: ['page', 'pagination'],
  },
  {
    id: 'PAG-02',
    area: 'pagination',
    level: 'MUST',
    title: '`limit=n` (1 to 100) returns exactly n events, or all that remain.',
    source: ['page', 'pagination'],
  },
  {
    id: 'PAG-03',
    area: 'pagination',
    level: 'MUST',
    title: '`after_id` returns the events right after that event, in the requested order, without it.',
    source: ['page'],
  },
  {
    id: 'PAG-04',
    area: 'pagination',
    level: 'MUST',
    title: '`before_id` returns the events right before that event, in the requested order, without it.',
    source: ['page'],
  },
  {
    id: 'PAG-05',
    area: 'pagination',
    level: 'MUST',
    title:
      'Paging forward (`after_id = last_id` while `has_more`) visits every event exactly once, at any page size, in both orders.',
    source: ['page'],
  },
  {
    id: 'PAG-06',
    area: 'pagination',
    level: 'MUST',
    title:
      'Paging backward (`before_id = first_id` while `has_more`) visits every event exactly once, at any page size, in both orders.',
    source: ['page'],
  },
  {
    id: 'PAG-07',
    area: 'pagination',
    level: 'MUST',
    title:
      '`after_id` of the last event and `before_id` of the first return an empty page with `has_more: false`.',
    source: ['pagination'],
  },
  {
    id: 'PAG-08',
    area: 'pagination',
    level: 'MUST',
    title: '`after_id` together with `before_id` is refused with 400 `invalid_request_error`.',
    source: ['pagination'],
  },
  {
    id: 'PAG-09',
    area: 'pagination',
    level: 'MUST',
    title: '`limit=0` and negative limits are refused with 400 `invalid_request_error`.',
    source: ['pagination'],
  },
  {
    id: 'PAG-10',
    area: 'pagination',
    level: 'MUST',
    title:
      'A page never has more than 100 events. A limit above 100 either is refused with 400 or gives the first 100.',
    source: ['pagination'],
  },
  {
    id: 'PAG-11',
    area: 'pagination',
    level: 'MUST',
    title: 'A cursor that is no event of this thread never returns the page that no cursor would return.',
    source: ['implied'],
  },
  {
    id: 'PAG-12',
    area: 'pagination',
    level: 'MUST',
    title: 'Events appended while a client pages forward cause no event to be repeated or skipped.',
    source: ['pagination'],
  },
  {
    id: 'PAG-14',
    area: 'pagination',
    level: 'SHOULD',
    title: 'A cursor that is no event of this thread is refused with 400 or 404.',
    source: ['implied'],
  },
  {
    id: 'PAG-15',
    area: 'pagination',
    level: 'SHOULD',
    title:
      'A `limit` that is not a plain decimal integer (`abc`, `1.5`, `1e1`, `0x10`, empty) is refused with 400 `invalid_request_error`.',
    source: ['implied'],
  },
  {
    id: 'FLT-01',
    area: 'filter',
    level: 'MUST',
    title:
      '`type=t` returns exactly the events of type t, in order. Types match exactly: no prefixes, wildcards or case folding.',
    source: ['page'],
  },
  {
    id: 'FLT-02',
    area: 'filter',
    level: 'MUST',
    title:
      '`type=a,b` returns the events of type a or b in thread order, each once; a name that is unknown or given twice changes nothing.',
    source: ['page'],
  },
  {
    id: 'FLT-03',
    area: 'filter',
    level: 'MUST',
    title:
      '`types[]=a&types[]=b` returns the same as `type=a,b`, with the brackets literal or percent-encoded, for as many types as fit into a URL of 2,000 characters.',
    source: ['page'],
  },
  {
    id: 'FLT-04',
    area: 'filter',
    level: 'MUST',
    title: 'A documented type that no event of the thread has returns an empty page.',
    source: ['implied'],
  },
  {
    id: 'FLT-05',
    area: 'filter',
    level: 'MUST',
    title:
      '`limit`, `has_more`, cursors and `order` apply to the filtered sequence. A cursor may be an event that the filter leaves out.',
    source: ['implied'],
  },
  {
    id: 'NEG-01',
    area: 'accept',
    level: 'MUST',
    title: '`Accept: text/event-stream` returns an event stream.',
    source: ['page'],
  },
  {
    id: 'NEG-02',
    area: 'accept',
    level: 'MUST',
    title:
      'An Accept header that includes `text/event-stream` returns an event stream: at any position, with parameters or a positive q, in any letter case, or on a second Accept line.',
    source: ['page', 'rfc'],
  },
  {
    id: 'NEG-03',
    area: 'accept',
    level: 'MUST',
    title:
      'An Accept header without `text/event-stream` (`application/json`, `*/*`, `application/*`, `text/html`) and no Accept header return the list.',
    source: ['page'],
  },
  {
    id: 'NEG-04',
    area: 'accept',
    level: 'SHOULD',
    title:
      'Media types that only resemble it (`text/event-streaming`, `x-text/event-stream`, a parameter that contains the name) return the list.',
    source: ['page'],
  },
  {
    id: 'NEG-05',
    area: 'accept',
    level: 'MUST',
    title:
      'Requests on one connection do not affect each other: lists and streams may alternate, with any parameters and credentials.',
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
    title: 'A stream is answered with 200 and the media type `text/event-stream`.',
    source: ['page', 'rfc'],
  },
  {
    id: 'SSE-02',
    area: 'stream',
    level: 'MUST',
    title:
      'The `data` of every frame is one event as flat JSON that meets the EVT requirements. Excepted are keep-alive frames (named `heartbeat` or `ping`), `event: error` and `data: [DONE]`.',
    source: ['stream'],
  },
  {
    id: 'SSE-03',
    area: 'stream',
    level: 'MUST',
    title:
      "A frame's `id` is the event's id and its `event` the event's type. Keep-alive frames have no `id`.",
    source: ['stream'],
  },
  {
    id: 'SSE-04',
    area: 'stream',
    level: 'MUST',
    title: "The stream starts with the thread's whole history, in chronological order, each event once.",
    source: ['stream'],
  },
  {
    id: 'SSE-05',
    area: 'stream',
    level: 'MUST',
    title: '`Last-Event-ID` resumes right after that event, without it.',
    source: ['stream'],
  },
  {
    id: 'SSE-06',
    area: 'stream',
    level: 'MUST',
    title: '`type` and `types[]` filter the stream as they filter the list.',
    source: ['stream'],
  },
  {
    id: 'SSE-07',
    area: 'stream',
    level: 'SHOULD',
    title: 'A `Last-Event-ID` that is no event of this thread is refused with 400 or 404 before any event.',
    source: ['stream'],
  },
  {
    id: 'SSE-08',
    area: 'stream',
    level: 'MUST',
    title:
      'Frames are sent as they are produced: the history arrives while the connection stays open, whatever Accept-Encoding says.',
    source: ['rfc'],
  },
  {
    id: 'SSE-09',
    area: 'stream',
    level: 'MUST',
    title:
      'A new event reaches every open stream exactly once, in order of arrival; none is lost or doubled between history and live. Once the control protocol has acknowledged it, every list shows it too.',
    source: ['stream'],
  },
  {
    id: 'SSE-10',
    area: 'stream',
    level: 'MUST',
    title:
      'Errors come before the stream: under `Accept: text/event-stream`, 401 and 404 keep their status and the JSON envelope.',
    source: ['page', 'errors'],
  },
  {
    id: 'AUT-01',
    area: 'authentication',
    level: 'MUST',
    title: 'A request without any credential is answered with 401 `authentication_error`.',
    source: ['page'],
  },
  {
    id: 'AUT-02',
    area: 'authentication',
    level: 'MUST',
    title:
      'An unknown token is answered with 401: also the valid token with one character more, less, changed or in other case, with further words behind it, and patterns such as `%` and `*`.',
    source: ['page'],
  },
  {
    id: 'AUT-03',
    area: 'authentication',
    level: 'MUST',
    title:
      'None of these authenticates, each is answered with 401: the token under another scheme (`Basic`, `Token`, `NotBearer`) or none, an empty token, the token in `x-api-key`, in a cookie, or in the query as `token`, `access_token`, `api_key`, `x-api-key` or `authorization`.',
    source: ['page', 'errors'],
  },
  {
    id: 'AUT-04',
    area: 'authentication',
    level: 'MUST',
    title: 'An expired token is answered with 401.',
    source: ['page'],
  },
  {
    id: 'AUT-05',
    area: 'authentication',
    level: 'MUST',
    title: 'AUT-01 to AUT-04 hold under `Accept: text/event-stream`.',
    source: ['page'],
  },
  {
    id: 'AUT-06',
    area: 'authentication',
    level: 'MUST',
    title: 'Without valid credentials the answer is 401 whether or not the session or thread exists.',
    source: ['implied'],
  },
  {
    id: 'AUT-07',
    area: 'authentication',
    level: 'MUST',
    title: 'No response repeats the token that the request carried.',
    source: ['implied'],
  },
  {
    id: 'AUT-08',
    area: 'authentication',
    level: 'SHOULD',
    title: 'A 401 carries `WWW-Authenticate`.',
    source: ['rfc'],
  },
  {
    id: 'NFD-01',
    area: 'not-found',
    level: 'MUST',
    title: 'A session that does not exist is answered with 404 `not_found_error`.',
    source: ['page'],
  },
  {
    id: 'NFD-02',
    area: 'not-found',
    level: 'MUST',
    title: 'A thread that does not exist, in a session that does, is answered with 404 `not_found_error`.',
    source: ['page'],
  },
  {
    id: 'NFD-03',
    area: 'not-found',
    level: 'MUST',
    title: 'An existing thread under another session is answered with 404 `not_found_error`.',
    source: ['page'],
  },
  {
    id: 'NFD-04',
    area: 'not-found',
    level: 'MUST',
    title:
      'Ids match exactly. Malformed ids (wrong prefix, session and thread exchanged, very long, encoded slashes, control characters) and inexact spellings of an existing id (other letter case, padding, another Unicode form, encoded twice, wildcards) are answered with 404 or 400, or as rule 5 allows.',
    source: ['page'],
  },
  {
    id: 'NFD-05',
    area: 'not-found',
    level: 'MUST',
    title: 'NFD-01 to NFD-04 hold under `Accept: text/event-stream` and with any query.',
    source: ['page'],
  },
  {
    id: 'ERR-01',
    area: 'errors',
    level: 'MUST',
    title:
      'Every error answer of the API has the envelope: `type: "error"`, `error.type` and a non-empty `error.message`.',
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
    title:
      'Status and `error.type` match: 400 `invalid_request_error`, 401 `authentication_error`, 403 `permission_error`, 404 `not_found_error`, 409 `conflict_error`, 500 `api_error`.',
    source: ['errors'],
  },
  {
    id: 'ERR-04',
    area: 'errors',
    level: 'MUST',
    title: 'No message contains a stack trace, a file path or a database query.',
    source: ['implied'],
  },
  {
    id: 'INP-01',
    area: 'hostile-input',
    level: 'MUST',
    title: 'No path, query or header makes the API answer 5xx, hang or drop the connection.',
    source: ['implied'],
  },
  {
    id: 'INP-02',
    area: 'hostile-input',
    level: 'MUST',
    title: 'An `order` other than `asc` and `desc` is refused with 400 or treated as the default.',
    source: ['implied'],
  },
  {
    id: 'INP-03',
    area: 'hostile-input',
    level: 'MUST',
    title:
      'GET is safe and repeatable: on a thread at rest the same request gets the same status and the same list, and reading adds no events.',
    source: ['rfc'],
  },
  {
    id: 'INP-04',
    area: 'hostile-input',
    level: 'MUST',
    title: 'No valid request of the suite is answered with 5xx.',
    source: ['implied'],
  },
] as const satisfies readonly Row[]

/** The version of the catalogue: it changes whenever a requirement is added, withdrawn or judged differently. */
export const catalogueVersion = 2

/** Requirements of earlier catalogues. Their ids are not used again; reports and waivers of that time may name them. */
export const withdrawnRequirements: readonly string[] = ['PAG-13']

/** The requirements of every revision. Which of them apply, and in which words, a revision says (`revisions/`). */
export const allRequirements = [...requirements, ...requirements202607] as const satisfies readonly Row[]

/** A misspelt id does not compile. */
export type RequirementId = (typeof allRequirements)[number]['id']

/** The sentence of one requirement: a check that repeats it in other words does not compile. */
export type SentenceOf<Id extends RequirementId> = Extract<
  (typeof allRequirements)[number],
  { id: Id }
>['title']

/** One row of the catalogue. */
export interface Requirement extends Row {
  readonly id: RequirementId
}

const byId = new Map<string, Requirement>(allRequirements.map((row) => [row.id, row]))

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
