import { isJsonObject } from '../../../contract/json.ts'
import type { Fault } from '../fault.ts'
import { streamed } from '../overrides/events.ts'
import { ofTheSession } from '../overrides/pages.ts'

export const streamLabelsFaults: readonly Fault[] = [
  {
    name: 'status-of-the-session-streamed',
    sentence: 'The stream includes the status events of all threads.',
    violates: ['ISO-04'],
    alsoAffects: ['SSE-04', 'SSE-05'],
    override: (base) => ({
      history(call) {
        const all = ofTheSession(base, call).filter(
          ({ event }) =>
            event.session_thread_id === call.thread.id || event.type === 'session.thread_status_running',
        )
        const from = base.resumeAt(call, all)
        return typeof from === 'number' ? all.slice(from) : from
      },
    }),
  },
  {
    name: 'stream-relabels-siblings',
    sentence: 'The stream includes a sibling’s events, relabelled with the thread in the path.',
    violates: ['ISO-04'],
    alsoAffects: ['SSE-04', 'SSE-05', 'SSE-06', 'SSE-07', 'EVT-08'],
    override: (base) => ({
      watched: (call) => [...call.session.threads.values()],
      frameData: (call, entry) => {
        const event = base.frameData(call, entry)
        return isJsonObject(event) ? { ...event, session_thread_id: call.thread.id } : event
      },
    }),
  },
  {
    name: 'filtered-stream-of-the-session',
    sentence: 'With a filter, the stream includes the events of all threads.',
    violates: ['ISO-04'],
    alsoAffects: ['SSE-06'],
    seen: 'A subscription by type.',
    override: (base) => ({
      watched: (call) =>
        call.query.types === undefined ? base.watched(call) : [...call.session.threads.values()],
    }),
  },
  {
    name: 'stream-labels-with-the-sender',
    sentence: 'In the stream, `session_thread_id` of a message is its sender’s thread.',
    violates: ['ISO-04'],
    alsoAffects: ['EVT-08'],
    override: streamed((event) =>
      typeof event.from_session_thread_id === 'string'
        ? { ...event, session_thread_id: event.from_session_thread_id }
        : event,
    ),
  },
]
