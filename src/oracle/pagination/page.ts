import { isJsonObject, type JsonObject, type JsonValue, jsonProblem, parseJson } from '../../contract/json.ts'
import type { Exchange } from '../../wire/exchange.ts'
import type { SeenEvent } from '../event.ts'
import { type EventReader, plainReader } from '../event-table.ts'
import { mediaType } from '../media-type.ts'
import { gotStatus } from '../said.ts'
import { type ListFrame, splitList } from './split-list.ts'

/** One page of a list, read as far as possible: fields of the wrong type are kept unchanged. */
export interface Page {
  readonly events: readonly SeenEvent[]
  readonly firstId: JsonValue | undefined
  readonly lastId: JsonValue | undefined
  readonly hasMore: JsonValue | undefined
  readonly nextPage: JsonValue | undefined
  /** All fields of the list, with an empty `data`. */
  readonly envelope: JsonObject
  /** The text around the events, if the text of the list could be split. */
  readonly frame?: ListFrame
}

/**
 * Reads a list page out of an exchange.
 * @param reader reads the events; without a table by default
 * @returns the page, or a clause that says what was returned instead of a list: `got 404`, or why the exchange failed.
 */
export function readPage(exchange: Exchange, reader: EventReader = plainReader): Page | string {
  const { response, failure } = exchange
  if (failure !== undefined) return failure.message
  if (response === undefined) return 'got no response'
  if (exchange.stream !== undefined) return 'got an event stream'
  // A list with another 2xx status is still read: the wrong status is one finding, not fifty.
  if (response.status < 200 || response.status > 299) return gotStatus(exchange)
  const page = readSplit(response.body, reader)
  if (page !== undefined) return page
  const value = parseJson(response.body)
  if (value === undefined)
    return `got a body that ${jsonProblem(response.body)} (${mediaType(response) ?? 'no media type'})`
  if (!isJsonObject(value)) return 'got JSON that is not an object'
  const { data } = value
  if (!Array.isArray(data)) return 'got an object without a `data` array'
  return pageOf({ ...value, data: [] }, data.map(reader.fromValue, reader))
}

// Most lists can be split, and then only unknown events have to be parsed.
function readSplit(body: string, reader: EventReader): Page | undefined {
  const list = splitList(body)
  if (list === undefined) return undefined
  const events: SeenEvent[] = []
  for (const item of list.items) {
    const event = reader.fromText(item)
    if (event === undefined) return undefined
    events.push(event)
  }
  // A copy of exactly this length: an array that has grown has room for more.
  return { ...pageOf(list.envelope, events.slice()), frame: list.frame }
}

function pageOf(envelope: JsonObject, events: readonly SeenEvent[]): Page {
  const { first_id, last_id, has_more, next_page } = envelope
  return {
    events,
    firstId: first_id,
    lastId: last_id,
    hasMore: has_more,
    nextPage: next_page,
    envelope,
  }
}

/** The ids on a page, in order; an event without an id is listed as `(no id)`. */
export function idsOf(events: readonly SeenEvent[]): string[] {
  return events.map((event) => event.id ?? '(no id)')
}
