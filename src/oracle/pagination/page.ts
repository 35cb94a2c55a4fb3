import { isJsonObject, type JsonValue, jsonProblem, parseJson } from '../../contract/json.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { type SeenEvent, seenEvent } from '../event.ts'
import { mediaType } from '../media-type.ts'
import { statusCame } from '../said.ts'

/** One page of a list, read as far as it can be: fields of the wrong type stay as they came. */
export interface Page {
  readonly events: readonly SeenEvent[]
  readonly firstId: JsonValue | undefined
  readonly lastId: JsonValue | undefined
  readonly hasMore: JsonValue | undefined
  readonly value: JsonValue
}

/**
 * Reads a list page out of an exchange.
 * @returns the page, or one clause that says what came instead of a list.
 */
export function readPage(exchange: Exchange): Page | string {
  const { response, failure } = exchange
  if (failure !== undefined) return failure.message
  if (response === undefined) return 'no answer came'
  if (exchange.stream !== undefined) return 'an event stream came'
  // A list under another status of success is still read: that the status is wrong is one finding, not fifty.
  if (response.status < 200 || response.status > 299) return statusCame(exchange)
  const value = parseJson(response.body)
  if (value === undefined)
    return `a body came that ${jsonProblem(response.body)} (${mediaType(response) ?? 'no media type'})`
  if (!isJsonObject(value)) return 'JSON came that is not an object'
  const { data } = value
  if (!Array.isArray(data)) return 'an object came without an array `data`'
  return {
    events: data.map(seenEvent),
    firstId: value.first_id,
    lastId: value.last_id,
    hasMore: value.has_more,
    value,
  }
}

/** The ids on a page in their order; an event without one shows as `(no id)`. */
export function idsOf(events: readonly SeenEvent[]): string[] {
  return events.map((event) => event.id ?? '(no id)')
}
