import type { JsonValue } from '../contract/json.ts'
import { type Answer, answerOf, ValueTable } from '../oracle/answer.ts'
import type { ControlSession } from '../target/control.ts'
import type { Exchange } from '../wire/exchange.ts'

/**
 * Something that the suite did to the target's data, and when: the number of the last request that had been
 * sent by then, and how many had been answered.
 */
export type Deed =
  | {
      readonly did: 'put'
      readonly sent: number
      readonly answered: number
      readonly session: ControlSession
    }
  | {
      readonly did: 'append'
      readonly sent: number
      readonly answered: number
      readonly sessionId: string
      readonly threadId: string
      readonly events: ControlSession['threads'][number]['events']
    }

/** What a run saw, as plain data: the answer to every request, whole, and what the suite made itself. */
export interface Evidence {
  readonly answers: readonly { readonly exchange: number; readonly answer: Answer }[]
  /** The values that the answers speak of by number. */
  readonly values: readonly JsonValue[]
  readonly deeds: readonly Deed[]
  /** False where there was too much to keep: then nothing is kept. */
  readonly complete: boolean
}

/** Distinct values that are kept; a thread that is read to its end may have millions. */
const mostValues = 30_000

/** Searching for the smallest case may load hundreds of worlds; later ones say nothing that the first do not. */
const mostMadeEvents = 60_000

/** Keeps the evidence of a run while it goes on. */
export class Witness {
  #table = new ValueTable()
  #answers: { exchange: number; answer: Answer }[] = []
  #deeds: Deed[] = []
  #complete = true
  #sent = 0
  #made = 0

  /** Told of every exchange once it is over. */
  saw(exchange: Exchange): void {
    if (!this.#complete) return
    this.#answers.push({ exchange: exchange.id, answer: answerOf(exchange, this.#table) })
    if (this.#table.values.length <= mostValues) return
    this.#complete = false
    this.#table = new ValueTable()
    this.#answers = []
    this.#deeds = []
  }

  /** Told of every request when it goes out. */
  sent(id: number): void {
    this.#sent = id
  }

  put(session: ControlSession): void {
    this.#made += session.threads.reduce((sum, { events }) => sum + events.length, 0)
    if (this.#made <= mostMadeEvents) {
      this.#deeds.push({ did: 'put', sent: this.#sent, answered: this.#answers.length, session })
    }
  }

  append(sessionId: string, threadId: string, events: ControlSession['threads'][number]['events']): void {
    // A list that is emptied later must not empty what is kept.
    this.#deeds.push({
      did: 'append',
      sent: this.#sent,
      answered: this.#answers.length,
      sessionId,
      threadId,
      events: [...events],
    })
  }

  get evidence(): Evidence {
    return {
      answers: this.#answers,
      values: this.#table.values,
      deeds: this.#deeds,
      complete: this.#complete,
    }
  }
}
