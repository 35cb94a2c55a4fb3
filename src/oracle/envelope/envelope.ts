import { isJsonObject, jsonProblem, parseJson } from '../../contract/json.ts'
import { envelopeProblem } from '../../contract/schemas.ts'
import type { WireResponse } from '../../wire/exchange.ts'
import { differenceOf } from '../difference.ts'
import type { Finding } from '../finding.ts'
import { type ListExchange, revisionOf } from '../history.ts'
import type { JudgeResult } from '../judge-result.ts'
import { headerValues, mediaType } from '../media-type.ts'
import type { Window } from '../pagination/expected-window.ts'
import { ofTypes } from '../pagination/expected-window.ts'
import { knowsCursor } from '../pagination/known-cursor.ts'
import { idsOf, type Page } from '../pagination/page.ts'
import { describedList, possibleWindows } from '../pagination/page-window.ts'
import { gotStatus } from '../said.ts'
import { isPartialResponse } from './partial-response.ts'

/** A judge of one list exchange. */
export type ListJudge = (list: ListExchange) => JudgeResult

/** ENV-01: status 200, and a JSON object with an array `data` and the fields of the envelope. */
export const judgeShape: ListJudge = (list) => {
  const { response, stream, failure } = list.exchange
  if (response === undefined || failure !== undefined || stream !== undefined || response.status === 429)
    return 'undecided'
  if (isPartialResponse(list.exchange)) return 'undecided'
  // Refusing a cursor that is not known to belong to this thread is right; types are judged by FLT.
  if (isRefusal(response) && !(knowsCursor(list) && list.query.types === undefined)) return 'undecided'
  const at = { exchanges: [list.exchange.id] }
  const name = describedList(list)
  if (response.status !== 200)
    return {
      kind: 'status',
      message: `${name}: expected 200, ${gotStatus(list.exchange)}.`,
      expected: '200',
      actual: `${response.status}`,
      ...at,
    }
  // Only the beginning of the text is kept of a page that could be read.
  const value = typeof list.page === 'string' ? parseJson(response.body) : list.page.envelope
  if (value === undefined) return 'undecided'
  const problem =
    isJsonObject(value) && !Array.isArray(value.data)
      ? 'has no array `data`'
      : envelopeProblem(value, revisionOf(list.thread).schemas.list)
  if (problem === undefined) return undefined
  return {
    kind: 'schema',
    message: `${name}: the body ${problem}.`,
    expected: 'a valid list envelope',
    actual: problem,
    ...at,
  }
}

/** ENV-02: media type `application/json`, and a body of valid UTF-8 JSON. */
export const judgeRepresentation: ListJudge = ({ exchange, query, page }) => {
  const { response, stream, failure } = exchange
  if (response === undefined || stream !== undefined || response.status === 429) return 'undecided'
  // A list under another status than 200 is a list all the same.
  if (response.status !== 200 && typeof page === 'string') return 'undecided'
  const at = { exchanges: [exchange.id] }
  const name = describedList({ exchange, query })
  if (failure?.kind === 'encoding')
    return {
      kind: 'encoding',
      message: `${name}: ${failure.message}.`,
      expected: 'a body encoded as Content-Encoding says',
      actual: headerValues(response, 'content-encoding').join(' | '),
      ...at,
    }
  if (failure !== undefined) return 'undecided'
  const type = mediaType(response)
  if (type !== 'application/json') {
    const actual = headerValues(response, 'content-type').join(' | ') || 'no Content-Type'
    return {
      kind: 'media-type',
      message: `${name}: expected application/json, got ${actual}.`,
      expected: 'application/json',
      actual,
      ...at,
    }
  }
  if (!response.utf8)
    return {
      kind: 'utf-8',
      message: `${name}: the body is not valid UTF-8.`,
      expected: 'UTF-8',
      actual: 'other bytes',
      ...at,
    }
  const problem = typeof page === 'string' ? jsonProblem(response.body) : undefined
  if (problem !== undefined)
    return {
      kind: 'json',
      message: `${name}: the body ${problem}.`,
      expected: 'JSON',
      actual: response.body.slice(0, 200),
      ...at,
    }
  return undefined
}

/** ENV-03: on a page with events, `first_id` and `last_id` are the ids of the first and the last. */
export const judgeEnds: ListJudge = (list) => {
  const { page } = list
  if (typeof page === 'string' || page.events.length === 0 || lacksEnds(page)) return 'undecided'
  const expected = [page.events[0]?.id, page.events.at(-1)?.id].filter((id) => id !== undefined)
  // Events without an id are EVT-01's finding.
  if (expected.length < 2) return 'undecided'
  return endsFinding(list, page, expected)
}

