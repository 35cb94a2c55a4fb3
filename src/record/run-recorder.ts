import type { ControlSession } from '../contract/control-session.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { RecordedEvidence, SetupAction } from './evidence.ts'
import { type RecordedAnswer, recordAnswer, ValueTable } from './recorded-answer.ts'

/** Distinct values that are kept; a thread that is read to its end may have millions. */
const mostValues = 30_000

/** Searching for the smallest case may load hundreds of worlds; later ones say nothing that the first do not. */
const mostMadeEvents = 60_000

/** Keeps the evidence of a run while it goes on. */
export class RunRecorder {
  #table = new ValueTable()
  #answers: { exchange: number; answer: RecordedAnswer }[] = []
  #setupActions: SetupAction[] = []
  #complete = true
  #sent = 0
  #made = 0

  /** Called when an exchange has ended. */
  recordExchange(exchange: Exchange): void {
    if (!this.#complete) return
    this.#answers.push({ exchange: exchange.id, answer: recordAnswer(exchange, this.#table) })
    if (this.#table.values.length <= mostValues) return
    this.#complete = false
    this.#table = new ValueTable()
    this.#answers = []
    this.#setupActions = []
  }

  /** Called when a request is sent. */
  recordRequest(id: number): void {
    this.#sent = id
  }

  recordPut(session: ControlSession): void {
    this.#made += session.threads.reduce((sum, { events }) => sum + events.length, 0)
    if (this.#made <= mostMadeEvents) {
      this.#setupActions.push({ did: 'put', sent: this.#sent, answered: this.#answers.length, session })
    }
  }

  recordRemove(sessionId: string): void {
    this.#setupActions.push({ did: 'remove', sent: this.#sent, answered: this.#answers.length, sessionId })
  }

  recordAppend(
    sessionId: string,
    threadId: string,
    events: ControlSession['threads'][number]['events'],
  ): void {
    // A list that is emptied later must not empty what is kept.
    this.#setupActions.push({
      did: 'append',
      sent: this.#sent,
      answered: this.#answers.length,
      sessionId,
      threadId,
      events: [...events],
    })
  }

  get evidence(): RecordedEvidence {
    return {
      answers: this.#answers,
      values: this.#table.values,
      setupActions: this.#setupActions,
      complete: this.#complete,
    }
  }
}
