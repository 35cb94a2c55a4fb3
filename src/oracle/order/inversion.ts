import { compareInstants } from '../../contract/instant.ts'
import { createdInstant, type SeenEvent } from '../event.ts'

/** Two adjacent events of which the second was created first. */
export interface Inversion {
  readonly before: SeenEvent
  readonly after: SeenEvent
  readonly at: number
}

/**
 * The first place where a list is not in chronological order.
 * Events without a valid `created_at` are skipped: another requirement judges them.
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

/** Whether two events were created at the same instant, however it is written. */
export function simultaneous(a: SeenEvent, b: SeenEvent): boolean {
  const left = createdInstant(a)
  const right = createdInstant(b)
  return left !== undefined && right !== undefined && compareInstants(left, right) === 0
}
