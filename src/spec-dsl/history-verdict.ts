import type { Case } from '../oracle/case.ts'
import type { Finding } from '../oracle/finding.ts'
/** What a judge of the whole history found, and how many cases it judged. */
export interface HistoryVerdict {
  readonly findings: readonly Finding[]
  /** Findings that a change over time would explain as well: they count only when asking again shows them. */
  readonly tentative?: readonly Finding[]
  readonly judged: number
  /** The cases one by one, for a requirement whose cases rely on features of the requests. */
  readonly cases?: readonly Case[]
}
