import { isJsonObject } from '../../contract/json.ts'
import type { Override } from '../behaviour.ts'
import type { RequestContext } from '../request-context.ts'
import type { Thread } from '../store/thread.ts'
import type { ThreadEvent } from '../world/world.ts'
import { namedWorld } from '../world/worlds.ts'
import type { Variant } from './variant.ts'

/** How many events a thread has, with those that are not in its list yet. */
const appended = new WeakMap<Thread, number>()

/** The next events of a thread: `count` at one time, each time a second after the one before. */
function nextEvents(thread: Thread, count: number): ThreadEvent[] {
  const born = appended.get(thread) ?? thread.inserted.length
  appended.set(thread, born + count)
  const created_at = new Date(Date.UTC(2027, 0, 1) + born * 1_000).toISOString()
  return Array.from({ length: count }, (_, at) => ({
    id: `evt_${`${born + at}`.padStart(32, '0')}`,
    type: at % 2 === 0 ? 'agent.message' : 'agent.tool_use',
    schema_version: '1.0',
    session_id: thread.sessionId,
    session_thread_id: thread.id,
    content: `Grown ${born + at}`,
    created_at,
    processed_at: null,
  }))
}

/** Appends to every thread of the first session whenever so many requests have come. */
function growing(every: number, count: number): Override {
  return (base) => ({
    async authenticate(call) {
      if (call.number % every === 0) await grow(call, count)
      return base.authenticate(call)
    },
  })
}

async function grow(call: RequestContext, count: number): Promise<void> {
  const [session] = call.serverState.store.sessions.values()
  if (session === undefined) return
  const fresh = [...session.threads.values()].map((thread, at) => ({
    thread,
    events: nextEvents(thread, count).map((event) => ({ ...event, id: `${event.id}${at}` })),
  }))
  for (const { thread, events } of fresh)
    await call.behaviour.append(call.serverState, session, thread, events)
}

const small = namedWorld('two-events')

export const growthVariants: readonly Variant[] = [
  {
    name: 'thread-grows-now-and-then',
    sentence: 'Every tenth request appends an event to all threads, in list and stream.',
    undecided: ['INP-03'],
    override: growing(10, 1),
  },
  {
    name: 'thread-grows-all-the-time',
    sentence: 'Every sixth request appends three simultaneous events to all threads.',
    undecided: ['INP-03'],
    override: growing(6, 3),
  },
  {
    name: 'short-thread-grows',
    sentence: 'A thread of two events gains one every fifty requests.',
    undecided: ['PAG-01', 'INP-03'],
    ...(small === undefined ? {} : { server: { world: small } }),
    override: growing(50, 1),
  },
  {
    name: 'short-thread-grows-fast',
    sentence:
      'A thread of two events gains one every third request, and an unknown order is treated as the default.',
    undecided: ['INP-03'],
    ...(small === undefined ? {} : { server: { world: small } }),
    override: (base) => ({
      ...growing(3, 1)(base),
      readOrder: ([text]) => (text === 'desc' ? 'desc' : 'asc'),
    }),
  },
  {
    name: 'stream-is-ahead-of-the-list',
    sentence: 'All threads grow, and a new event is in the stream 60 milliseconds before it is in the list.',
    undecided: ['INP-03'],
    override: (base) => {
      const notListed = new Set<ThreadEvent>()
      return {
        ...growing(25, 1)(base),
        async append(serverState, session, thread, events) {
          for (const event of events) notListed.add(event)
          await base.append(serverState, session, thread, events)
          await new Promise((resolve) => setTimeout(resolve, 60))
          for (const event of events) notListed.delete(event)
        },
        sequence: (call) => base.sequence(call).filter(({ event }) => !notListed.has(event)),
      }
    },
  },
  {
    name: 'events-processed-later',
    sentence: 'The newest events get their processed_at while they are being read.',
    override: (base) => ({
      present(call, event) {
        const value = base.present(call, event)
        const newest = call.thread.sorted.slice(-5).some((entry) => entry.event.id === event.id)
        if (!newest || !isJsonObject(value) || value.processed_at === undefined) return value
        return { ...value, processed_at: call.number < 200 ? null : event.created_at }
      },
    }),
  },
]
