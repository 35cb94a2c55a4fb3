import { type Instant, parseInstant } from '../contract/instant.ts'
import { canonicalJson, isJsonObject, type JsonValue, ownString } from '../contract/json.ts'
import { defaultRevision } from '../contract/revisions/index.ts'
import type { EventReading } from '../contract/revisions/revision.ts'

/** An event of a response, with the fields that judges need; a field of another type is `undefined`. */
export interface SeenEvent {
  readonly id: string | undefined
  readonly type: string | undefined
  readonly session: string | undefined
  readonly thread: string | undefined
  /** The time that orders events: `created_at`, or the revision's field in its place. */
  readonly createdAt: string | undefined
  readonly value: JsonValue
  /** The first event of the table with this id if its value is equal, else this event; only for events of a table. */
  readonly original?: SeenEvent
  /** A number that all events of a table with this id share, where this one is from a table. */
  readonly idNumber?: number | undefined
  /** `createdAt` as an instant, where this event is from a table. */
  readonly instant?: Instant | undefined
}

/** An event that can be pointed at: it has an id of its own. */
export interface KnownEvent extends SeenEvent {
  readonly id: string
}

/**
 * Reads an event out of a JSON value, which may be anything.
 * @param reading which fields the revision promises
 */
export function seenEvent(
  value: JsonValue,
  { labels, times }: EventReading = defaultRevision.events,
): SeenEvent {
  const object = isJsonObject(value) ? value : {}
  const time = times.find((name) => ownString(object, name) !== undefined)
  return {
    id: ownString(object, 'id'),
    type: ownString(object, 'type'),
    session: labels ? ownString(object, 'session_id') : undefined,
    thread: labels ? ownString(object, 'session_thread_id') : undefined,
    createdAt: ownString(object, time ?? 'created_at'),
    value,
  }
}

/** Whether the event has an id. */
export function isKnown(event: SeenEvent): event is KnownEvent {
  // The number of an id is at hand, and its text is not.
  return event.idNumber !== undefined || event.id !== undefined
}

/** Whether two events have the same id. Both are from the same table, or both are from none. */
export function sameId(a: KnownEvent, b: KnownEvent): boolean {
  return a.idNumber === undefined ? a.id === b.id : a.idNumber === b.idNumber
}

/** Reads the events that have an id. */
export function knownEvents(values: readonly JsonValue[]): KnownEvent[] {
  return values.map((value) => seenEvent(value)).filter(isKnown)
}

/** When the event was created, or `undefined` when `created_at` is no RFC 3339 date-time. */
export function createdInstant(event: SeenEvent): Instant | undefined {
  // An event of a table has its instant at hand, and would have to be parsed for its timestamp.
  return event.instant ?? (event.createdAt === undefined ? undefined : parseInstant(event.createdAt))
}

/** Whether two events are the same JSON value. */
export function sameValue(a: SeenEvent, b: SeenEvent): boolean {
  if (a.original !== undefined && a.original === b.original) return true
  return sameJson(a.value, b.value)
}

/** Whether two JSON values are equal: numbers to the last digit, objects in any order of their fields. */
export function sameJson(a: JsonValue, b: JsonValue): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b) || canonicalJson(a) === canonicalJson(b)
}

/** A `content` of one block that has nothing but a text is written as that text. */
export function plainContent(content: JsonValue): JsonValue {
  const [block, second] = Array.isArray(content) ? content : []
  if (!isJsonObject(block) || second !== undefined) return content
  const { type, text, ...others } = block
  return type === 'text' && typeof text === 'string' && Object.keys(others).length === 0 ? text : content
}
