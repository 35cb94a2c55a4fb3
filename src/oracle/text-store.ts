import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { NumberColumn } from './number-column.ts'

/** The size of the blocks that texts are written into, in bytes. */
const blockBytes = 256_000

/** How much text stays uncompressed, in bytes, and how much of it once that was too little. */
const plainBytes = 64_000_000
const plainBytesOfLong = 8_000_000

/** The number of compressed blocks that stay unpacked: two traversals may be at different places at a time. */
const mostUnpacked = 4

/** Texts in one piece of memory. */
interface Block {
  /** The number of its first text. */
  readonly first: number
  bytes: Buffer
  used: number
  compressed: boolean
}

/**
 * Texts by their number, in the order of adding. They are copied into blocks of bytes, so that no text keeps the response
 * in memory that it is a part of. If they are many, the oldest blocks are compressed, so that a long thread fits into
 * memory.
 */
export class TextStore {
  #limit: number
  readonly #blocks: Block[] = []
  /** Where each text begins in its block. */
  readonly #starts = NumberColumn.ofIntegers()
  readonly #unpacked = new Map<Block, Buffer>()
  /** The bytes in blocks that are not compressed, and the first of these blocks. */
  #plain = 0
  #oldestPlain = 0

  /** @param limit how much text stays uncompressed, in bytes */
  constructor(limit = plainBytes) {
    this.#limit = limit
  }

  /** Adds a text; returns its number. */
  add(text: string): number {
    const number = this.#starts.length
    const block = this.#blockWithRoom(3 * text.length, number)
    this.#starts.add(block.used)
    const written = block.bytes.write(text, block.used)
    block.used += written
    this.#plain += written
    return number
  }

  /** The text of this number. */
  at(number: number): string {
    const [block, start, end] = this.#placeOf(number)
    return this.#bytesOf(block).toString('utf8', start, end)
  }

  /** Whether the text of this number is the given one. */
  equals(number: number, text: string): boolean {
    if (number < 0 || number >= this.#starts.length) return false
    const [block, start, end] = this.#placeOf(number)
    // A character takes one to three bytes for each of its units.
    if (end - start < text.length || end - start > 3 * text.length) return false
    return this.#bytesOf(block).toString('utf8', start, end) === text
  }

  #blockWithRoom(bytes: number, number: number): Block {
    const last = this.#blocks.at(-1)
    if (last !== undefined && last.used + bytes <= last.bytes.length) return last
    if (this.#plain > this.#limit) this.#compressOldest()
    const block = {
      first: number,
      bytes: Buffer.allocUnsafeSlow(Math.max(blockBytes, bytes)),
      used: 0,
      compressed: false,
    }
    this.#blocks.push(block)
    return block
  }

  #compressOldest(): void {
    this.#limit = Math.min(this.#limit, plainBytesOfLong)
    for (; this.#oldestPlain < this.#blocks.length && this.#plain > this.#limit; this.#oldestPlain++) {
      const block = this.#blocks[this.#oldestPlain]
      if (block === undefined) return
      // A copy, because the result may be a part of a larger piece of memory.
      block.bytes = Buffer.from(deflateRawSync(block.bytes.subarray(0, block.used), { level: 1 }))
      block.compressed = true
      this.#plain -= block.used
    }
  }

  #placeOf(number: number): readonly [block: Block, start: number, end: number] {
    const at = this.#blockAt(number)
    const block = this.#blocks[at]
    const start = this.#starts.at(number)
    if (block === undefined || start === undefined) throw new Error(`There is no text ${number}.`)
    const isLast = this.#blocks[at + 1]?.first === number + 1
    return [block, start, (isLast ? undefined : this.#starts.at(number + 1)) ?? block.used]
  }

  /** The position of the block with the text of this number. */
  #blockAt(number: number): number {
    let low = 0
    let high = this.#blocks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#blocks[middle]?.first ?? 0) <= number) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  #bytesOf(block: Block): Buffer {
    if (!block.compressed) return block.bytes
    const known = this.#unpacked.get(block)
    if (known !== undefined) return known
    const bytes = inflateRawSync(block.bytes)
    const [oldest] = this.#unpacked.keys()
    if (oldest !== undefined && this.#unpacked.size >= mostUnpacked) this.#unpacked.delete(oldest)
    this.#unpacked.set(block, bytes)
    return bytes
  }
}
