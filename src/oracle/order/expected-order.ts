import { compareInstants } from '../../contract/instant.ts'
import { createdInstant, type KnownEvent } from '../event.ts'

/**
 * Events as the contract wants them listed: by time at full precision, those of one instant in the order in which they
 * were handed over (the control protocol).
 */
export function expectedOrder(events: readonly KnownEvent[]): KnownEvent[] {
  const timed = events.map((event) => ({ event, instant: createdInstant(event) }))
  return timed
    .toSorted((a, b) =>
      a.instant === undefined || b.instant === undefined ? 0 : compareInstants(a.instant, b.instant),
    )
    .map(({ event }) => event)
}
