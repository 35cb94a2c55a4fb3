import type { KnownEvent } from '../event.ts'
import { simultaneous } from './inversion.ts'
/** Runs of two or more neighbours that were created at the same instant, longest first. */
export function tieGroups(events: readonly KnownEvent[]): KnownEvent[][] {
  const groups: KnownEvent[][] = []
  let group: KnownEvent[] = []
  for (const event of events) {
    const previous = group.at(-1)
    if (previous !== undefined && simultaneous(previous, event)) group.push(event)
    else {
      if (group.length > 1) groups.push(group)
      group = [event]
    }
  }
  if (group.length > 1) groups.push(group)
  return groups.sort((a, b) => b.length - a.length)
}
