import { setTimeout as delay } from 'node:timers/promises'

/**
 * Lets a bounded number of requests through at a time, in order of arrival but those in haste first, spaced out where
 * a rate is set, and none while the target has asked everyone to wait.
 */
export class RequestLimiter {
  readonly #most: number
  readonly #gapMs: number
  readonly #waiting: (() => void)[] = []
  readonly #inHaste: (() => void)[] = []
  #inside = 0
  #nextStartMs = 0
  #closedUntilMs = 0

  constructor(concurrency: number, maxRps: number | undefined) {
    this.#most = concurrency
    this.#gapMs = maxRps === undefined ? 0 : 1000 / maxRps
  }

  /**
   * Waits for a place; every `enter` needs a `leave`.
   * @param haste for a request on which a chain of others waits: a run is as long as its longest chain
   */
  async enter(signal?: AbortSignal, haste = false): Promise<void> {
    const queue = haste ? this.#inHaste : this.#waiting
    if (this.#inside >= this.#most) await new Promise<void>((resolve) => queue.push(resolve))
    else this.#inside += 1
    await this.pace(signal)
  }

  /** Gives the place to the next in line. */
  leave(): void {
    const next = this.#inHaste.shift() ?? this.#waiting.shift()
    if (next === undefined) this.#inside -= 1
    else next()
  }

  /**
   * Waits until another request may start: for the first try of a request and for every further one. Returns
   * early when the signal is aborted.
   */
  async pace(signal?: AbortSignal): Promise<void> {
    for (let due = this.#reserve(); ; ) {
      const waitMs = Math.max(due, this.#closedUntilMs) - performance.now()
      if (waitMs <= 0 || signal?.aborted === true) return
      await delay(waitMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
      // Requests that wait for a pause would all start at its end.
      if (due < this.#closedUntilMs) due = this.#reserve()
    }
  }

  /** Holds every start back for this long. */
  close(forMs: number): void {
    this.#closedUntilMs = Math.max(this.#closedUntilMs, performance.now() + forMs)
  }

  #reserve(): number {
    const start = Math.max(performance.now(), this.#nextStartMs, this.#closedUntilMs)
    this.#nextStartMs = start + this.#gapMs
    return start
  }
}
