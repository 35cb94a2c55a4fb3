import type { RequirementId } from '../contract/catalogue.ts'
import type { Fault } from '../reference/faults/fault.ts'
import type { Outcome } from '../verdict/outcome.ts'

/** The typical cause of a bug, and a suggested fix. */
export interface Remedy {
  readonly cause: string
  readonly fix: string
}

/** By the first requirement that a bug breaks, or by the prefix of its area. */
const remedies: Readonly<Record<string, Remedy>> = {
  ENV: {
    cause: 'The envelope is built separately for some kinds of page.',
    fix: 'Build every list with one function: data, the ids of its own first and last event or null, and has_more as a boolean.',
  },
  'ENV-02': {
    cause: 'The body is encoded or compressed differently from what the headers say.',
    fix: 'Send lists as application/json in UTF-8, and Content-Encoding only if the body is encoded.',
  },
  'ENV-03': {
    cause:
      'first_id and last_id are taken from another list than the page: the query before it was cut or filtered, or the cursor.',
    fix: 'Set first_id and last_id from the first and last event of the data that is sent.',
  },
  'ENV-04': {
    cause: 'An empty page is built in a branch of its own.',
    fix: 'Return data: [], first_id: null and last_id: null for every page without events.',
  },
  'ENV-05': {
    cause: 'has_more is computed from a count, from the page size, or with a different query than the page.',
    fix: 'Query one event more than the limit, remove it from the page, and set has_more to whether it existed.',
  },
  EVT: {
    cause: 'The serialiser writes some types, fields or times differently from the schema.',
    fix: 'Serialise all events with one function, and validate its output against the event schema in a test.',
  },
  'EVT-03': {
    cause: 'The label of an event is copied from another thread, or written in another spelling.',
    fix: 'Write session_thread_id from the thread that the event belongs to.',
  },
  'EVT-04': {
    cause: 'The label of an event is copied from another session, or written in another spelling.',
    fix: 'Write session_id from the session that the event belongs to.',
  },
  'EVT-08': {
    cause:
      'Two code paths serialise the same event: list and stream, large and small pages, or filtered and unfiltered.',
    fix: 'Use one serialiser for all responses, and return texts and numbers exactly as stored.',
  },
  ORD: {
    cause:
      'Events are sorted by something other than the instant of created_at: its text, a truncated value, the id, or the insertion order.',
    fix: 'Order by the instant at full precision and then by a unique column, in one ORDER BY that all queries share.',
  },
  'ORD-02': {
    cause: 'An explicit order=asc takes another branch than a request without order.',
    fix: 'Set the default before the query is built, so that both take the same branch.',
  },
  'ORD-03': {
    cause: 'The descending order is applied after the page is cut, or in one branch of the query only.',
    fix: 'Reverse the whole ORDER BY, tie-break included, before the limit is applied, and reverse the cursor comparison too.',
  },
  'ORD-04': {
    cause: 'The sort key is not unique, so the order of equal timestamps depends on the query plan.',
    fix: 'Add a unique column to the ORDER BY, and compare cursors by both columns.',
  },
  ISO: {
    cause: 'A branch of the query selects by session, id or time only, without the thread.',
    fix: 'Add the thread id to the WHERE clause of every query, including the lookup of the cursor, instead of filtering afterwards.',
  },
  'ISO-03': {
    cause: 'A cursor is looked up in all threads.',
    fix: 'Look up the cursor within the thread, and return 400 if it is not found.',
  },
  'ISO-04': {
    cause: 'The stream subscribes to a session or to all events, and filters too little of them.',
    fix: 'Subscribe by session and thread, and compare both ids before a frame is written.',
  },
  'ISO-05': {
    cause: 'The token is checked, but not whether its tenant owns the session.',
    fix: 'Look up the session within the tenant of the token, and return 404 if it is not found, for every kind of request.',
  },
  PAG: {
    cause: 'The bounds of the page do not follow the order of the list.',
    fix: 'Compare by the pair of sort time and unique id, in the direction of the order, strictly beyond the cursor.',
  },
  'PAG-01': {
    cause: 'The default page size of a framework or of another route is used.',
    fix: 'Use 20 if the request has no limit.',
  },
  'PAG-02': {
    cause: 'The limit is parsed leniently, capped too low, or applied before the filter.',
    fix: 'Read limit as a decimal integer from 1 to 100, and apply it in the query of the page, after the filter.',
  },
  'PAG-03': {
    cause:
      'Keyset pagination on a column that is not unique, or a cursor compared in a different order than the list.',
    fix: 'Order and compare by the pair of time and id: WHERE (created_at, id) > (:at, :id) ORDER BY created_at, id.',
  },
  'PAG-04': {
    cause: 'before_id returns the first events of the thread instead of the last ones before the cursor.',
    fix: 'Read backwards from the cursor with the order reversed, apply the limit, and reverse the page again.',
  },
  'PAG-08': {
    cause: 'One of the cursors is ignored, or both are applied.',
    fix: 'Return 400 invalid_request_error if both after_id and before_id are given.',
  },
  'PAG-09': {
    cause: 'The limit is not validated, or is replaced by the nearest valid one.',
    fix: 'Return 400 invalid_request_error for a limit below 1.',
  },
  'PAG-10': {
    cause: 'A limit above 100 is replaced by another size than 100, or by the default.',
    fix: 'Cap the limit at 100, or return 400 invalid_request_error.',
  },
  'PAG-11': {
    cause: 'A cursor that is not found is dropped from the query.',
    fix: 'Return 400 if the cursor is not an event of this thread.',
  },
  'PAG-12': {
    cause: 'Pagination by offset, or a new snapshot for each page.',
    fix: 'Page by the key of the last event, not by its position.',
  },
  'PAG-14': {
    cause: 'A cursor that is not an event of this thread is dropped, or is looked up in all threads.',
    fix: 'Look up the cursor within the thread, and return 400 if it is not found.',
  },
  'PAG-15': {
    cause: 'A lenient number parser accepts texts that are not plain integers.',
    fix: 'Accept only decimal digits, and return 400 invalid_request_error for everything else.',
  },
  'PAG-20': {
    cause: 'next_page is missing, or is computed from something other than has_more.',
    fix: 'Set next_page to a cursor if more events follow, and to null if not.',
  },
  'PAG-23': {
    cause: 'One of the cursors is ignored, or both are applied.',
    fix: 'Return 400 invalid_request_error if page is given together with after_id or before_id.',
  },
  'PAG-25': {
    cause: 'The limit is capped, as in the revision of June 2026.',
    fix: 'Return 400 invalid_request_error for a limit above 100.',
  },
  FLT: {
    cause: 'The filter is applied after the limit, as a pattern, or in one spelling of the parameter only.',
    fix: 'Read all spellings into one list of types, and add type IN (…) to the query before order and limit.',
  },
  'FLT-04': {
    cause:
      'A type without events is dropped from the filter, or an empty result is taken for a missing filter.',
    fix: 'Apply the filter whenever the parameter is given, and return an empty page if nothing matches.',
  },
  'FLT-05': {
    cause: 'The filter, the cursor and the limit are applied in another order, or in a branch of their own.',
    fix: 'Apply the filter first, then the cursor by its position in the whole thread, then order and limit.',
  },
  NEG: {
    cause: 'The Accept header is searched as text, or only its first media type or line is read.',
    fix: 'Split all Accept lines at commas, compare media types without case and parameters, and send Vary: Accept.',
  },
  'NEG-05': {
    cause: 'State is kept for a connection, or shared by requests that run at the same time.',
    fix: 'Keep all state in the request, and put path, query, Accept and credentials into every cache key.',
  },
  'NEG-06': {
    cause: 'Vary is missing, or is set on one of the two representations only.',
    fix: 'Send Vary: Accept with the list and with the stream.',
  },
  SSE: {
    cause: 'The stream does not use the code of the list, or a proxy or compression buffers it.',
    fix: 'Write each event as event, id and one data line followed by a blank line, flush immediately, and replay the history in list order.',
  },
  'SSE-01': {
    cause: 'The stream is sent with the status or media type of another response.',
    fix: 'Send 200 and text/event-stream before the first frame.',
  },
  'SSE-02': {
    cause:
      'The data of a frame is not the event alone: it is wrapped, encoded twice, or spread over several lines.',
    fix: 'Write each event as one data line of flat JSON, followed by a blank line.',
  },
  'SSE-03': {
    cause: 'id and event of a frame are not taken from the event in its data.',
    fix: 'Write id and event of every frame from the event, and send keep-alives as comments.',
  },
  'SSE-04': {
    cause: 'The history is read with a limit, in another order, or in pages that overlap or leave gaps.',
    fix: 'Replay the whole history in list order, each page after the last event of the page before.',
  },
  'SSE-06': {
    cause:
      'The stream reads the filter with other code than the list, or applies it to a part of the stream only.',
    fix: 'Read the filter with the code of the list, and apply it to the history and to new events.',
  },
  'SSE-07': {
    cause: 'A Last-Event-ID that is not found is dropped.',
    fix: 'Return 400 if the id is not an event of this thread, before the stream starts.',
  },
  'SSE-08': {
    cause: 'A proxy, compression or a write buffer delays frames, or the stream has no history.',
    fix: "Start the stream with the thread's events, flush after every frame, and turn off buffering and compression for it.",
  },
  'SSE-10': {
    cause: 'The stream starts before the request is checked.',
    fix: 'Check credentials, ids and query first, and return errors as JSON with their status.',
  },
  'SSE-05': {
    cause: 'Last-Event-ID is ignored, or looked up in a different order than that of the history.',
    fix: 'Start right after the event with that id, in the order of the history.',
  },
  'SSE-09': {
    cause: 'There is a gap or an overlap between reading the history and subscribing to new events.',
    fix: 'Subscribe first, then send the history, then send the buffered new events that the history did not contain.',
  },
  'SSE-20': {
    cause: 'The stream is still served from the path of the list only.',
    fix: 'Serve the stream at …/threads/{thread_id}/stream.',
  },
  'SSE-21': {
    cause: 'A Last-Event-ID that is not found is dropped, or returns another error.',
    fix: 'Return 400 invalid_request_error if the id is not an event of this thread, before the stream starts.',
  },
  'SSE-22': {
    cause: 'Keep-alives are sent as events.',
    fix: 'Send keep-alives as comments: a line that starts with a colon.',
  },
  AUT: {
    cause:
      'The token check is missing or weaker in one branch: for streams, for other schemes, or for expired tokens.',
    fix: 'Check the token once for the whole route, before anything else, and return 401 with the error envelope.',
  },
  'AUT-01': {
    cause: 'A request without credentials takes another branch than one with a wrong token.',
    fix: 'Return 401 authentication_error if there is no credential.',
  },
  'AUT-02': {
    cause: 'Tokens are compared in part, without case, or as a pattern.',
    fix: 'Compare the whole token exactly, and return 401 for every other text.',
  },
  'AUT-03': {
    cause: 'The token is also read from other places, or the scheme before it is not checked.',
    fix: 'Accept the token in Authorization: Bearer only.',
  },
  'AUT-04': {
    cause: 'The expiry of a token is not checked, or has another status.',
    fix: 'Check the expiry with the token, and return 401.',
  },
  'AUT-06': {
    cause: 'Session and thread are looked up before the credentials are checked.',
    fix: 'Check the credentials first, and return 401 whatever the path names.',
  },
  'AUT-07': {
    cause: 'Request headers are copied into an error message, a log or a debug header that is sent.',
    fix: 'Never write request headers into a response.',
  },
  'AUT-08': {
    cause: 'The 401 is written without the header of its challenge.',
    fix: 'Send WWW-Authenticate: Bearer with every 401.',
  },
  NFD: {
    cause: 'The thread is looked up without its session, or a failed lookup returns an empty result.',
    fix: 'Look up session and thread together, and return 404 not_found_error before the query is read.',
  },
  'NFD-04': {
    cause: 'Ids are normalised, cut or matched as a pattern before they are compared.',
    fix: 'Compare ids as they are, byte by byte.',
  },
  'NFD-05': {
    cause: 'Another check runs before session and thread are looked up, for some Accept headers or queries.',
    fix: 'Look up session and thread before Accept and the query are read.',
  },
  ERR: {
    cause: "Errors of the framework or of a gateway bypass the API's error handler.",
    fix: 'Send every error, including those of the framework, through one function that writes the error envelope.',
  },
  'ERR-02': {
    cause: 'Errors are sent with the media type of another response.',
    fix: 'Send every error as application/json.',
  },
  'ERR-03': {
    cause: 'Status and error.type are chosen in different places.',
    fix: 'Derive both from one table.',
  },
  'ERR-04': {
    cause: 'The message of an exception is sent to the client.',
    fix: 'Log the exception, and send a message written for clients.',
  },
  'ERR-05': {
    cause: 'The error envelope is built without the id of the request.',
    fix: 'Add request_id to every error: the x-request-id of the request, or a new UUID.',
  },
  'INP-04': {
    cause: 'The route throws for a valid request, or a service behind it is not available.',
    fix: 'Find the request in the log of the server by its trace id, and fix the exception.',
  },
  'INP-03': {
    cause:
      'A cache, a shared iterator, a stale replica or a mock with random data returns different responses to the same request.',
    fix: 'Read from the same data every time, and include the whole request in the cache key.',
  },
  'INP-02': {
    cause: 'An unknown order is passed on to the query, or is taken for desc.',
    fix: 'Accept asc and desc, and return 400 for everything else or use the default.',
  },
  INP: {
    cause: 'Unvalidated input reaches the database or a parser.',
    fix: 'Validate path, query and headers first, return 400 for invalid input, and never let client input cause a 5xx.',
  },
}

