import type { Ask } from './ask.ts'
import { FreshCheck } from './fresh-check.ts'
import type { SendResult } from './send.ts'

/** How many failed requests are checked although the target turns out to respond. */
const mostRefuted = 20
/** Beyond that, this many failed requests in a row are a reason to check again. */
const suspiciousRow = 5
/** Waits before each basic list; the target is down when none of them gets a response. */
const pausesMs = [0, 250, 500, 1_000, 2_000]

/** What the watch needs of the client. */
export interface OutageProbe {
  /** A basic list that got a response before. */
  basicList(): Ask | undefined
  /** Sends one request that is not watched itself. */
  ask(request: Ask): Promise<SendResult>
  /** Whether the gateway could not reach the API, or the connection failed. */
  isUnanswered(answer: SendResult): boolean
  pause(ms: number): Promise<void>
}

/** Tells a target that went down during the run from one that fails on some requests: only the latter still lists events. */
export class OutageWatch {
  readonly #probe: OutageProbe
  readonly #checks = new FreshCheck(() => this.#check())
  #down = false
  #inRow = 0
  #refuted = 0

  constructor(probe: OutageProbe) {
    this.#probe = probe
  }

  /** Whether this answer, after all retries, shows that the target is down. */
  async isDown(answer: SendResult): Promise<boolean> {
    if (!this.#probe.isUnanswered(answer)) {
      this.#inRow = 0
      return false
    }
    this.#inRow += 1
    if (this.#down) return true
    if (this.#probe.basicList() === undefined) return false
    if (this.#refuted >= mostRefuted && this.#inRow < suspiciousRow) return false
    if (await this.#checks.fromNow()) return true
    this.#refuted += 1
    return false
  }

  async #check(): Promise<boolean> {
    const request = this.#probe.basicList()
    if (request === undefined) return false
    for (const ms of pausesMs) {
      await this.#probe.pause(ms)
      if (!this.#probe.isUnanswered(await this.#probe.ask(request))) {
        this.#inRow = 0
        return false
      }
    }
    this.#down = true
    return true
  }
}
