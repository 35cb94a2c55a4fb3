import { setTimeout as delay } from 'node:timers/promises'
import { isDenial } from '../behaviour/denial.ts'
import type { Live } from '../behaviour/streaming.ts'
import type { Behaviour } from '../behaviour.ts'
import type { ThreadCall } from '../call.ts'
import type { Entry } from '../store/entry.ts'
import type { Thread } from '../store/thread.ts'
import type { Fault } from './fault.ts'

/** Changes a batch of events that arrived while the stream was open. */
function arriving(change: (batch: readonly Entry[], call: ThreadCall) => readonly Entry[]) {
  return (base: Behaviour): Partial<Behaviour> => ({
    async deliver(call, batch, phase) {
      const right = await base.deliver(call, batch, phase)
      return phase === 'live' ? change(right, call) : right
    },
  })
}

/** Live events of which nobody hears. */
const silence: Live = { take: () => new Promise(() => undefined), close: () => undefined, overflowed: false }

/** Longer than an append takes on a busy machine; nothing else depends on it. */
const pauseMs = 60

/** What a server remembers of a thread between requests. */
function memoryOf<T>(call: ThreadCall, name: string, make: () => T, is: (value: unknown) => value is T): T {
  const key = `${name} ${call.session.id} ${call.thread.id}`
  const known = call.site.memory.get(key)
  if (is(known)) return known
  const made = make()
  call.site.memory.set(key, made)
  return made
}

const isMap = (value: unknown): value is Map<string, number> => value instanceof Map
const isNumber = (value: unknown): value is number => typeof value === 'number'

