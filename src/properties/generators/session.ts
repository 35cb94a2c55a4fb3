import fc from 'fast-check'
import type { JsonObject } from '../../contract/json.ts'
import { type IdSketch, idSketch, idsFrom } from './event-ids.ts'
import { anyEvent } from './events.ts'
import {
  formatTimestamp,
  nextInstant,
  startInstant,
  type TimestampSketch,
  timestampSketch,
} from './timestamps.ts'

/** A thread of a world: its events in the order in which they are loaded. */
export interface MadeThread {
  readonly id: string
  readonly events: readonly JsonObject[]
}

/** A session of a world, as the control protocol takes it. */
export interface MadeSession {
  readonly id: string
  readonly threads: readonly MadeThread[]
}

interface EventSketch {
  readonly timestamp: TimestampSketch
  readonly id: IdSketch
  readonly body: JsonObject
  /** Decides the place in the order of arrival. */
  readonly rank: number
}

interface Sketch {
  readonly start: bigint
  readonly session: bigint
  readonly threads: readonly { readonly id: IdSketch; readonly events: readonly EventSketch[] }[]
  /** Whether events are loaded in another order than that of their times. */
  readonly shuffled: boolean
}

const sizes = [
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 2, arbitrary: fc.integer({ min: 19, max: 41 }) },
  { weight: 8, arbitrary: fc.integer({ min: 50, max: 104 }) },
  { weight: 1, arbitrary: fc.integer({ min: 110, max: 320 }) },
] as const

function eventsOf(size: fc.Arbitrary<number>): fc.Arbitrary<EventSketch[]> {
  const event = fc.record({
    timestamp: timestampSketch,
    id: idSketch,
    body: anyEvent(),
    rank: fc.nat({ max: 1_000_000 }),
  })
  return size.chain((length) => fc.array(event, { minLength: length, maxLength: length, size: 'max' }))
}

/**
 * A session with a main thread of 0 to several hundred events, a sibling whose events have the same timestamps, and a
 * thread of hardly any. Ids are twins of each other, also across threads.
 */
export function anySession(): fc.Arbitrary<MadeSession> {
  const threads = fc.tuple(
    eventsOf(fc.oneof(...sizes)),
    eventsOf(fc.integer({ min: 3, max: 24 })),
    eventsOf(fc.integer({ min: 0, max: 2 })),
  )
  return fc
    .record({
      start: startInstant,
      session: fc.noBias(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n })),
      ids: fc.tuple(idSketch, idSketch, idSketch),
      threads,
      shuffled: fc.boolean(),
    })
    .map(({ ids, threads, ...rest }) =>
      sessionFrom({ ...rest, threads: ids.map((id, at) => ({ id, events: threads[at] ?? [] })) }),
    )
}

function sessionFrom({ start, session, threads, shuffled }: Sketch): MadeSession {
  const id = `sess_${session.toString(16).padStart(32, '0')}`
  const names = idsFrom(
    'sthr_',
    threads.map((thread) => thread.id),
    new Set(),
  )
  const taken = new Set<string>()
  const timestamps: bigint[] = []
  return {
    id,
    threads: threads.map(({ events }, at) => {
      const thread = names[at] ?? ''
      const ids = idsFrom(
        'evt_',
        events.map((event) => event.id),
        taken,
      )
      const instants = timesOf(start, events, at === 0 ? [] : timestamps)
      if (at === 0) timestamps.push(...instants)
      const made = events.map(({ body, timestamp }, place) => {
        const created_at = formatTimestamp(instants[place] ?? start, timestamp)
        return {
          ...body,
          id: ids[place] ?? '',
          session_id: id,
          session_thread_id: thread,
          created_at,
          ...(typeof body.processed_at === 'string' ? { processed_at: created_at } : {}),
        }
      })
      return { id: thread, events: shuffled ? arrived(made, events, instants) : made }
    }),
  }
}

// A sibling's events have the timestamps of the main thread, so that only the label distinguishes them.
function timesOf(start: bigint, events: readonly EventSketch[], beside: readonly bigint[]): bigint[] {
  let now = start
  return events
    .map(({ timestamp }, at) => {
      now = at === 0 ? start : nextInstant(now, timestamp)
      return beside[Math.floor((at * beside.length) / events.length)] ?? now
    })
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

// Events of one instant keep their order: that is what tells them apart.
function arrived(
  made: readonly JsonObject[],
  sketches: readonly EventSketch[],
  instants: readonly bigint[],
): JsonObject[] {
  const firstOf = new Map<bigint, number>()
  for (const [at, instant] of instants.entries())
    if (!firstOf.has(instant)) firstOf.set(instant, sketches[at]?.rank ?? 0)
  const rank = (at: number) => firstOf.get(instants[at] ?? 0n) ?? 0
  return made
    .map((event, at) => ({ event, at }))
    .sort((a, b) => rank(a.at) - rank(b.at) || a.at - b.at)
    .map(({ event }) => event)
}

/**
 * The same session under another id: one that no other run has, however equal their seeds are.
 * @param threadIds other ids for its threads too, where they have to take another form
 */
export function renamed(
  { threads }: MadeSession,
  id: string,
  threadIds: readonly string[] = threads.map((thread) => thread.id),
): MadeSession {
  return {
    id,
    threads: threads.map((thread, at) => {
      const threadId = threadIds[at] ?? thread.id
      return {
        id: threadId,
        events: thread.events.map((event) => ({ ...event, session_id: id, session_thread_id: threadId })),
      }
    }),
  }
}
