import type { Ask } from './ask.ts'
import type { SendResult } from './send.ts'

/** How often a 401 is checked that turns out to be the target's answer to one request. */
const mostRefuted = 20
/** Beyond that, so many 401s in a row are a reason to check again. */
const suspiciousRow = 5
/** A token counts as refused when this many basic lists in a row are answered 401. */
const confirmations = 2

/**
 * Tells a token that stopped working from a target that answers 401 to one request: only the former also answers 401
 * to the basic list that it accepted before.
 */
export class TokenWatch {
  readonly #ask: (question: Ask) => Promise<SendResult>
  /** A basic list that the token was accepted for. */
  #accepted: Ask | undefined
  #checking: Promise<boolean> | undefined
  #queued: Promise<boolean> | undefined
  #lost = false
  #inRow = 0
  /** Requests that the target answers 401 although the token works. */
  readonly #refuted = new Set<string>()

  /** @param ask sends one request that is not watched itself */
  constructor(ask: (question: Ask) => Promise<SendResult>) {
    this.#ask = ask
  }

  /** Whether this answer shows that the active token stopped working. */
  async isLost(question: Ask, answer: SendResult): Promise<boolean> {
    if (question.authorization !== undefined || answer.incoming === undefined) return false
    const { status } = answer.incoming
    if (status !== 401) {
      this.#inRow = 0
      if (status === 200 && answer.stream === undefined && /\/events$/.test(question.target))
        this.#accepted ??= {
          purpose: 'token check',
          target: question.target,
          accept: question.accept,
          until: () => true,
        }
      return false
    }
    this.#inRow += 1
    if (this.#lost) return true
    if (this.#accepted === undefined) return false
    const key = JSON.stringify([question.target, question.accept, question.headers])
    const known = this.#refuted.has(key) || this.#refuted.size >= mostRefuted
    if (known && this.#inRow < suspiciousRow) return false
    if (await this.#checkedFromNow()) return true
    this.#refuted.add(key)
    return false
  }

  // A check under way may have been answered before this 401.
  #checkedFromNow(): Promise<boolean> {
    if (this.#checking === undefined) return this.#start()
    this.#queued ??= this.#checking.then((lost) => {
      this.#queued = undefined
      return lost || this.#start()
    })
    return this.#queued
  }

  #start(): Promise<boolean> {
    this.#checking = this.#check().finally(() => {
      this.#checking = undefined
    })
    return this.#checking
  }

  async #check(): Promise<boolean> {
    if (this.#accepted === undefined) return false
    for (let at = 0; at < confirmations; at++) {
      const { incoming } = await this.#ask(this.#accepted)
      if (incoming?.status !== 401) {
        this.#inRow = 0
        return false
      }
    }
    this.#lost = true
    return true
  }
}
