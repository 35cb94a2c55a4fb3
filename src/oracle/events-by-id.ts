import type { KnownEvent } from './event.ts'

/** A thread, or what is known of it. */
interface Events {
  readonly events: readonly KnownEvent[]
}

interface Index {
  /** The number of events when the index was built. */
  readonly length: number
  readonly positions: ReadonlyMap<string, number>
}

/** The position of the event with this id, oldest first. */
export function positionOf({ events }: Events, id: string): number | undefined {
  return indexOf(events).positions.get(id)
}

/** The event with this id. */
export function eventWithId(thread: Events, id: string): KnownEvent | undefined {
  const position = positionOf(thread, id)
  return position === undefined ? undefined : thread.events[position]
}

// Every page and every frame is looked up, so searching the thread for each would take quadratic time. The index is
// rebuilt after the thread has grown.
function indexOf(events: readonly KnownEvent[]): Index {
  const known = indexes.get(events)
  if (known?.length === events.length) return known
  const positions = new Map<string, number>()
  for (const [at, { id }] of events.entries()) if (!positions.has(id)) positions.set(id, at)
  const index = { length: events.length, positions }
  indexes.set(events, index)
  return index
}

const indexes = new WeakMap<readonly KnownEvent[], Index>()
