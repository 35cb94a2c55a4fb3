import { defaultWorld } from './default-world.ts'
import { makeThread, mixedTypes, type TypeCounts } from './make-thread.ts'
import { Random } from './random.ts'
import { timeline } from './timeline.ts'
import type { World, WorldSession } from './world.ts'

const types: TypeCounts = {
  'agent.message': 40,
  'agent.thread_message_sent': 30,
  'session.thread_status_running': 20,
  'agent.tool_use': 10,
}

/** How large a world is. */
export interface WorldSize {
  /** Events of the main thread. */
  readonly events: number
  /** Events of the sibling; none at all makes a session of one thread. */
  readonly sibling?: number
  /** Events of the other session's thread; none at all makes a world of one session. */
  readonly other?: number
  readonly type?: string
  /** Whether all events happen at one instant. */
  readonly atOnce?: true
}

const plans = [
  ['empty', { events: 0, sibling: 5, other: 5 }],
  ['one-event', { events: 1, sibling: 5, other: 5 }],
  ['two-events', { events: 2, sibling: 5, other: 5 }],
  ['twenty-events', { events: 20, sibling: 22, other: 5 }],
  ['twenty-one-events', { events: 21, sibling: 22, other: 5 }],
  ['hundred-events', { events: 100, sibling: 60, other: 5 }],
  ['one-type', { events: 45, sibling: 22, other: 5, type: 'agent.message' }],
  ['one-thread', { events: 45, other: 5 }],
  ['one-session', { events: 45, sibling: 22 }],
  ['equal-timestamps', { events: 120, sibling: 60, other: 5, atOnce: true }],
] as const satisfies readonly (readonly [string, WorldSize])[]

/** A world that has a name. `default` is the big one. */
export type WorldName = 'default' | (typeof plans)[number][0]

export const worldNames: readonly WorldName[] = ['default', ...plans.map(([name]) => name)]

/** The world of that name, always the same; `undefined` when there is none. */
export function namedWorld(name: string): World | undefined {
  if (name === 'default') return defaultWorld()
  const plan = plans.find(([own]) => own === name)?.[1]
  return plan === undefined ? undefined : worldOfSize(plan)
}

/** A world of that size, always the same. Its first thread is the main one. */
export function worldOfSize(plan: WorldSize): World {
  const random = new Random(7_000 + plan.events)
  const counts = plan.sibling === undefined ? [plan.events] : [plan.events, plan.sibling]
  const main = makeSession(random, counts, plan)
  return {
    version: 1,
    sessions: plan.other === undefined ? [main] : [main, makeSession(random, [plan.other], plan)],
  }
}

function makeSession(random: Random, counts: readonly number[], plan: WorldSize): WorldSession {
  const sessionId = `sess_${random.hex(32)}`
  const threads = counts.map((count) => ({ id: `sthr_${random.hex(32)}`, count }))
  return {
    id: sessionId,
    threads: threads.map(({ id, count }, at) => {
      const instants = timeline(random, count)
      const [first = 0n] = instants
      return makeThread(random, {
        sessionId,
        id,
        partnerId: threads[at === 0 ? 1 : 0]?.id ?? `sthr_${random.hex(32)}`,
        instants: plan.atOnce === true ? instants.map(() => first) : instants,
        types:
          plan.type === undefined
            ? [...mixedTypes(random, types), ...mixedTypes(random, types)]
            : Array.from({ length: count }, () => plan.type ?? ''),
      })
    }),
  }
}
