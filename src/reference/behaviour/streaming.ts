import { writeJson } from '../../contract/json.ts'
import type { Streaming } from '../behaviour.ts'
import { LiveQueue } from '../store/live-queue.ts'
import { invalid, isDenial } from './denial.ts'

export const standardStreaming: Streaming = {
  streamHead: (call) => ({
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'request-id': call.requestId,
      vary: 'Accept',
    },
  }),

  sendsHeadAtOnce: () => true,

  watched: (call) => [call.thread],

  subscribe(call) {
    const queue = new LiveQueue()
    const threads = call.behaviour.watched(call)
    for (const thread of threads) thread.join(queue)
    queue.onClose(() => {
      for (const thread of threads) thread.leave(queue)
    })
    return queue
  },

  history(call) {
    const { behaviour } = call
    const threads = behaviour.watched(call)
    const [only] = threads
    const entries =
      threads.length === 1 && only !== undefined
        ? only.sorted
        : threads.flatMap((thread) => thread.sorted).toSorted(behaviour.compare)
    const from = behaviour.resumeAt(call, entries)
    return isDenial(from) ? from : entries.slice(from)
  },

  resumeAt(call, entries) {
    const { lastEventId } = call.query
    if (lastEventId === undefined) return 0
    const at = call.behaviour.locate(call, entries, lastEventId)
    return at === -1 ? invalid('Last-Event-ID names no event of this thread.', 'Last-Event-ID') : at + 1
  },

  // Nothing may be awaited between the subscription and the reading of the history, so that every event
  // is in exactly one of the two.
  async openFeed(call) {
    const live = call.behaviour.subscribe(call)
    const history = await call.behaviour.history(call)
    if (!isDenial(history)) return { history, live }
    live.close()
    return history
  },

  carries: (call, { event }) => call.behaviour.matches(call, event),

  deliver: (_call, batch) => batch,

  frameData: (call, { event }) => call.behaviour.present(call, event),

  // JSON has no raw line breaks, so the data is always one line.
  frame(call, entry) {
    const { id, type } = entry.event
    return `id: ${id}\nevent: ${type}\ndata: ${writeJson(call.behaviour.frameData(call, entry))}\n\n`
  },

  preamble: () => '',

  heartbeat: () => ': heartbeat\n\n',

  writeText: (_call, text, sink) => sink.write(text),

  afterHistory: () => 'stay',
}
