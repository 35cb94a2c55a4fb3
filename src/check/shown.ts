import type { SeenEvent } from '../oracle/event.ts'
import type { ListExchange, StreamExchange } from '../oracle/history.ts'

/** The events on a page; none where no list came. */
export function shownOn({ page }: ListExchange): readonly SeenEvent[] {
  return typeof page === 'string' ? [] : page.events
}

/** The events that a stream gave. */
export function shownBy({ frames }: StreamExchange): readonly SeenEvent[] {
  return frames.flatMap(({ seen }) => (seen === undefined ? [] : [seen]))
}
