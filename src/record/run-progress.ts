import type { Verdict } from '../verdict/outcome.ts'

/** The result of one thing that is judged: a requirement, or a property of generated data. */
export interface Judged {
  /** The id of the requirement, or the name of the property. */
  readonly name: string
  readonly verdict: Verdict
  /** The area of the spec that contains it. */
  readonly area: string
}

/** Callbacks for a run in progress. */
export interface RunProgress {
  /** The number of requests so far. */
  onRequests(soFar: number): void
  /** A requirement of this area has its verdict; areas finish in any order. */
  onJudged(area: string): void
  /** Called in the order of the specs, before {@link onArea}. */
  onVerdict(judged: Judged): void
  /** An area is complete, and so are all areas before it. */
  onArea(area: string): void
}