/** The remedy for a known bug. */
export function remedyOf({ violates: [first], seen }: Pick<Fault, 'violates' | 'seen'>): Remedy {
  const { cause, fix } = of(first)
  return { cause: seen ?? cause, fix }
}

/**
 * The remedy for a failing requirement without a known bug.
 * @param message what a finding says: the status of a response can say more about the cause than the requirement does
 */
export function remedyForRequirement(id: string, message = ''): Remedy | undefined {
  return remedyForStatus(id, message) ?? remedies[id] ?? remedies[id.slice(0, 3)]
}

function remedyForStatus(id: string, message: string): Remedy | undefined {
  const status = Number(/\bgot (?:status )?(\d{3})\b/.exec(message)?.[1] ?? 0)
  if (status >= 500 && !id.startsWith('INP'))
    return {
      cause: 'The route throws for this request, or a service behind it is not available.',
      fix: 'Find the request in the log of the server by its trace id, and fix the exception.',
    }
  if (status < 400) return undefined
  if (/expected (?:a list|an event stream|200)\b/.test(message))
    return {
      cause: 'Validation, a permission check or a gateway rejects a valid request.',
      fix: 'Accept the request. The error body says what rejects it.',
    }
  if (/^NFD-0[1-3]/.test(id))
    return {
      cause: 'A failed lookup returns the status of another error.',
      fix: 'Return 404 not_found_error if the session or the thread is not found.',
    }
  if (id.startsWith('AUT'))
    return {
      cause: 'Credentials that are not valid return the status of another error.',
      fix: 'Return 401 authentication_error for every credential that is missing or not valid.',
    }
  return undefined
}

/** The remedy for a failing requirement, by what its first finding shows. */
export function remedyForOutcome({ id, findings: [first] }: Pick<Outcome, 'id' | 'findings'>): Remedy {
  return remedyForStatus(id, first?.message ?? '') ?? of(id)
}

function of(id: RequirementId): Remedy {
  const remedy = remedies[id] ?? remedies[id.slice(0, 3)]
  if (remedy === undefined) throw new Error(`No remedy for ${id}.`)
  return remedy
}
