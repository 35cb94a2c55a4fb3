import type { HeaderPair } from './exchange.ts'

/** The number of different lists that are held. */
const mostLists = 1_000

/** Lists of headers, each once: most requests of a run send the same, and most responses repeat them. */
export class SharedHeaders {
  readonly #lists = new Map<string, readonly HeaderPair[]>()

  /** The earlier list with the same headers, or this one. */
  shared(headers: readonly HeaderPair[]): readonly HeaderPair[] {
    const key = JSON.stringify(headers)
    const earlier = this.#lists.get(key)
    if (earlier === undefined && this.#lists.size < mostLists) this.#lists.set(key, headers)
    return earlier ?? headers
  }
}