/** ENV-04: on an empty page `data` is `[]` and both ids are null. */
export const judgeEmpty: ListJudge = (list) => {
  const { page } = list
  if (typeof page === 'string') return judgeEmptyData(list)
  if (page.events.length > 0 || lacksEnds(page)) return 'undecided'
  return endsFinding(list, page, [null, null])
}

/** ENV-05: `has_more` is a boolean, and true exactly when more events follow in the direction of paging. */
export const judgeHasMore: ListJudge = (list) => {
  const { page } = list
  if (typeof page === 'string' || page.hasMore === undefined) return 'undecided'
  const at = { exchanges: [list.exchange.id], actual: `has_more: ${JSON.stringify(page.hasMore)}` }
  const name = describedList(list)
  if (typeof page.hasMore !== 'boolean')
    return {
      kind: 'has-more-type',
      message: `${name}: has_more is not a boolean.`,
      expected: 'true or false',
      ...at,
    }
  const ids = idsOf(page.events)
  let first: Window | undefined
  for (const window of possibleWindows(list)) {
    // A page with the wrong events is another requirement's finding, and is not judged here.
    if (window.hasMore === undefined || differenceOf(idsOf(window.events), ids) !== undefined) continue
    if (window.hasMore === page.hasMore) return undefined
    first ??= window
  }
  if (first === undefined) return 'undecided'
  if (page.hasMore && cameMeanwhile(list)) return undefined
  const kind = first.hasMore === true ? 'has-more-missing' : 'has-more-surplus'
  const why = first.hasMore === true ? 'although more events follow' : 'although no more events follow'
  return {
    kind,
    message: `${name}: has_more is ${page.hasMore} ${why}.`,
    expected: `has_more: ${first.hasMore}`,
    ...at,
  }
}

// A field that is missing is ENV-01's finding.
function lacksEnds({ firstId, lastId }: Page): boolean {
  return firstId === undefined || lastId === undefined
}

// An object without a list where an empty one is expected.
function judgeEmptyData(list: ListExchange): Finding | 'undecided' {
  const { exchange } = list
  const value = exchange.response?.status === 200 ? parseJson(exchange.response.body) : undefined
  if (!isJsonObject(value) || Array.isArray(value.data)) return 'undecided'
  const windows = [...possibleWindows(list)]
  if (windows.length === 0 || windows.some(({ events }) => events.length > 0)) return 'undecided'
  return {
    kind: 'data',
    message: `${describedList(list)}: no event is expected, but data is not an empty array.`,
    expected: 'data: []',
    actual: `data: ${JSON.stringify(value.data)?.slice(0, 200)}`,
    exchanges: [exchange.id],
  }
}

/** The event types that the documents name, the least frequent first. */
export const documentedTypes: readonly string[] = [
  'session.thread_status_terminated',
  'session.thread_created',
  'agent.thread_message_received',
  'session.thread_status_idle',
  'session.thread_status_running',
  'agent.thread_message_sent',
]

/** Whether a target may refuse the list: it names only types that no event has and no document names. */
export function isAllowedRefusal({ exchange, query, thread }: ListExchange): boolean {
  const { response } = exchange
  if (query.types === undefined || response === undefined || !isRefusal(response)) return false
  const known = new Set([...documentedTypes, ...thread.sequence.events.map(({ type }) => type)])
  return query.types.every((type) => !known.has(type))
}

function isRefusal({ status }: WireResponse): boolean {
  return status === 400 || status === 404
}

// The flag may have been computed after the page, when an event had been appended in between.
function cameMeanwhile({ thread, known, query }: ListExchange): boolean {
  const { events, late = [] } = thread.sequence
  const fresh = [...events.slice(known), ...late.map(({ event }) => event)]
  return query.types === undefined ? fresh.length > 0 : fresh.some(ofTypes(query.types))
}

function endsFinding(
  list: ListExchange,
  page: Page,
  expected: readonly (string | null)[],
): Finding | undefined {
  const [first, last] = expected
  if (page.firstId === first && page.lastId === last) return undefined
  const wrong = [
    ...(page.firstId === first ? [] : ['first_id']),
    ...(page.lastId === last ? [] : ['last_id']),
  ]
  const write = (a: unknown, b: unknown) => `first_id: ${JSON.stringify(a)}, last_id: ${JSON.stringify(b)}`
  return {
    kind: page.firstId === first ? 'last-id' : 'first-id',
    message: `${describedList(list)}: ${wrong.join(' and ')} of the page ${wrong.length > 1 ? 'are' : 'is'} wrong.`,
    expected: write(first, last),
    actual: write(page.firstId, page.lastId),
    exchanges: [list.exchange.id],
  }
}
