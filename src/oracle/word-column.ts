import { NumberColumn } from './number-column.ts'

/** Texts of which the same few are repeated, by their number. Each different text is held once. */
export class WordColumn {
  readonly #places = NumberColumn.ofIntegers()
  readonly #words: (string | undefined)[] = []
  readonly #placeOf = new Map<string | undefined, number>()

  /** The place of the word that was added last, which often is repeated. */
  #last = -1

  add(word: string | undefined): void {
    if (this.#last === -1 || word !== this.#words[this.#last]) this.#last = this.#placeFor(word)
    this.#places.add(this.#last)
  }

  /** The text of this number. */
  at(number: number): string | undefined {
    return this.#words[this.#places.at(number) ?? -1]
  }

  #placeFor(word: string | undefined): number {
    const known = this.#placeOf.get(word)
    if (known !== undefined) return known
    const place = this.#words.push(word) - 1
    this.#placeOf.set(word, place)
    return place
  }
}
