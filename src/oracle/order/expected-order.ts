import { compareInstants } from '../../contract/instant.ts'
import { createdInstant, type KnownEvent } from '../event.ts'

/**
 * Events in the order that the contract requires: by time at full precision, and those of the same instant in the order
 * in which they were loaded (the control protocol).
 */
export function expectedOrder(events: readonly KnownEvent[]): KnownEvent[] {
  const timed = events.map((event) => ({ event, instant: createdInstant(event) }))
  return timed
    .toSorted((a, b) =>
      a.instant === undefined || b.instant === undefined ? 0 : compareInstants(a.instant, b.instant),
    )
    .map(({ event }) => event)
}