export const liveFaults: readonly Fault[] = [
  {
    name: 'live-events-not-streamed',
    sentence: 'A stream gives the history, and never anything that happens later.',
    violates: ['SSE-09'],
    alter: () => ({ append: (_site, _session, thread, events) => void thread.store(events) }),
  },
  {
    name: 'subscribes-after-the-history',
    sentence:
      'A stream listens for new events only when its history is sent: what happens meanwhile is lost.',
    violates: ['SSE-09'],
    seen: 'A query, and then LISTEN.',
    alter: (base) => ({
      async openFeed(call) {
        const history = await base.history(call)
        if (isDenial(history)) return history
        const late = delay(pauseMs).then(() => base.subscribe(call))
        const live: Live = {
          take: async () => (await late).take(),
          close: () => void late.then((queue) => queue.close()),
          overflowed: false,
        }
        return { history, live }
      },
    }),
  },
  {
    name: 'history-read-after-the-subscription',
    sentence:
      'A stream listens first and reads the history a moment later: what happens between comes twice.',
    violates: ['SSE-09'],
    seen: 'LISTEN, and then a query, without leaving out what was heard.',
    alter: (base) => ({
      async openFeed(call) {
        const live = base.subscribe(call)
        await delay(pauseMs)
        const history = await base.history(call)
        if (!isDenial(history)) return { history, live }
        live.close()
        return history
      },
    }),
  },
  {
    name: 'live-events-come-twice',
    sentence: 'Each new event is streamed twice.',
    violates: ['SSE-09'],
    seen: 'Two subscriptions of one handler.',
    alter: arriving((batch) => batch.flatMap((entry) => [entry, entry])),
  },
  {
    name: 'bursts-lose-events',
    sentence: 'Of more than five events at once a stream gives the first five.',
    violates: ['SSE-09'],
    seen: 'A channel with a small buffer and a default branch.',
    alter: arriving((batch) => batch.slice(0, 5)),
  },
  {
    name: 'bursts-in-reverse',
    sentence: 'Events that were appended together are streamed the last one first.',
    violates: ['SSE-09'],
    alter: arriving((batch) => batch.toReversed()),
  },
  {
    name: 'live-filter-ignored',
    sentence: 'The type filter holds for the history of a stream and not for what comes later.',
    violates: ['SSE-09'],
    alter: (base) => ({
      carries: (call, entry, phase) => phase === 'live' || base.carries(call, entry, phase),
    }),
  },
  {
    name: 'filtered-streams-go-silent',
    sentence: 'A filtered stream gives its history, and nothing that happens later.',
    violates: ['SSE-09'],
    alter: (base) => ({
      carries: (call, entry, phase) =>
        base.carries(call, entry, phase) && (phase === 'history' || call.query.types === undefined),
    }),
  },
  {
    name: 'live-events-of-siblings',
    sentence: 'An open stream carries what happens in the other threads of the session.',
    violates: ['ISO-04'],
    seen: 'One channel for each session; the query of the history has the thread, the listener has not.',
    alter: (base) => ({
      subscribe(call) {
        const all = (): readonly Thread[] => [...call.session.threads.values()]
        return base.subscribe({ ...call, behaviour: { ...call.behaviour, watched: all } })
      },
    }),
  },
  {
    name: 'resumed-streams-go-silent',
    sentence:
      'A stream that was resumed by Last-Event-ID gives what was missed, and nothing that happens later.',
    violates: ['SSE-09'],
    alter: (base) => ({
      async openFeed(call) {
        const feed = await base.openFeed(call)
        if (isDenial(feed) || call.query.lastEventId === undefined) return feed
        feed.live.close()
        return { ...feed, live: silence }
      },
    }),
  },
  {
    name: 'one-listener-a-thread',
    sentence: 'A second stream of a thread takes the new events away from the first.',
    violates: ['SSE-09'],
    seen: 'A map from thread to listener.',
    alter: (base) => {
      const newest = new WeakMap<Thread, Live>()
      return {
        async openFeed(call) {
          const feed = await base.openFeed(call)
          if (isDenial(feed)) return feed
          const { live } = feed
          newest.set(call.thread, live)
          const take: Live['take'] = async () => {
            const batch = await live.take()
            return batch === undefined || newest.get(call.thread) === live ? batch : []
          }
          return { ...feed, live: { take, close: () => live.close(), overflowed: false } }
        },
      }
    },
  },
  {
    name: 'pages-by-remembered-offset',
    sentence:
      'A cursor stands for an offset in the list as it was: new events shift the pages under `order=desc`.',
    violates: ['PAG-12'],
    seen: 'OFFSET behind a cursor’s face.',
    alter: (base) => ({
      beyondCursor(call, sequence) {
        const { cursor } = call.query
        const right = base.beyondCursor(call, sequence)
        if (cursor?.side !== 'after' || !Array.isArray(right)) return right
        const offsets = memoryOf(call, 'offsets', () => new Map<string, number>(), isMap)
        const key = `${call.query.order} ${cursor.id}`
        const offset = offsets.get(key) ?? sequence.length - right.length
        offsets.set(key, offset)
        return sequence.slice(offset)
      },
      take(call, rows, candidates) {
        const page = base.take(call, rows, candidates)
        const last = page.entries.at(-1)
        if (last !== undefined && call.query.types === undefined) {
          const at = call.behaviour.sequence(call).indexOf(last)
          memoryOf(call, 'offsets', () => new Map<string, number>(), isMap).set(
            `${call.query.order} ${last.event.id}`,
            at + 1,
          )
        }
        return page
      },
    }),
  },
  {
    name: 'has-more-from-the-count-at-the-start',
    sentence: 'A walk ends where the thread ended when it began: `has_more` knows nothing of newer events.',
    violates: ['PAG-12'],
    seen: 'A count that is taken once and cached.',
    alter: (base) => ({
      take(call, rows, candidates) {
        const page = base.take(call, rows, candidates)
        const { cursor, order, types } = call.query
        if (cursor === undefined) call.site.memory.set(countOf(call), call.thread.sorted.length)
        if (cursor?.side !== 'after' || order === 'desc' || types !== undefined) return page
        const last = page.entries.at(-1)
        const known = call.site.memory.get(countOf(call))
        if (last === undefined || !isNumber(known)) return page
        return { ...page, hasMore: page.hasMore && call.thread.sorted.indexOf(last) + 1 < known }
      },
    }),
  },
  {
    name: 'pages-cached-for-ever',
    sentence: 'A page is kept by its URL and never made anew, however much is appended.',
    violates: ['PAG-12', 'SSE-09'],
    seen: 'A cache in front that ignores Cache-Control.',
    sometimes: true,
    alter: (base) => {
      const kept = new WeakMap<Thread, Map<string, ReturnType<Behaviour['window']>>>()
      return {
        window(call) {
          const pages = kept.get(call.thread) ?? new Map()
          kept.set(call.thread, pages)
          const page = pages.get(call.request.query) ?? base.window(call)
          pages.set(call.request.query, page)
          return page
        },
      }
    },
  },
]

function countOf(call: ThreadCall): string {
  return `count ${call.session.id} ${call.thread.id}`
}
