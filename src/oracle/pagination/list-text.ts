import type { SeenEvent } from '../event.ts'
import { StoredEvent } from '../stored-event.ts'
import type { Page } from './page.ts'

/**
 * The text of a list, put together again from its events and what was between them.
 * @returns `undefined` if the page does not know all of it
 */
export function listText({ events, frame }: Page): (() => string) | undefined {
  if (frame === undefined || !events.every(isStored)) return undefined
  const stored = events.filter(isStored)
  return () => frame.before + stored.map(({ text }) => text).join(frame.between) + frame.after
}

function isStored(event: SeenEvent): event is StoredEvent {
  return event instanceof StoredEvent
}
