import type { RequirementId } from '../contract/catalogue.ts'
import type { Fault } from '../reference/faults/fault.ts'

/** The kinds of bugs in plain words, and the requirements that a bug of the kind breaks first. */
const kinds: readonly (readonly [label: string, ...ids: readonly RequirementId[]])[] = [
  ['The list body lacks documented fields or differs from the documented form.', 'ENV-01'],
  ['Lists have the wrong media type, or are not JSON in UTF-8.', 'ENV-02'],
  ['first_id and last_id are not the ends of the page.', 'ENV-03'],
  ['Empty pages differ from the documented form.', 'ENV-04'],
  ['has_more is wrong.', 'ENV-05'],
  ['Events lack required fields.', 'EVT-01'],
  ['Event ids do not have the documented form, or are not unique.', 'EVT-02'],
  ['Events name the wrong session or thread.', 'EVT-03', 'EVT-04'],
  ['Timestamps differ from the documented form.', 'EVT-05', 'EVT-10'],
  ['Fields of documented event types are missing or wrong.', 'EVT-06', 'EVT-07', 'EVT-09'],
  ['The same event is written differently in different responses.', 'EVT-08'],
  ['Events are sorted by something other than the instant of created_at.', 'ORD-01'],
  ['order=asc differs from the default order.', 'ORD-02'],
  ['order=desc is not the reverse of the ascending order.', 'ORD-03'],
  ['Events with equal timestamps change their order.', 'ORD-04'],
  ['Lists contain events of other threads.', 'ISO-01', 'ISO-02'],
  ['Cursors of other threads are accepted.', 'ISO-03'],
  ['Streams carry events of other threads.', 'ISO-04'],
  ['Other tenants are not refused properly.', 'ISO-05'],
  ['The default page size is not 20.', 'PAG-01'],
  ['Pages do not have the size given by limit.', 'PAG-02'],
  ['Pages after or before a cursor have the wrong events.', 'PAG-03', 'PAG-04', 'PAG-05', 'PAG-06', 'PAG-07'],
  ['after_id together with before_id is not refused properly.', 'PAG-08'],
  ['Invalid limits are not refused properly.', 'PAG-09', 'PAG-10', 'PAG-15'],
  ['Unknown cursors are not refused.', 'PAG-11', 'PAG-14'],
  ['Pagination repeats or skips events while the thread grows.', 'PAG-12'],
  ['type filters return the wrong events.', 'FLT-01', 'FLT-02', 'FLT-04'],
  ['types[] is not read like type.', 'FLT-03'],
  ['Filters and paging do not work together.', 'FLT-05'],
  ['The Accept header is read wrongly.', 'NEG-01', 'NEG-02', 'NEG-03', 'NEG-04'],
  ['Requests on one connection affect each other.', 'NEG-05'],
  ['Vary does not name Accept.', 'NEG-06'],
  ['Streams have the wrong status or media type.', 'SSE-01'],
  ['Stream frames differ from the documented form.', 'SSE-02', 'SSE-03'],
  ['Streams do not replay the history.', 'SSE-04'],
  ['Last-Event-ID resumes at the wrong event.', 'SSE-05'],
  ['Streams are filtered wrongly.', 'SSE-06'],
  ['An unknown Last-Event-ID is not refused.', 'SSE-07'],
  ['Stream frames are buffered.', 'SSE-08'],
  ['New events do not reach open streams properly.', 'SSE-09'],
  ['Errors under Accept: text/event-stream are not sent as errors.', 'SSE-10'],
  ['Requests without credentials are not refused with 401.', 'AUT-01'],
  ['Credentials are accepted that are not valid.', 'AUT-02', 'AUT-03'],
  ['Expired tokens are not refused with 401.', 'AUT-04'],
  ['Streams check credentials differently from lists.', 'AUT-05'],
  ['Ids are looked up before credentials are checked.', 'AUT-06'],
  ['Responses repeat the token.', 'AUT-07'],
  ['401 has no WWW-Authenticate.', 'AUT-08'],
  ['Unknown sessions or threads do not return 404.', 'NFD-01', 'NFD-02', 'NFD-03'],
  ['Ids that differ are treated as equal.', 'NFD-04'],
  ['404 depends on Accept or the query.', 'NFD-05'],
  ['Error bodies do not have the documented envelope.', 'ERR-01'],
  ['Error bodies have the wrong media type.', 'ERR-02'],
  ['Status and error.type do not match.', 'ERR-03'],
  ['Error messages show internals of the server.', 'ERR-04'],
  ['Some requests end in 5xx, hang or drop the connection.', 'INP-01', 'INP-04'],
  ['An unknown order is not handled properly.', 'INP-02'],
  ['The same request has different responses.', 'INP-03'],
]

/** A kind of its own, whatever requirements it breaks: an answer proves it by being right for another request. */
export const kindOfForeignAnswers = 'Responses belong to another recent request.'

const labels = new Map<string, string>(kinds.flatMap(([label, ...ids]) => ids.map((id) => [id, label])))

/** What several mechanisms of one kind have in common, where that says more than the kind. */
const families: Readonly<Record<string, readonly string[]>> = {
  'Pages repeat or skip events with equal timestamps.': [
    'keyset-without-tie-break',
    'keyset-repeats-ties',
    'keyset-ties-by-id',
    'keyset-in-milliseconds',
  ],
  'Cursors match ids that differ.': [
    'cursor-case-insensitive',
    'cursor-by-number',
    'cursor-without-punctuation',
    'cursor-cut-to-36-characters',
    'cursor-by-prefix',
  ],
  'Timestamps lose precision before they are compared.': [
    'sorted-by-milliseconds',
    'sorted-by-seconds',
    'sorted-by-microseconds',
    'sorted-by-doubles',
    'last-digit-rounded',
  ],
  'Time zones are handled wrongly when events are sorted.': [
    'zones-ignored',
    'offsets-added',
    'half-hours-of-offsets-dropped',
    'half-hours-added-to-negative-zones',
    'zones-of-fourteen-hours-refused',
  ],
}

const familyOf = new Map(
  Object.entries(families).flatMap(([family, names]) => names.map((name) => [name, family])),
)

/** The kind of bug that breaks a requirement, in one sentence. */
export function kindOfBug(id: RequirementId): string {
  return labels.get(id) ?? 'A requirement of the contract is not met.'
}

/** From the kind of a bug to its mechanism, each a sentence. */
export function levelsOf({ name, sentence, violates }: Fault): readonly string[] {
  const family = familyOf.get(name)
  return [kindOfBug(violates[0]), ...(family === undefined ? [] : [family]), sentence]
}
