import type { SeenEvent } from './event.ts'
import type { ListExchange, StreamExchange } from './history.ts'

/** The events on a page; none if the response is not a list. */
export function eventsOnPage({ page }: ListExchange): readonly SeenEvent[] {
  return typeof page === 'string' ? [] : page.events
}

/** The events that a stream sent. */
export function eventsOfStream({ frames }: StreamExchange): readonly SeenEvent[] {
  return frames.flatMap(({ seen }) => (seen === undefined ? [] : [seen]))
}
