import type { ServerState } from '../request-context.ts'
import type { Session } from '../store/store.ts'
import type { Thread } from '../store/thread.ts'
import type { ThreadEvent, WorldSession } from '../world/world.ts'

/** What the control protocol does to the data. Its 204 waits for what these return. */
export interface Appending {
  append(
    site: ServerState,
    session: Session,
    thread: Thread,
    events: readonly ThreadEvent[],
  ): void | Promise<void>
  put(site: ServerState, session: WorldSession): void | Promise<void>
  remove(site: ServerState, id: string): void | Promise<void>
}

export const standardAppending: Appending = {
  append(_site, _session, thread, events) {
    thread.publish(thread.store(events))
  },
  put: (site, session) => site.store.put(session),
  remove: (site, id) => site.store.remove(id),
}
