import type { ThreadRequestContext } from '../request-context.ts'
import type { Sink } from './sink.ts'

/**
 * Writes the texts of a stream, one after the other, as the behaviour puts text on the wire. A text may be written in
 * several pieces, and no other text may break into it.
 */
export class TextWriter {
  readonly #call: ThreadRequestContext
  readonly #sink: Sink
  #last: Promise<void> = Promise.resolve()
  #pending = 0

  constructor(call: ThreadRequestContext, sink: Sink) {
    this.#call = call
    this.#sink = sink
  }

  /** True while a text is being written. */
  get busy(): boolean {
    return this.#pending > 0
  }

  /** Resolves when the text is written. An empty text writes nothing. */
  write(text: string): Promise<void> {
    if (text === '') return this.#last
    this.#pending += 1
    this.#last = this.#last
      .then(() => this.#call.behaviour.writeText(this.#call, text, this.#sink))
      .finally(() => {
        this.#pending -= 1
      })
    return this.#last
  }
}
