import { type JsonValue, writeJson } from '../../contract/json.ts'
import type { Sink } from '../http/sink.ts'
import type { ThreadRequestContext } from '../request-context.ts'
import type { Entry } from '../store/entry.ts'
import { LiveQueue } from '../store/live-queue.ts'
import type { Thread } from '../store/thread.ts'
import { type Denial, invalid, isDenial } from './denial.ts'
import type { ReplyHead } from './reply.ts'

/** Events as they arrive, until closed. */
export type Live = Pick<LiveQueue, 'take' | 'close' | 'overflowed'>

/** What one stream is about to send. */
export interface Feed {
  readonly history: readonly Entry[]
  readonly live: Live
}

/** From a thread to a stream of frames (SSE). */
export interface Streaming {
  streamHead(call: ThreadRequestContext): ReplyHead
  /** The threads whose events the stream carries. */
  watched(call: ThreadRequestContext): readonly Thread[]
  /** Starts to collect live events. */
  subscribe(call: ThreadRequestContext): Live
  /** Everything that happened before, in chronological order, from where the stream resumes. */
  history(call: ThreadRequestContext): readonly Entry[] | Denial | Promise<readonly Entry[] | Denial>
  /** Index of the first event of `entries` that the stream sends. */
  resumeAt(call: ThreadRequestContext, entries: readonly Entry[]): number | Denial
  /** Subscription and history: the order of the two decides whether an event can fall between them. */
  openFeed(call: ThreadRequestContext): Promise<Feed | Denial>
  /** Whether the filter lets an event through, of the history or live. */
  carries(call: ThreadRequestContext, entry: Entry, phase: Phase): boolean
  /** The events of one batch as they go out; the history is one batch. */
  deliver(
    call: ThreadRequestContext,
    batch: readonly Entry[],
    phase: Phase,
  ): readonly Entry[] | Promise<readonly Entry[]>
  /** The JSON of a frame's data. */
  frameData(call: ThreadRequestContext, entry: Entry): JsonValue
  frame(call: ThreadRequestContext, entry: Entry): string
  /** Text before the first frame. */
  preamble(call: ThreadRequestContext): string
  heartbeat(call: ThreadRequestContext): string
  /** Puts text on the wire: how it is cut into chunks, and when. */
  writeText(call: ThreadRequestContext, text: string, sink: Sink): Promise<void>
  /** What follows the history. */
  afterHistory(call: ThreadRequestContext, sink: Sink): 'stay' | 'close' | Promise<'stay' | 'close'>
}

export type Phase = 'history' | 'live'

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

  // Nothing may be awaited between the subscription and the moment that the history is read: so every event
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
