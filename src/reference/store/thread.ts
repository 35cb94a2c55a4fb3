import { writeJson } from '../../contract/json.ts'
import type { Ordering } from '../behaviour/ordering.ts'
import type { ThreadEvent } from '../world/world.ts'
import type { Entry } from './entry.ts'
import type { LiveQueue } from './live-queue.ts'

/** One thread: its events as they arrived and as they are listed, and who reads along. */
export class Thread {
  readonly id: string
  readonly sessionId: string
  #ordering: Ordering
  #inserted: Entry[] = []
  #sorted: readonly Entry[] = []
  #ids = new Set<string>()
  #bytes = 0
  #readers = new Set<LiveQueue>()

  constructor(sessionId: string, id: string, ordering: Ordering) {
    this.sessionId = sessionId
    this.id = id
    this.#ordering = ordering
  }

  /** In the order of arrival. */
  get inserted(): readonly Entry[] {
    return this.#inserted
  }

  /** In the order of the list: a value that later appends replace and never change. */
  get sorted(): readonly Entry[] {
    return this.#sorted
  }

  /** Bytes of its events as JSON. */
  get bytes(): number {
    return this.#bytes
  }

  has(eventId: string): boolean {
    return this.#ids.has(eventId)
  }

  /** A thread with the same events, which changes on its own and has no readers. */
  copy(): Thread {
    const copied = new Thread(this.sessionId, this.id, this.#ordering)
    copied.#inserted = [...this.#inserted]
    copied.#sorted = this.#sorted
    copied.#ids = new Set(this.#ids)
    copied.#bytes = this.#bytes
    return copied
  }

  /** Adds events to the list, without telling the readers. */
  store(events: readonly ThreadEvent[]): readonly Entry[] {
    const arrived = events.map((event, index) => ({
      event,
      key: this.#ordering.sortKey(event),
      position: this.#inserted.length + index,
      size: Buffer.byteLength(writeJson(event)),
    }))
    for (const { event } of arrived) this.#ids.add(event.id)
    for (const entry of arrived) {
      this.#inserted.push(entry)
      this.#bytes += entry.size
    }
    this.#sorted = this.#ordering.arrange(
      [...this.#sorted, ...arrived],
      arrived.length,
      this.#ordering.compare,
    )
    return arrived
  }

  /** Tells every reader of events that arrived. */
  publish(entries: readonly Entry[]): void {
    for (const reader of this.#readers) reader.push(entries)
  }

  /** From now on `reader` gets what is published, until it leaves. */
  join(reader: LiveQueue): void {
    this.#readers.add(reader)
  }

  leave(reader: LiveQueue): void {
    this.#readers.delete(reader)
  }

  /** Readers of the thread now. */
  get readers(): number {
    return this.#readers.size
  }

  /** The thread is gone: its streams end. */
  dismiss(): void {
    for (const reader of this.#readers) reader.close()
    this.#readers.clear()
  }
}
