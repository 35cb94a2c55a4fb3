/** Shares one check among callers, and starts another for callers that arrive while one is running. */
export class FreshCheck {
  readonly #check: () => Promise<boolean>
  #running: Promise<boolean> | undefined
  #queued: Promise<boolean> | undefined

  /** @param check a result of true also counts for later callers that are waiting */
  constructor(check: () => Promise<boolean>) {
    this.#check = check
  }

  /** The result of a check that starts after the call; an earlier one counts only if it is true. */
  fromNow(): Promise<boolean> {
    if (this.#running === undefined) return this.#start()
    this.#queued ??= this.#running.then((result) => {
      this.#queued = undefined
      return result || this.#start()
    })
    return this.#queued
  }

  #start(): Promise<boolean> {
    this.#running = this.#check().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }
}
