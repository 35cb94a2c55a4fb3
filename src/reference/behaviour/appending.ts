import type { Appending } from '../behaviour.ts'

export const standardAppending: Appending = {
  append(_site, _session, thread, events) {
    thread.publish(thread.store(events))
  },
  put: (serverState, session) => serverState.store.put(session),
  remove: (serverState, id) => serverState.store.remove(id),
}
