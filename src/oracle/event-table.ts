import { type JsonValue, parseJson, writeJson } from '../contract/json.ts'
import { defaultRevision } from '../contract/revisions/index.ts'
import type { EventReading } from '../contract/revisions/revision.ts'
import { type SeenEvent, sameJson, seenEvent } from './event.ts'
import { EventColumns, type StoredEvent } from './stored-event.ts'

/** The first id in a text, which usually is the event's own. */
const firstId = /"id"\s*:\s*"(evt_[^"\\]*)"/

/** The event that was read from a text, or else the first id in the text and the first event with this id. */
interface Found {
  readonly event: StoredEvent | undefined
  readonly id?: string | undefined
  readonly first?: StoredEvent | undefined
}

/** Reads events out of JSON. */
export interface EventReader {
  /** Reads an event from its JSON text; `undefined` if the text is not JSON. */
  fromText(text: string): SeenEvent | undefined
  /** Reads an event from its JSON value. */
  fromValue(value: JsonValue): SeenEvent
}

/** Reads events without a table, by the rules of a revision. */
export function readerOf(reading: EventReading): EventReader {
  return {
    fromText(text) {
      const value = parseJson(text)
      return value === undefined ? undefined : seenEvent(value, reading)
    },
    fromValue: (value) => seenEvent(value, reading),
  }
}

/** Reads events without a table, by the rules of the default revision. */
export const plainReader: EventReader = readerOf(defaultRevision.events)

/**
 * All events in the responses of a run, each once: the same text gives the same object, without being parsed again. Another
 * text of an id has the first event of this id as its original if the JSON values are equal.
 */
export class EventTable implements EventReader {
  readonly #columns: EventColumns
  /** Events without an id, further texts of an id, and texts in which another id is before the event's own. */
  readonly #byText = new Map<string, StoredEvent>()
  readonly #reading: EventReading
  /** The event that was recognized last, and the step to its number from the one before. */
  #last: StoredEvent | undefined
  #step = 1

  /** @param reading how the revision's events are read */
  constructor(reading: EventReading = defaultRevision.events) {
    this.#reading = reading
    this.#columns = new EventColumns(reading)
  }

  fromText(text: string): SeenEvent | undefined {
    const found = this.#find(text)
    if (found.event !== undefined) return found.event
    const value = parseJson(text)
    return value === undefined ? undefined : this.#store(text, value, found)
  }

  fromValue(value: JsonValue): SeenEvent {
    const text = writeJson(value)
    const found = this.#find(text)
    return found.event ?? this.#store(text, value, found)
  }

  #find(text: string): Found {
    const neighbour = this.#neighbour(text)
    const found = neighbour === undefined ? this.#search(text) : { event: neighbour }
    this.#last = found.event
    return found
  }

  // Pages and streams repeat events in the order of an earlier page or in the reverse, which saves most searches.
  #neighbour(text: string): StoredEvent | undefined {
    if (this.#last === undefined) return undefined
    for (const step of [this.#step, -this.#step]) {
      const event = this.#columns.events[this.#last.number + step]
      if (event?.isText(text) !== true) continue
      this.#step = step
      return event
    }
    return undefined
  }

  #search(text: string): Found {
    const id = firstId.exec(text)?.[1]
    const first = id === undefined ? undefined : this.#columns.firstWithId(id)
    if (first?.isText(text) === true) return { event: first }
    return { event: this.#byText.size === 0 ? undefined : this.#byText.get(text), id, first }
  }

  #store(text: string, value: JsonValue, found: Found): StoredEvent {
    const seen = seenEvent(value, this.#reading)
    const { id } = seen
    const hasFirstId = id !== undefined && id === found.id
    const first = hasFirstId ? found.first : id === undefined ? undefined : this.#columns.firstWithId(id)
    const original = first !== undefined && sameJson(first.value, value) ? first : undefined
    const event = this.#columns.add(text, seen, { first, original })
    if (first !== undefined || !hasFirstId) this.#byText.set(text, event)
    return event
  }
}
