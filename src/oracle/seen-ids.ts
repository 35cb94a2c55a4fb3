import type { KnownEvent } from './event.ts'

/**
 * A set of the ids of events. An id that a table has numbered takes one bit, so that long threads fit into memory. The
 * numbers of two tables differ, so all events of a set are from the same table, or all are from none.
 */
export class SeenIds {
  #bits = new Uint8Array(1_024)
  readonly #texts = new Set<string>()

  /** Adds the id of an event; returns whether it was new. */
  add(event: KnownEvent): boolean {
    const { idNumber } = event
    if (idNumber === undefined) return this.#texts.size !== this.#texts.add(event.id).size
    const [at, bit] = [idNumber >> 3, 1 << (idNumber & 7)]
    if (at >= this.#bits.length) this.#grow(at + 1)
    const byte = this.#bits[at] ?? 0
    this.#bits[at] = byte | bit
    return (byte & bit) === 0
  }

  #grow(bytes: number): void {
    const longer = new Uint8Array(Math.max(bytes, 2 * this.#bits.length))
    longer.set(this.#bits)
    this.#bits = longer
  }
}
