import type { RequirementId } from '../contract/catalogue.ts'
import type { Fault } from '../reference/faults/fault.ts'

/** What usually causes a bug in a server, and how it is usually mended. */
export interface Remedy {
  readonly cause: string
  readonly mend: string
}

/** By the requirement that a bug breaks first; those of the area stand under its prefix. */
const remedies: Readonly<Record<string, Remedy>> = {
  ENV: {
    cause: 'An envelope that is put together anew for some kinds of page.',
    mend: 'Build every list by one function: data, the ids of its own first and last record or null, has_more as a boolean.',
  },
  'ENV-02': {
    cause: 'A response that is encoded, compressed or labelled in another way than its headers say.',
    mend: 'Send lists as application/json in UTF-8, and Content-Encoding only where the body is encoded.',
  },
  'ENV-05': {
    cause: 'has_more made from a count, from the size of the page, or from another query than the page.',
    mend: 'Ask for one record more than the limit with the very query of the page, drop it, and say whether it was there.',
  },
  EVT: {
    cause: 'A serialiser that writes some types, fields or times otherwise than the schema names them.',
    mend: 'Serialise all events by one function, and check its results against the event schema in a test.',
  },
  'EVT-08': {
    cause:
      'Two code paths that write the same event: list and stream, large and small pages, filtered and plain.',
    mend: 'Let one serialiser write the event wherever it appears, and keep texts and numbers as they were stored.',
  },
  ORD: {
    cause:
      'Sorting by another key than the instant of created_at: its text, its cut-off fraction, the id, or the row.',
    mend: 'Order by the instant in full precision and then by a unique column, in one ORDER BY that every query shares.',
  },
  'ORD-03': {
    cause: 'A descending order that is applied after the page was cut, or in one branch of the query only.',
    mend: 'Turn the whole ORDER BY round, its tie-break too, before the limit is applied, and turn the cursor comparison with it.',
  },
  'ORD-04': {
    cause: 'A sort key that is not unique, so that ties fall as the query plan has it.',
    mend: 'Add a unique column to the ORDER BY, and the same pair to the cursor comparison.',
  },
  ISO: {
    cause: 'A query branch that looks up by session, by id or by time alone and forgets the thread.',
    mend: 'Put the thread id into the condition of every query, that of the cursor included, and not into a filter afterwards.',
  },
  'ISO-05': {
    cause: 'A lookup that does not compare the tenant of the token with the owner of the session.',
    mend: 'Look up the session for the caller, and answer 404 or 403 whatever else the request asks for.',
  },
  PAG: {
    cause: 'A page whose bounds are worked out apart from the order that it is listed in.',
    mend: 'Compare by the pair of sort time and unique id in the direction of the order, strictly beyond the cursor.',
  },
  'PAG-01': {
    cause: 'The default of a framework or of another route.',
    mend: 'Use 20 where the request has no limit.',
  },
  'PAG-02': {
    cause: 'A limit that is read, capped or applied in another way than as a decimal number of events.',
    mend: 'Read limit as a decimal integer from 1 to 100, and apply it in the query of the page, after the filter.',
  },
  'PAG-03': {
    cause:
      'A keyset query on a column that is not unique, or a cursor compared in another order than the list has.',
    mend: 'Order and compare by the pair of time and id: WHERE (created_at, id) > (:at, :id) ORDER BY created_at, id.',
  },
  'PAG-04': {
    cause: 'A before_id that takes the first records of all in place of the last ones before the cursor.',
    mend: 'Read backwards from the cursor with the order turned, take the limit, and turn the page round again.',
  },
  'PAG-08': {
    cause: 'One cursor wins over the other, or both are applied.',
    mend: 'Answer 400 invalid_request_error where after_id and before_id are both given.',
  },
  'PAG-09': {
    cause: 'A limit that is not validated, or is replaced by the next valid one.',
    mend: 'Answer 400 invalid_request_error to a limit below 1.',
  },
  'PAG-11': {
    cause: 'A cursor that is looked up and, when nothing is found, left out of the query.',
    mend: 'Answer 400 when the cursor names no event of this thread.',
  },
  'PAG-12': {
    cause: 'Pages by offset, or a snapshot that is taken anew for each page.',
    mend: 'Page by the key of the last record, never by its place.',
  },
  FLT: {
    cause: 'A filter that is applied after the limit, by pattern, or in one spelling of the parameter only.',
    mend: 'Read all spellings into one list of types, and put type IN (…) into the query before order and limit.',
  },
  NEG: {
    cause: 'An Accept header that is searched for a text, or of which one part or one line alone is read.',
    mend: 'Split Accept at its commas over all lines, compare media types without case and parameters, and send Vary: Accept.',
  },
  SSE: {
    cause: 'A stream that is written by other means than the list, or held back by something on its way.',
    mend: 'Write each event as event, id and one data line with a blank line behind it, flush at once, and replay in the order of the list.',
  },
  'SSE-05': {
    cause: 'A Last-Event-ID that is not read, or is looked up in another order than the history is sent in.',
    mend: 'Start right after the event that Last-Event-ID names, in the order of the history.',
  },
  'SSE-09': {
    cause: 'A gap or an overlap between reading the history and listening for new events.',
    mend: 'Subscribe first, then read the history, then send what came meanwhile and was not in it.',
  },
  AUT: {
    cause:
      'A token check that is left out, or looser, in one branch: for streams, for other schemes, for expired tokens.',
    mend: 'Check the token once for the whole route, before anything else is looked up, and answer 401 with the one envelope.',
  },
  NFD: {
    cause: 'A lookup of the thread without its session, or an empty result in place of a refusal.',
    mend: 'Look up session and thread together for the caller, and answer 404 not_found_error before the query is read.',
  },
  ERR: {
    cause: 'Errors of the framework or a gateway that pass by the error handler of the API.',
    mend: 'Send every refusal, those of the framework too, through one function that writes the error envelope.',
  },
  'INP-03': {
    cause: 'A cache, a shared iterator or a replica that answers the same request in several ways.',
    mend: 'Answer every read from the same data, and put the whole request into the key of a cache.',
  },
  INP: {
    cause: 'Input that reaches the database or a parser unread.',
    mend: 'Validate path, query and headers first; refuse with 400, and let nothing that a client sends end in a 5xx.',
  },
}

/** What to tell the owner of a server with this bug. */
export function remedyOf({ violates: [first], seen }: Pick<Fault, 'violates' | 'seen'>): Remedy {
  const { cause, mend } = of(first)
  return { cause: seen ?? cause, mend }
}

/** What to tell the owner of a server that fails a requirement in a way that no known bug explains. */
export function remedyForRequirement(id: string): Remedy | undefined {
  return remedies[id] ?? remedies[id.slice(0, 3)]
}

function of(id: RequirementId): Remedy {
  const remedy = remedies[id] ?? remedies[id.slice(0, 3)]
  if (remedy === undefined) throw new Error(`There is no remedy for ${id}.`)
  return remedy
}
