/** The numbers of a chunk. A power of two, so that a shift and a mask find a number. */
const chunkBits = 16
const chunkLength = 1 << chunkBits

type Chunk = Uint32Array | Float64Array

/**
 * Numbers in the order of adding, outside the heap of JavaScript objects. They are held in chunks, because a single array
 * would be copied whenever it is full.
 */
export class NumberColumn {
  readonly #chunks: Chunk[] = []
  readonly #create: (length: number) => Chunk
  #length = 0

  private constructor(create: (length: number) => Chunk) {
    this.#create = create
  }

  /** A column of integers from 0 to 2^32 - 1. */
  static ofIntegers(): NumberColumn {
    return new NumberColumn((length) => new Uint32Array(length))
  }

  /** A column of any numbers. */
  static ofDoubles(): NumberColumn {
    return new NumberColumn((length) => new Float64Array(length))
  }

  get length(): number {
    return this.#length
  }

  add(value: number): void {
    const at = this.#length & (chunkLength - 1)
    if (at === 0) this.#chunks.push(this.#create(chunkLength))
    const chunk = this.#chunks[this.#length >> chunkBits]
    if (chunk !== undefined) chunk[at] = value
    this.#length += 1
  }

  /** The number at a position, or `undefined` behind the last one. */
  at(position: number): number | undefined {
    if (position >= this.#length) return undefined
    return this.#chunks[position >> chunkBits]?.[position & (chunkLength - 1)]
  }
}
