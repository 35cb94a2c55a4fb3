import type { ControlSession } from '../contract/control-session.ts'
import type { JsonValue } from '../contract/json.ts'
import type { RecordedAnswer } from './recorded-answer.ts'
/**
 * Something that the suite did to the target's data, and when: the number of the last request that had been
 * sent by then, and how many had been answered.
 */
export type SetupAction =
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
  | {
      readonly did: 'remove'
      readonly sent: number
      readonly answered: number
      readonly sessionId: string
    }

/** What a run saw, as plain data: the answer to every request, whole, and what the suite made itself. */
export interface RecordedEvidence {
  readonly answers: readonly { readonly exchange: number; readonly answer: RecordedAnswer }[]
  /** The values that the answers speak of by number. */
  readonly values: readonly JsonValue[]
  readonly setupActions: readonly SetupAction[]
  /** False where there was too much to keep: then nothing is kept. */
  readonly complete: boolean
}
