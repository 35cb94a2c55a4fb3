import type { AttributionInput } from '../verdict/attribution-input.ts'
import type { Outcome, Seen } from '../verdict/outcome.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { Traffic } from '../wire/traffic.ts'
import type { RecordedEvidence } from './evidence.ts'
import type { GeneratedResult } from './generated-result.ts'
import type { Obstacle } from './obstacle.ts'
import type { RunPart } from './run-part.ts'
/** Everything that a run found, as plain data: what reports are made from. */
export interface RunRecord {
  readonly startedAt: string
  readonly durationMs: number
  /** The revision by which the target was judged, if it is not the default one. */
  readonly revision?: string
  /** The revision that the target appears to implement, if it is another one. */
  readonly spokenRevision?: string
  readonly target: {
    readonly baseUrl: string
    readonly embedded: boolean
    readonly sessionId: string | null
    readonly threadId: string | null
    readonly siblingThreadId: string | null
    readonly otherSessionId: string | null
    readonly otherThreadId: string | null
    readonly eventsRead: number
    readonly wholeThreadRead: boolean
  }
  readonly obstacle: Obstacle | undefined
  /** Why the run ended before everything was asked, though what was asked is judged. */
  readonly limit?: Obstacle | undefined
  /** Which part of a divided run this is; nothing for a whole run. */
  readonly part: RunPart | undefined
  readonly outcomes: readonly Outcome[]
  /** What the outcomes are made from, but for what generated data shows. */
  readonly attribution: AttributionInput
  readonly observations: readonly Seen[]
  /** What generated data showed, where any was wanted. */
  readonly generated: GeneratedResult | undefined
  readonly exchanges: readonly Exchange[]
  /** For which requirements and open questions each exchange of the checks was made, by its number. */
  readonly reasons: Readonly<Record<number, readonly string[]>>
  /** The questions that each exchange answered, for example `PAG-03 2`: the second request of that check. */
  readonly questions?: Readonly<Record<number, readonly string[]>> | undefined
  /** Every answer, whole, and what the suite made: what a diagnosis is made from. */
  readonly evidence: RecordedEvidence
  readonly traffic: Traffic
}
