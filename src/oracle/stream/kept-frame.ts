import type { Frame } from '../../wire/exchange.ts'
import type { SeenEvent } from '../event.ts'
import type { SeenFrame } from '../history.ts'
import { StoredEvent } from '../stored-event.ts'

/** A frame whose event was read. If the event is in a table, the frame does not hold the text itself. */
export class KeptFrame implements Frame, SeenFrame {
  readonly id: string | undefined
  readonly event: string | undefined
  readonly atMs: number
  readonly seen: SeenEvent | undefined
  readonly #data: string | undefined

  constructor({ id, event, data, atMs }: Frame, seen: SeenEvent | undefined) {
    // One text for the frame and its event.
    this.id = id === seen?.id ? seen?.id : id
    this.event = event === seen?.type ? seen?.type : event
    this.atMs = atMs
    this.seen = seen
    this.#data = seen instanceof StoredEvent ? undefined : data
  }

  get data(): string {
    return this.#data ?? (this.seen instanceof StoredEvent ? this.seen.text : '')
  }

  /** The frame as plain data, for records. */
  toJSON(): Frame {
    const { id, event, data, atMs } = this
    return { id, event, data, atMs }
  }
}
