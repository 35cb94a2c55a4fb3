import type { SeenEvent } from '../event.ts'
import { StoredEvent } from '../stored-event.ts'
import type { Page } from './page.ts'

/** Whether a page knows the whole text of its list: its events are in a table, and it has the text around them. */
export function knowsText({ events, frame }: Page): boolean {
  return frame !== undefined && events.every(isStored)
}

/** The text of a list, put together from its events and the text around them. */
export function listText({ events, frame }: Page): string {
  if (frame === undefined) return ''
  const texts = events.filter(isStored).map(({ text }) => text)
  return frame.before + texts.join(frame.between) + frame.after
}

function isStored(event: SeenEvent): event is StoredEvent {
  return event instanceof StoredEvent
}
