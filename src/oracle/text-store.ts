import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** The number of characters that stay uncompressed, and the number that is compressed at a time. */
const plainChars = 64_000_000
const blockChars = 256_000

/** A character that is not allowed in JSON. */
const separator = '\0'

interface Block {
  readonly compressed: Buffer
  readonly first: number
}

/**
 * Texts by their number, in the order of adding. Where they are many, the oldest are compressed, a block at a time, so
 * that a long thread fits into memory.
 */
export class TextStore {
  readonly #plainChars: number
  readonly #texts: (string | undefined)[] = []
  /** The compressed blocks, in order of their first text. */
  readonly #blocks: Block[] = []
  #chars = 0
  #next = 0
  #open: { readonly block: Block; readonly texts: readonly string[] } | undefined

  constructor(chars = plainChars) {
    this.#plainChars = chars
  }

  /** Adds a text; returns its number. */
  add(text: string): number {
    this.#chars += text.length
    const number = this.#texts.push(text) - 1
    if (this.#chars > this.#plainChars) this.#compress()
    return number
  }

  /** The text of this number. */
  at(number: number): string {
    return this.#texts[number] ?? this.#unpacked(number)
  }

  #compress(): void {
    const first = this.#next
    let chars = 0
    let end = first
    for (; end < this.#texts.length && chars < blockChars; end++) chars += this.#texts[end]?.length ?? 0
    const whole = this.#texts.slice(first, end).join(separator)
    this.#blocks.push({ compressed: deflateRawSync(whole, { level: 1 }), first })
    this.#texts.fill(undefined, first, end)
    this.#chars -= chars
    this.#next = end
  }

  // Judges go through a thread in order, so the block that was opened last usually is the right one.
  #unpacked(number: number): string {
    const block = this.#blockOf(number)
    if (block === undefined) throw new Error(`There is no text ${number}.`)
    if (this.#open?.block !== block)
      this.#open = { block, texts: inflateRawSync(block.compressed).toString('utf8').split(separator) }
    return this.#open.texts[number - block.first] ?? ''
  }

  #blockOf(number: number): Block | undefined {
    let low = 0
    let high = this.#blocks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#blocks[middle]?.first ?? 0) <= number) low = middle + 1
      else high = middle
    }
    return this.#blocks[low - 1]
  }
}
