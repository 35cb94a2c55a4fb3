import type { Ask } from './ask.ts'
import { FreshCheck } from './fresh-check.ts'
import type { SendResult } from './send.ts'

/** How often a 401 is checked that turns out to be the target's answer to one request. */
const mostRefuted = 20
/** Beyond that, so many 401s in a row are a reason to check again. */
const suspiciousRow = 5
/**
 * A token counts as refused when the basic list is answered 401 in each of these forms. A cache may have kept the 401 of
 * another caller for the plain one.
 */
const forms = ['', '?limit=97'] as const

/**
 * Tells a token that stopped working from a target that answers 401 to one request: only the former also answers 401
 * to the basic list that it accepted before.
 */
export class TokenWatch {
  readonly #ask: (request: Ask) => Promise<SendResult>
  /** A basic list that the token was accepted for. */
  #accepted: Ask | undefined
  readonly #checks = new FreshCheck(() => this.#check())
  #lost = false
  #inRow = 0
  /** Requests that the target answers 401 although the token works. */
  readonly #refuted = new Set<string>()

  /** @param ask sends one request that is not watched itself */
  constructor(ask: (request: Ask) => Promise<SendResult>) {
    this.#ask = ask
  }

  /** A basic list that the token was accepted for, once there was one. */
  get basicList(): Ask | undefined {
    return this.#accepted
  }

  /** Whether this answer shows that the active token stopped working. */
  async isLost(request: Ask, answer: SendResult): Promise<boolean> {
    if (request.authorization !== undefined || answer.incoming === undefined) return false
    const { status } = answer.incoming
    if (status !== 401) {
      this.#inRow = 0
      if (status === 200 && answer.stream === undefined && /\/events$/.test(request.target))
        this.#accepted ??= {
          purpose: 'token check',
          target: request.target,
          accept: request.accept,
          until: () => true,
        }
      return false
    }
    this.#inRow += 1
    if (this.#lost) return true
    if (this.#accepted === undefined) return false
    const key = JSON.stringify([request.target, request.accept, request.headers])
    const known = this.#refuted.has(key) || this.#refuted.size >= mostRefuted
    if (known && this.#inRow < suspiciousRow) return false
    if (await this.#checks.fromNow()) return true
    this.#refuted.add(key)
    return false
  }

  async #check(): Promise<boolean> {
    if (this.#accepted === undefined) return false
    for (const query of forms) {
      const { incoming } = await this.#ask({ ...this.#accepted, target: this.#accepted.target + query })
      if (incoming?.status !== 401) {
        this.#inRow = 0
        return false
      }
    }
    this.#lost = true
    return true
  }
}
