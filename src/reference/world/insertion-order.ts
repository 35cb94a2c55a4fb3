import { instantKey } from '../store/instant-key.ts'
import { Random } from './random.ts'
import type { ThreadEvent, World } from './world.ts'

/**
 * The world with its events in an order in which they may have arrived from several writers: some neighbours
 * come the other way round, all of those within one second among them. Events of one instant keep their
 * order, so the world means the same.
 */
export function inInsertionOrder(world: World): World {
  const random = new Random(41)
  return {
    ...world,
    sessions: world.sessions.map((session) => ({
      ...session,
      threads: session.threads.map((thread) => ({ ...thread, events: swapped(random, thread.events) })),
    })),
  }
}

function swapped(random: Random, events: readonly ThreadEvent[]): ThreadEvent[] {
  const arrived: ThreadEvent[] = []
  for (let at = 0; at < events.length; at++) {
    const [first, second] = events.slice(at, at + 2)
    if (first === undefined) break
    if (
      second !== undefined &&
      mayChangePlaces(first, second) &&
      (within(first, second) || random.oneIn(6))
    ) {
      arrived.push(second, first)
      at += 1
    } else arrived.push(first)
  }
  return arrived
}

function mayChangePlaces(a: ThreadEvent, b: ThreadEvent): boolean {
  return instantKey(a.created_at) !== instantKey(b.created_at)
}

function within(a: ThreadEvent, b: ThreadEvent): boolean {
  return Math.abs(Date.parse(a.created_at) - Date.parse(b.created_at)) < 1_000
}
