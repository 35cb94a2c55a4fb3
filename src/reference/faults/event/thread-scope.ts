import type { Fault } from '../fault.ts'
import { ofTheSession } from '../overrides/pages.ts'

export const threadScopeFaults: readonly Fault[] = [
  {
    name: 'messages-to-the-thread-listed',
    sentence: 'The list includes messages that a sibling sent to the thread.',
    violates: ['EVT-03'],
    alsoAffects: ['ISO-01', 'ISO-02', 'ORD-03', 'PAG-03', 'PAG-04', 'PAG-05', 'PAG-06', 'FLT-01'],
    seen: 'WHERE thread_id = ? OR to_thread_id = ?',
    override: (base) => ({
      sequence: (call) =>
        ofTheSession(base, call).filter(
          ({ event }) =>
            event.session_thread_id === call.thread.id || event.to_session_thread_id === call.thread.id,
        ),
    }),
  },
]
