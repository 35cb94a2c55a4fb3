import type { HeaderPair, WireResponse } from '../../wire/exchange.ts'
import { listText } from './list-text.ts'
import type { Page } from './page.ts'

/** The response of a list. It refers to the events of its page, and puts its body together on access. */
export class KeptResponse implements WireResponse {
  readonly status: number
  readonly headers: readonly HeaderPair[]
  readonly bytes: number
  readonly utf8: boolean
  readonly truncated: boolean
  readonly #page: Page
  readonly #mostChars: number

  /** @param mostChars how much of the body is shown */
  constructor(response: WireResponse, page: Page, mostChars = Number.POSITIVE_INFINITY) {
    this.status = response.status
    this.headers = response.headers
    this.bytes = response.bytes
    this.utf8 = response.utf8
    this.truncated = response.truncated
    this.#page = page
    this.#mostChars = mostChars
  }

  get body(): string {
    const whole = listText(this.#page)
    return whole.length <= this.#mostChars ? whole : `${whole.slice(0, this.#mostChars)}…`
  }

  /** The response as plain data, for records. */
  toJSON(): WireResponse {
    const { status, headers, body, bytes, utf8, truncated } = this
    return { status, headers, body, bytes, utf8, truncated }
  }
}
