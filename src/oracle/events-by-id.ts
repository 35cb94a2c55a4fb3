import type { KnownEvent } from './event.ts'
import type { Sequence } from './pagination/expected-window.ts'

/** The events of a thread by their ids; a thread that has grown since is looked at again. */
export function eventsById({ events }: Sequence): ReadonlyMap<string, KnownEvent> {
  const known = indexed.get(events)
  if (known?.size === events.length) return known
  const index = new Map(events.map((event) => [event.id, event]))
  indexed.set(events, index)
  return index
}

// Every frame of a stream is looked up, so searching the thread for each would take its length squared.
const indexed = new WeakMap<readonly KnownEvent[], ReadonlyMap<string, KnownEvent>>()
