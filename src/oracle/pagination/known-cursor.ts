import { eventWithId } from '../events-by-id.ts'
import type { ListExchange } from '../history.ts'

/**
 * Whether the cursor of a list request, if it has one, is an event of the thread. An event that a list leaks from another
 * thread is none, and refusing it is right.
 */
export function knowsCursor({ query, thread }: ListExchange): boolean {
  const cursor = query.after ?? query.before ?? query.page?.after
  if (cursor === undefined) return true
  const event = eventWithId(thread.sequence, cursor)
  if (event === undefined) return false
  if (event.thread === undefined || event.thread === thread.threadId) return true
  // Where no label is right, labels tell nothing.
  return !thread.sequence.events.some((one) => one.thread === thread.threadId)
}
