import { compareInstants } from '../../contract/instant.ts'
import { createdInstant, type SeenEvent } from '../event.ts'

/** Two neighbours of which the later in the list is the earlier in time. */
export interface Inversion {
  readonly before: SeenEvent
  readonly after: SeenEvent
  readonly at: number
}

/**
 * The first place where a list leaves chronological order (the page: "in chronological order").
 * Events whose `created_at` is no date-time are passed over: that is another requirement's finding.
 */
export function firstInversion(events: readonly SeenEvent[]): Inversion | undefined {
  let previous: { event: SeenEvent; instant: NonNullable<ReturnType<typeof createdInstant>> } | undefined
  for (const [at, event] of events.entries()) {
    const instant = createdInstant(event)
    if (instant === undefined) continue
    if (previous !== undefined && compareInstants(previous.instant, instant) > 0)
      return { before: previous.event, after: event, at }
    previous = { event, instant }
  }
  return undefined
}

/** Whether two events were created at the same instant, in whatever form it is written. */
export function simultaneous(a: SeenEvent, b: SeenEvent): boolean {
  const left = createdInstant(a)
  const right = createdInstant(b)
  return left !== undefined && right !== undefined && compareInstants(left, right) === 0
}
