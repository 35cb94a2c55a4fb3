import type { KnownEvent } from './event.ts'

/** What is looked up of a thread. */
interface Events {
  readonly events: readonly KnownEvent[]
}

interface Index {
  /** How many events the thread had when they were counted. */
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

// Every page and every frame is looked up, so searching the thread for each would take its length squared. A thread
// that has grown since is looked at again.
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
