import { type Instant, parseInstant } from '../contract/instant.ts'
import { type JsonValue, parseJson, writeJson } from '../contract/json.ts'
import { defaultRevision } from '../contract/revisions/index.ts'
import type { EventReading } from '../contract/revisions/revision.ts'
import { type SeenEvent, sameJson, seenEvent } from './event.ts'
import { TextStore } from './text-store.ts'

/** The number of events that stay parsed. Later ones are parsed again when a judge reads a further field. */
const keptValues = 2_000

/** The number of different types and labels that all events share. */
const keptWords = 10_000

/** The first id in a text, which usually is the event's own. */
const firstId = /"id"\s*:\s*"(evt_[^"\\]*)"/

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
 * text of an id has the first event of this id as its original if the JSON values are equal. An event holds the few fields
 * that judges of the whole history need, and its value is parsed when a judge reads more.
 */
export class EventTable implements EventReader {
  /** All events by the numbers of their bodies. */
  readonly #events: StoredEvent[] = []
  /** Each event under its id, as it was seen first. */
  readonly #byId = new Map<string, StoredEvent>()
  /** Events without an id, and further texts of an id, under the whole text. */
  readonly #byText = new Map<string, StoredEvent>()
  readonly #words = new Map<string, string>()
  readonly #bodies = new EventBodies()
  readonly #reading: EventReading
  /** The number of the event that was recognized last. */
  #last: number | undefined

  /** @param reading how the revision's events are read */
  constructor(reading: EventReading = defaultRevision.events) {
    this.#reading = reading
  }

  fromText(text: string): SeenEvent | undefined {
    const known = this.#known(text)
    if (known !== undefined) return known
    const value = parseJson(text)
    return value === undefined ? undefined : this.#store(text, value)
  }

  fromValue(value: JsonValue): SeenEvent {
    const text = writeJson(value)
    return this.#known(text) ?? this.#store(text, value)
  }

  #known(text: string): StoredEvent | undefined {
    const known = this.#neighbour(text) ?? this.#stored(text)
    this.#last = known?.body
    return known
  }

  // Pages and streams repeat events in the order of an earlier page or in the reverse, which saves most searches.
  #neighbour(text: string): StoredEvent | undefined {
    if (this.#last === undefined) return undefined
    for (const number of [this.#last + 1, this.#last - 1]) {
      const event = this.#events[number]
      if (event !== undefined && this.#bodies.isText(number, text)) return event
    }
    return undefined
  }

  #stored(text: string): StoredEvent | undefined {
    const first = this.#byId.get(firstId.exec(text)?.[1] ?? '')
    if (first !== undefined && this.#bodies.isText(first.body, text)) return first
    return this.#byText.size === 0 ? undefined : this.#byText.get(text)
  }

  #store(text: string, value: JsonValue): StoredEvent {
    const { id, type, session, thread, createdAt } = seenEvent(value, this.#reading)
    const first = id === undefined ? undefined : this.#byId.get(id)
    const fields = {
      id,
      type: this.#word(type),
      session: this.#word(session),
      thread: this.#word(thread),
      createdAt,
    }
    const event = new StoredEvent(fields, this.#bodies, this.#bodies.add(text, value), {
      first,
      original: first !== undefined && sameJson(first.value, value) ? first : undefined,
    })
    this.#events.push(event)
    if (first === undefined && id !== undefined) this.#byId.set(id, event)
    if (first !== undefined || id === undefined || firstId.exec(text)?.[1] !== id)
      this.#byText.set(text, event)
    return event
  }

  // The same few texts are in every event.
  #word(text: string | undefined): string | undefined {
    if (text === undefined) return undefined
    const known = this.#words.get(text)
    if (known !== undefined) return known
    if (this.#words.size < keptWords) this.#words.set(text, text)
    return text
  }
}

/** An event of a table. Its value is parsed from its text on access. */
export class StoredEvent implements SeenEvent {
  readonly id: string | undefined
  readonly type: string | undefined
  readonly session: string | undefined
  readonly thread: string | undefined
  readonly createdAt: string | undefined
  /** The number of its body. */
  readonly body: number
  readonly original: StoredEvent
  readonly idNumber: number | undefined
  readonly #bodies: EventBodies
  #instant: Instant | null | undefined

  /** @param earlier the first event of the table with this id, also as the original if its value is equal */
  constructor(
    fields: Pick<SeenEvent, 'id' | 'type' | 'session' | 'thread' | 'createdAt'>,
    bodies: EventBodies,
    body: number,
    earlier: { readonly first: StoredEvent | undefined; readonly original: StoredEvent | undefined },
  ) {
    this.id = fields.id
    this.type = fields.type
    this.session = fields.session
    this.thread = fields.thread
    this.createdAt = fields.createdAt
    this.body = body
    this.original = earlier.original ?? this
    this.idNumber = fields.id === undefined ? undefined : (earlier.first?.body ?? body)
    this.#bodies = bodies
  }

  // Judges compare the same instants many times.
  get instant(): Instant | undefined {
    if (this.#instant === undefined)
      this.#instant = this.createdAt === undefined ? null : (parseInstant(this.createdAt) ?? null)
    return this.#instant ?? undefined
  }

  get value(): JsonValue {
    return this.#bodies.valueOf(this.body)
  }

  /** The JSON text that the event was read from. */
  get text(): string {
    return this.#bodies.textOf(this.body)
  }
}

/** The texts of events by their numbers, and the values of the first ones. */
class EventBodies {
  readonly #texts = new TextStore()
  readonly #values: JsonValue[] = []
  #last: { readonly number: number; readonly value: JsonValue } | undefined

  add(text: string, value: JsonValue): number {
    if (this.#values.length < keptValues) this.#values.push(value)
    return this.#texts.add(text)
  }

  isText(number: number, text: string): boolean {
    return this.#texts.at(number) === text
  }

  textOf(number: number): string {
    return this.#texts.at(number)
  }

  valueOf(number: number): JsonValue {
    const kept = this.#values[number]
    if (kept !== undefined) return kept
    if (this.#last?.number !== number)
      this.#last = { number, value: parseJson(this.#texts.at(number)) ?? null }
    return this.#last.value
  }
}
