import { NumberColumn } from './number-column.ts'

/** The number of ids that are joined into one text. */
const joined = 1_024

/**
 * Ids by their number, and the number of each id. The ids are held as a few long texts, and the search uses a hash table
 * of numbers alone: a `Map` would take three times the memory.
 */
export class IdColumn {
  /** Ids that are joined to a text each. */
  readonly #blocks: string[] = []
  /** Where each id ends in the text of its block. */
  readonly #ends = NumberColumn.ofIntegers()
  /** The latest ids, which are not joined yet. */
  #open: string[] = []
  #openChars = 0
  /** A hash table with open addressing: the number of an id plus one, or 0 for a free slot. */
  #slots = new Uint32Array(2 * joined)
  readonly #hashes = NumberColumn.ofIntegers()
  /** The id that was searched last, which is added if it is new. */
  #searched = { id: '', hash: hashOf('') }

  /** The number of an id, if it was added. */
  numberOf(id: string): number | undefined {
    const hash = this.#hashOf(id)
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] ?? 0) - 1
      if (number === -1) return undefined
      if (this.#hashes.at(number) === hash && this.at(number) === id) return number
    }
  }

  /** Adds an id that is not in the column; returns its number. */
  add(id: string): number {
    const number = this.#ends.length
    this.#openChars += id.length
    this.#ends.add(this.#openChars)
    this.#open.push(id)
    if (this.#open.length === joined) {
      this.#blocks.push(this.#open.join(''))
      this.#open = []
      this.#openChars = 0
    }
    this.#hashes.add(this.#hashOf(id))
    if (2 * this.#ends.length > this.#slots.length) this.#growSlots()
    else this.#fillSlot(number)
    return number
  }

  /** The id of this number. */
  at(number: number): string {
    const at = number % joined
    const block = this.#blocks[(number - at) / joined]
    if (block === undefined) return this.#open[at] ?? ''
    return block.slice(at === 0 ? 0 : this.#ends.at(number - 1), this.#ends.at(number))
  }

  #hashOf(id: string): number {
    if (id !== this.#searched.id) this.#searched = { id, hash: hashOf(id) }
    return this.#searched.hash
  }

  #fillSlot(number: number): void {
    const mask = this.#slots.length - 1
    let slot = (this.#hashes.at(number) ?? 0) & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = number + 1
  }

  #growSlots(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length)
    for (let number = 0; number < this.#ends.length; number++) this.#fillSlot(number)
  }
}

// FNV-1a with the final mix of MurmurHash3, so that ids that differ in one place are spread over the whole table.
function hashOf(id: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
