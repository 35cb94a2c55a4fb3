import { isDenial } from '../../behaviour/denial.ts'
import type { Behaviour, Live } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'
import type { Entry } from '../../store/entry.ts'
import type { Thread } from '../../store/thread.ts'
import type { Fault } from '../fault.ts'

/** A subscription that never delivers an event. */
const silence: Live = { take: () => new Promise(() => undefined), close: () => undefined, overflowed: false }

/** Streams that send their history and then nothing, depending on that history. */
function silentAfter(isSilent: (history: readonly Entry[], call: ThreadRequestContext) => boolean) {
  return (base: Behaviour): Partial<Behaviour> => ({
    async openFeed(call) {
      const feed = await base.openFeed(call)
      if (isDenial(feed) || !isSilent(feed.history, call)) return feed
      feed.live.close()
      return { ...feed, live: silence }
    },
  })
}

/** A subscription whose events are taken, and which is closed, in another way. */
function changed(live: Live, { take, close }: Pick<Live, 'take' | 'close'>): Live {
  return {
    take,
    close,
    get overflowed() {
      return live.overflowed
    },
  }
}

/** Open streams of a thread, of which a closing one makes others silent. */
function closing(silenced: (closed: Live, open: readonly Live[]) => readonly Live[]) {
  return (base: Behaviour): Partial<Behaviour> => {
    const openOf = new WeakMap<Thread, Set<Live>>()
    const silent = new WeakSet<Live>()
    return {
      subscribe(call) {
        const live = base.subscribe(call)
        const open = openOf.get(call.thread) ?? new Set()
        openOf.set(call.thread, open)
        open.add(live)
        return changed(live, {
          async take() {
            for (;;) {
              const batch = await live.take()
              if (batch === undefined || !silent.has(live)) return batch
            }
          },
          close() {
            if (!open.delete(live)) return
            for (const one of silenced(live, [...open])) silent.add(one)
            live.close()
          },
        })
      },
    }
  }
}

/** Who is subscribed to live events, and for how long. */
export const subscriptionFaults: readonly Fault[] = [
  {
    name: 'streams-of-empty-threads-send-no-live-events',
    sentence: 'A stream that is opened while the thread is empty never sends an event.',
    violates: ['SSE-09'],
    seen: 'The subscription begins after the last event of the history, and there is none.',
    override: silentAfter((_history, call) => call.thread.inserted.length === 0),
  },
  {
    name: 'streams-without-matching-history-send-no-live-events',
    sentence: 'A stream with a filter that no event of the thread matches yet never sends an event.',
    violates: ['SSE-09'],
    override: silentAfter(
      (history, call) =>
        call.query.types !== undefined &&
        !history.some((entry) => call.behaviour.carries(call, entry, 'history')),
    ),
  },
  {
    name: 'closed-stream-silences-the-others',
    sentence: 'When one client closes its stream, the other streams of the thread send no more events.',
    violates: ['SSE-09'],
    seen: 'UNLISTEN, or removeAllListeners, for a channel that other connections still use.',
    override: closing((_closed, open) => open),
  },
  {
    name: 'closed-stream-silences-the-newest',
    sentence: 'When one client closes its stream, the newest stream of the thread sends no more events.',
    violates: ['SSE-09'],
    seen: 'splice(indexOf(listener), 1) with a listener that is not in the array.',
    override: closing((_closed, open) => open.slice(-1)),
  },
  {
    name: 'live-events-once-per-open-stream',
    sentence: 'Each stream gets a live event as often as streams of the thread are open.',
    violates: ['SSE-09'],
    seen: 'A listener that each connection adds to one shared emitter, which writes to all connections.',
    override: (base) => {
      const openOf = new WeakMap<Thread, Set<Live>>()
      return {
        subscribe(call) {
          const live = base.subscribe(call)
          const open = openOf.get(call.thread) ?? new Set()
          openOf.set(call.thread, open.add(live))
          return changed(live, {
            async take() {
              const batch = await live.take()
              return batch?.flatMap((entry) => [...open].map(() => entry))
            },
            close() {
              open.delete(live)
              live.close()
            },
          })
        },
      }
    },
  },
  {
    name: 'filter-of-the-newest-stream-for-all',
    sentence: 'The filter of the newest stream decides which live events all streams of the thread get.',
    violates: ['SSE-09'],
    seen: 'A subscription of the whole channel that is replaced with each connection.',
    override: (base) => {
      const newest = new WeakMap<Thread, ThreadRequestContext>()
      return {
        subscribe(call) {
          newest.set(call.thread, call)
          return base.subscribe(call)
        },
        carries: (call, entry, phase) =>
          base.carries(phase === 'live' ? (newest.get(call.thread) ?? call) : call, entry, phase),
      }
    },
  },
]
