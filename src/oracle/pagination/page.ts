import { isJsonObject, type JsonValue, jsonProblem, parseJson } from '../../contract/json.ts'
import type { EventReading } from '../../contract/revisions/revision.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { type SeenEvent, seenEvent } from '../event.ts'
import { mediaType } from '../media-type.ts'
import { gotStatus } from '../said.ts'

/** One page of a list, read as far as possible: fields of the wrong type are kept unchanged. */
export interface Page {
  readonly events: readonly SeenEvent[]
  readonly firstId: JsonValue | undefined
  readonly lastId: JsonValue | undefined
  readonly hasMore: JsonValue | undefined
  readonly nextPage: JsonValue | undefined
  readonly value: JsonValue
}

/**
 * Reads a list page out of an exchange.
 * @param reading how the revision's events are read; by default as those of the default revision
 * @returns the page, or a clause that says what was returned instead of a list: `got 404`, or why the exchange failed.
 */
export function readPage(exchange: Exchange, reading?: EventReading): Page | string {
  const { response, failure } = exchange
  if (failure !== undefined) return failure.message
  if (response === undefined) return 'got no response'
  if (exchange.stream !== undefined) return 'got an event stream'
  // A list with another 2xx status is still read: the wrong status is one finding, not fifty.
  if (response.status < 200 || response.status > 299) return gotStatus(exchange)
  const value = parseJson(response.body)
  if (value === undefined)
    return `got a body that ${jsonProblem(response.body)} (${mediaType(response) ?? 'no media type'})`
  if (!isJsonObject(value)) return 'got JSON that is not an object'
  const { data } = value
  if (!Array.isArray(data)) return 'got an object without a `data` array'
  return {
    events: data.map((one) => seenEvent(one, reading)),
    firstId: value.first_id,
    lastId: value.last_id,
    hasMore: value.has_more,
    nextPage: value.next_page,
    value,
  }
}

/** The ids on a page, in order; an event without an id is listed as `(no id)`. */
export function idsOf(events: readonly SeenEvent[]): string[] {
  return events.map((event) => event.id ?? '(no id)')
}
