/** Shares one check among callers, and starts another for those who call while one is under way. */
export class FreshCheck {
  readonly #check: () => Promise<boolean>
  #running: Promise<boolean> | undefined
  #queued: Promise<boolean> | undefined

  /** @param check once it is true, it counts for whoever waits */
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
