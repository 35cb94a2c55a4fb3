import type { Instant } from '../contract/instant.ts'
import { type JsonValue, parseJson } from '../contract/json.ts'
import type { EventReading } from '../contract/revisions/revision.ts'
import { type SeenEvent, seenEvent } from './event.ts'
import { IdColumn } from './id-column.ts'
import { InstantColumn } from './instant-column.ts'
import { NumberColumn } from './number-column.ts'
import { TextStore } from './text-store.ts'
import { WordColumn } from './word-column.ts'

/** The number of events that stay parsed. Later ones are parsed again when a judge reads a further field. */
const keptValues = 2_000

/** An event of a table. It is only a number: its fields are in the columns, and its value is parsed on access. */
export class StoredEvent implements SeenEvent {
  readonly number: number
  readonly #columns: EventColumns

  constructor(columns: EventColumns, number: number) {
    this.#columns = columns
    this.number = number
  }

  get id(): string | undefined {
    return this.#columns.idOf(this)
  }

  get type(): string | undefined {
    return this.#columns.types.at(this.number)
  }

  get session(): string | undefined {
    return this.#columns.sessions.at(this.number)
  }

  get thread(): string | undefined {
    return this.#columns.threads.at(this.number)
  }

  get createdAt(): string | undefined {
    return this.#columns.createdAtOf(this)
  }

  get instant(): Instant | undefined {
    return this.#columns.instants.at(this.number)
  }

  get value(): JsonValue {
    return this.#columns.valueOf(this)
  }

  get original(): StoredEvent {
    return this.#columns.originalOf(this)
  }

  get idNumber(): number | undefined {
    return this.#columns.idNumberOf(this)
  }

  /** The JSON text that the event was read from. */
  get text(): string {
    return this.#columns.texts.at(this.number)
  }

  /** Whether the event was read from this JSON text. */
  isText(text: string): boolean {
    return this.#columns.texts.equals(this.number, text)
  }
}

/** The earlier events of a table with the same id: the first, also as the original if its value is equal. */
interface Earlier {
  readonly first: StoredEvent | undefined
  readonly original: StoredEvent | undefined
}

/** The fields of all events of a table, a column each: an object with its texts for each event would take five times the memory. */
export class EventColumns {
  readonly events: StoredEvent[] = []
  readonly types = new WordColumn()
  readonly sessions = new WordColumn()
  readonly threads = new WordColumn()
  readonly instants = new InstantColumn()
  readonly texts = new TextStore()
  readonly #reading: EventReading
  readonly #ids = new IdColumn()
  /** The number of each event's id plus one, or 0 if it has none. */
  readonly #idNumbers = NumberColumn.ofIntegers()
  /** The number of the first event with each id. */
  readonly #firsts = NumberColumn.ofIntegers()
  /** The originals of events that are not the original themselves. */
  readonly #originals = new Map<StoredEvent, StoredEvent>()
  readonly #values: JsonValue[] = []
  #last: { readonly number: number; readonly value: JsonValue } | undefined

  /** @param reading how the revision's events are read */
  constructor(reading: EventReading) {
    this.#reading = reading
  }

  /** Adds an event that is not in the table. */
  add(text: string, seen: SeenEvent, { first, original }: Earlier): StoredEvent {
    const event = new StoredEvent(this, this.events.length)
    this.events.push(event)
    this.types.add(seen.type)
    this.sessions.add(seen.session)
    this.threads.add(seen.thread)
    this.instants.add(seen.createdAt)
    this.texts.add(text)
    if (original !== undefined) this.#originals.set(event, original)
    if (seen.id !== undefined && first === undefined) {
      this.#ids.add(seen.id)
      this.#firsts.add(event.number)
    }
    this.#idNumbers.add(seen.id === undefined ? 0 : (first?.idNumber ?? this.#firsts.length - 1) + 1)
    if (this.#values.length < keptValues) this.#values.push(seen.value)
    return event
  }

  /** The first event with this id. */
  firstWithId(id: string): StoredEvent | undefined {
    const number = this.#ids.numberOf(id)
    return number === undefined ? undefined : this.events[this.#firsts.at(number) ?? -1]
  }

  /** The number of an event's id, if it has one. */
  idNumberOf({ number }: StoredEvent): number | undefined {
    const following = this.#idNumbers.at(number) ?? 0
    return following === 0 ? undefined : following - 1
  }

  /** An event's id, if it has one. */
  idOf(event: StoredEvent): string | undefined {
    const number = this.idNumberOf(event)
    return number === undefined ? undefined : this.#ids.at(number)
  }

  /** The first event with the same id if the values are equal, else the event itself. */
  originalOf(event: StoredEvent): StoredEvent {
    return this.#originals.get(event) ?? event
  }

  /** The time that orders an event, as it is written. */
  createdAtOf(event: StoredEvent): string | undefined {
    return seenEvent(this.valueOf(event), this.#reading).createdAt
  }

  /** The value of an event. */
  valueOf({ number }: StoredEvent): JsonValue {
    const kept = this.#values[number]
    if (kept !== undefined) return kept
    if (this.#last?.number !== number)
      this.#last = { number, value: parseJson(this.texts.at(number)) ?? null }
    return this.#last.value
  }
}
