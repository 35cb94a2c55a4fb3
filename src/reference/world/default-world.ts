import { makeThread, mixedTypes, type TypeCounts } from './make-thread.ts'
import { Random } from './random.ts'
import { interleaved, timeline } from './timeline.ts'
import type { World, WorldSession } from './world.ts'

/**
 * 230 events. Two types exceed two default pages, two fill exactly one, one occurs once; one is a prefix of
 * another, and one differs from another in letter case only.
 */
const mainTypes: TypeCounts = {
  'agent.message': 55,
  'agent.message.delta': 46,
  'agent.thread_message_sent': 42,
  'session.thread_status_running': 24,
  'agent.tool_use': 20,
  'agent.tool_result': 20,
  'user.message': 10,
  'agent.thinking': 8,
  'Agent.Message': 4,
  'session.compacted': 1,
}

/** 150 events; `agent.handoff` occurs here alone. */
const siblingTypes: TypeCounts = {
  'agent.message': 40,
  'agent.message.delta': 35,
  'agent.thread_message_sent': 30,
  'session.thread_status_running': 15,
  'agent.tool_use': 12,
  'agent.tool_result': 10,
  'agent.handoff': 8,
}

const smallTypes: TypeCounts = {
  'agent.message': 7,
  'agent.thread_message_sent': 6,
  'session.thread_status_running': 4,
  'session.thread_status_idle': 3,
}

let made: World | undefined

/**
 * The world that a server holds when it is given none; always the same.
 * The first session has the main thread, its sibling with events with the same timestamps, an empty thread and one
 * of exactly 20 events. A second session has two threads, a third has one.
 */
export function defaultWorld(): World {
  made ??= worldOfSeed(20_260_615)
  return made
}

/** A world of the same shape as the default one, with other ids, times and texts for each seed. */
export function worldOfSeed(seed: number): World {
  return makeWorld(new Random(seed))
}

function makeWorld(random: Random): World {
  return {
    version: 1,
    sessions: [mainSession(random), sideSession(random, [90, 20]), sideSession(random, [20])],
  }
}

function mainSession(random: Random): WorldSession {
  const sessionId = `sess_${random.hex(32)}`
  const [main, sibling, empty, twenty] = [32, 32, 32, 16].map((digits) => `sthr_${random.hex(digits)}`)
  if (main === undefined || sibling === undefined || empty === undefined || twenty === undefined)
    throw new Error('Four thread ids were drawn.')
  const instants = timeline(random, 230)
  const short = `evt_${random.hex(16)}`
  const siblingInstants = interleaved(random, instants, 150)
  return {
    id: sessionId,
    threads: [
      makeThread(random, {
        sessionId,
        id: main,
        partnerId: sibling,
        instants,
        types: mixedTypes(random, mainTypes),
        // One id begins another: a prefix match confuses the two.
        ids: new Map([
          [30, short],
          [77, `${short}${random.hex(16)}`],
        ]),
      }),
      makeThread(random, {
        sessionId,
        id: sibling,
        partnerId: main,
        instants: siblingInstants,
        types: mixedTypes(random, siblingTypes),
        ids: new Map([[12, `${short}${random.hex(8)}`]]),
      }),
      { id: empty, events: [] },
      makeThread(random, {
        sessionId,
        id: twenty,
        partnerId: main,
        instants: timeline(random, 20),
        types: mixedTypes(random, smallTypes),
      }),
    ],
  }
}

function sideSession(random: Random, counts: readonly number[]): WorldSession {
  const sessionId = `sess_${random.hex(32)}`
  const ids = counts.map(() => `sthr_${random.hex(32)}`)
  return {
    id: sessionId,
    threads: ids.map((id, at) => {
      const types = Array.from({ length: 5 }, () => mixedTypes(random, smallTypes)).flat()
      const partnerId = ids[at + 1] ?? ids[at - 1] ?? id
      return makeThread(random, {
        sessionId,
        id,
        partnerId,
        instants: timeline(random, counts[at] ?? 0),
        types,
      })
    }),
  }
}
