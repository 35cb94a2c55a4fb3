/** Counts the appends that the target has acknowledged, and lets clients wait for the next one. */
export class Acknowledgements {
  #count = 0
  #wake: () => void = () => undefined
  #next = this.#promise()

  /** How many appends were acknowledged so far. */
  get count(): number {
    return this.#count
  }

  /** Resolves when the next append is acknowledged. */
  next(): Promise<void> {
    return this.#next
  }

  /** Tells that an append was acknowledged. */
  note(): void {
    this.#count += 1
    const wake = this.#wake
    this.#next = this.#promise()
    wake()
  }

  #promise(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
