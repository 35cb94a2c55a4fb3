import { setTimeout as delay } from 'node:timers/promises'
import { isDenial } from '../../behaviour/denial.ts'
import type { Live } from '../../behaviour.ts'
import type { SortKey } from '../../store/entry.ts'
import type { Thread } from '../../store/thread.ts'
import type { ThreadEvent } from '../../world/world.ts'
import type { Fault } from '../fault.ts'
import { arriving } from '../overrides/arrivals.ts'

/** A subscription that never delivers an event. */
const silence: Live = { take: () => new Promise(() => undefined), close: () => undefined, overflowed: false }

/** Longer than an append takes on a busy machine; nothing else depends on it. */
const pauseMs = 60

export const liveDeliveryFaults: readonly Fault[] = [
  {
    name: 'live-events-not-streamed',
    sentence: 'A stream sends the history, but no new events.',
    violates: ['SSE-09'],
    override: () => ({ append: (_site, _session, thread, events) => void thread.store(events) }),
  },
  {
    name: 'subscribes-after-the-history',
    sentence: 'A stream listens for new events only after sending the history, and loses events in between.',
    violates: ['SSE-09'],
    seen: 'A query, and then LISTEN.',
    override: (base) => ({
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
      'A stream subscribes first and reads the history later, so that events in between are sent twice.',
    violates: ['SSE-09'],
    seen: 'LISTEN, then a query, without removing duplicates.',
    override: (base) => ({
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
    name: 'live-events-sent-twice',
    sentence: 'Each new event is streamed twice.',
    violates: ['SSE-09'],
    seen: 'Two subscriptions of one handler.',
    override: arriving((batch) => batch.flatMap((entry) => [entry, entry])),
  },
  {
    name: 'bursts-truncated',
    sentence: 'If more than five events are appended at once, a stream sends only the first five.',
    violates: ['SSE-09'],
    seen: 'A channel with a small buffer and a default branch.',
    override: arriving((batch) => batch.slice(0, 5)),
  },
  {
    name: 'bursts-in-reverse',
    sentence: 'Events that were appended together are streamed in reverse order.',
    violates: ['SSE-09'],
    override: arriving((batch) => batch.toReversed()),
  },
  {
    name: 'bursts-kept-in-reverse',
    sentence: 'Events that were appended together are listed and streamed in reverse order.',
    violates: ['SSE-09'],
    seen: 'The transaction time orders the rows, and each new row is placed before equal ones.',
    override: (base) => {
      const written = new WeakMap<ThreadEvent, SortKey>()
      return {
        sortKey: (event) => written.get(event) ?? base.sortKey(event),
        append(serverState, session, thread, events) {
          const [first] = events
          if (first !== undefined) for (const event of events) written.set(event, base.sortKey(first))
          return base.append(serverState, session, thread, events.toReversed())
        },
      }
    },
  },
  {
    name: 'live-filter-ignored',
    sentence: 'The type filter applies to the history of a stream but not to live events.',
    violates: ['SSE-09'],
    override: (base) => ({
      carries: (call, entry, phase) => phase === 'live' || base.carries(call, entry, phase),
    }),
  },
  {
    name: 'filtered-streams-send-no-live-events',
    sentence: 'A filtered stream sends its history, but no new events.',
    violates: ['SSE-09'],
    override: (base) => ({
      carries: (call, entry, phase) =>
        base.carries(call, entry, phase) && (phase === 'history' || call.query.types === undefined),
    }),
  },
  {
    name: 'resumed-streams-send-no-live-events',
    sentence: 'A stream resumed by Last-Event-ID sends the missed events, but no new ones.',
    violates: ['SSE-09'],
    override: (base) => ({
      async openFeed(call) {
        const feed = await base.openFeed(call)
        if (isDenial(feed) || call.query.lastEventId === undefined) return feed
        feed.live.close()
        return { ...feed, live: silence }
      },
    }),
  },
  {
    name: 'one-live-stream-per-thread',
    sentence: 'A second stream of a thread replaces the first as the receiver of new events.',
    violates: ['SSE-09'],
    seen: 'A map from thread to listener.',
    override: (base) => {
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
]
