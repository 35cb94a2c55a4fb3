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
  const whole = wholes.get(events)
  // A thread that has grown since may have an event before those that it had.
  if (whole?.events.length !== whole?.length) return indexOf(events).positions.get(id)
  const position = indexOf(whole?.events ?? events).positions.get(id)
  return position === undefined || position >= events.length ? undefined : position
}

/** The first events of a thread. They are found by the index of the whole, of which a growing thread has many beginnings. */
export function firstEvents(events: readonly KnownEvent[], length: number): readonly KnownEvent[] {
  const first = events.slice(0, length)
  wholes.set(first, { events, length: events.length })
  return first
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

/** What the beginning of a thread was taken from, and how long that was. */
const wholes = new WeakMap<
  readonly KnownEvent[],
  { readonly events: readonly KnownEvent[]; readonly length: number }
>()
const indexes = new WeakMap<readonly KnownEvent[], Index>()
