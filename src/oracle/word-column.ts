import { NumberColumn } from './number-column.ts'

/** Texts of which the same few are repeated, by their number. Each different text is held once. */
export class WordColumn {
  readonly #places = NumberColumn.ofIntegers()
  readonly #words: (string | undefined)[] = []
  readonly #placeOf = new Map<string | undefined, number>()

  add(word: string | undefined): void {
    let place = this.#placeOf.get(word)
    if (place === undefined) {
      place = this.#words.push(word) - 1
      this.#placeOf.set(word, place)
    }
    this.#places.add(place)
  }

  /** The text of this number. */
  at(number: number): string | undefined {
    return this.#words[this.#places.at(number) ?? -1]
  }
}
