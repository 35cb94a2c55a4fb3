import { setTimeout as delay } from 'node:timers/promises'
import { isJsonObject } from '../../contract/json.ts'
import type { Behaviour, Live, Override } from '../behaviour.ts'
import type { Sink } from '../http/sink.ts'
import type { Entry } from '../store/entry.ts'
import type { Thread } from '../store/thread.ts'
import type { Variant } from './variant.ts'

/** How much later a slow server does something, in milliseconds. */
const lateMs = 300
const soonMs = 30

/** Changes when a stream takes the events that arrived. */
function taking(take: (live: Live) => Live['take']): Override {
  return (base) => ({
    subscribe(call) {
      const live = base.subscribe(call)
      return {
        take: take(live),
        close: () => live.close(),
        get overflowed() {
          return live.overflowed
        },
      }
    },
  })
}

const late: Override = taking((live) => async () => {
  const batch = await live.take()
  if (batch !== undefined) await delay(lateMs)
  return batch
})

const oneByOne: Override = taking((live) => {
  const waiting: Entry[] = []
  return async () => {
    if (waiting.length === 0) {
      const batch = await live.take()
      if (batch === undefined) return undefined
      waiting.push(...batch)
    }
    return waiting.splice(0, 1)
  }
})

/**
 * Lists show an event when it is acknowledged, and streams send it before.
 * Events are hidden per thread: threads may have the same event ids.
 */
const streamedFirst: Override = (base) => {
  const hidden = new WeakMap<Thread, Set<string>>()
  return {
    async append(_state, _session, thread, events) {
      const ids = hidden.get(thread) ?? new Set()
      hidden.set(thread, ids)
      for (const { id } of events) ids.add(id)
      thread.publish(thread.store(events))
      await delay(soonMs)
      for (const { id } of events) ids.delete(id)
    },
    sequence: (call) => base.sequence(call).filter(({ event }) => !hidden.get(call.thread)?.has(event.id)),
  }
}

/** Streams of a session that is gone wait for events that never arrive. */
const outliving: Override = (base) => ({
  subscribe(call) {
    const live = base.subscribe(call)
    let isLeft = false
    let leave: () => void = () => undefined
    const left = new Promise<undefined>((resolve) => {
      leave = () => resolve(undefined)
    })
    return {
      async take() {
        const batch = await live.take()
        return batch === undefined && !isLeft ? left : batch
      },
      close() {
        isLeft = true
        leave()
        live.close()
      },
      get overflowed() {
        return live.overflowed
      },
    }
  },
})

const errorFrame =
  'event: error\ndata: {"type":"error","error":{"type":"not_found_error","message":"The session was deleted."}}\n\n'

/** The last frame of a stream says that its session was deleted. */
const lastWords: Override = (base) => {
  const sinks = new WeakMap<Thread, Set<Sink>>()
  return {
    afterHistory(call, sink) {
      sinks.set(call.thread, (sinks.get(call.thread) ?? new Set()).add(sink))
      return base.afterHistory(call, sink)
    },
    async remove(state, id) {
      const threads = [...(state.store.sessions.get(id)?.threads.values() ?? [])]
      const open = threads.flatMap((thread) => [...(sinks.get(thread) ?? [])])
      await Promise.allSettled(open.map((sink) => sink.write(errorFrame)))
      return base.remove(state, id)
    },
  }
}

/** Events that arrived while the server ran, as streams send them. */
function streamedAs(change: (event: Readonly<Record<string, unknown>>) => object): Override {
  return (base: Behaviour) => ({
    frameData(call, entry) {
      const value = base.frameData(call, entry)
      return isJsonObject(value) ? { ...value, ...change(value) } : value
    },
  })
}

/** Servers that send new events early, late or in another allowed form, and that end streams in other ways. */
export const liveVariants: readonly Variant[] = [
  {
    name: 'live-events-late',
    sentence: 'New events reach open streams a third of a second after lists.',
    override: late,
  },
  {
    name: 'live-events-one-by-one',
    sentence: 'Events that were appended together are streamed one by one.',
    override: oneByOne,
  },
  {
    name: 'streamed-before-acknowledged',
    sentence:
      'New events reach open streams before the control protocol acknowledges them and lists show them.',
    override: streamedFirst,
  },
  {
    name: 'appends-acknowledged-late',
    sentence: 'The control protocol takes a third of a second to append events.',
    override: (base) => ({
      async append(state, session, thread, events) {
        await delay(lateMs)
        return base.append(state, session, thread, events)
      },
    }),
  },
  {
    name: 'streams-outlive-their-session',
    sentence: 'A stream stays open and silent when its session is deleted or replaced.',
    override: outliving,
  },
  {
    name: 'error-frame-when-the-session-is-deleted',
    sentence: 'A stream whose session is deleted ends with a frame named error.',
    override: lastWords,
  },
  {
    name: 'streamed-texts-in-blocks',
    sentence: 'Streams send a content that is a string as one text block.',
    override: streamedAs(({ content }) =>
      typeof content === 'string' ? { content: [{ type: 'text', text: content }] } : {},
    ),
  },
]
