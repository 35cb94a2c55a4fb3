import fc from 'fast-check'
import type { JsonObject } from '../../contract/json.ts'
import { idSketch, idsFrom } from './event-ids.ts'
import { eventType } from './event-types.ts'
import { anyEvent } from './events.ts'
import type { MadeSession } from './session.ts'
import { formatTimestamp, startInstant, timestampSketch } from './timestamps.ts'

/** A session to begin with, and what is appended to its threads later, each event later than the one before. */
export interface LiveWrites {
  readonly session: MadeSession
  readonly later: readonly JsonObject[]
  readonly beside: readonly JsonObject[]
  /** The event that is appended last: of the type below, so that a filter lets it through. */
  readonly marker: JsonObject
  /** A type that some of the events have. */
  readonly type: string
}

/** How many events the thread and its sibling begin with, and how many each gains. */
const sizes = { first: 15, later: 60, sibling: 4, beside: 20 } as const

/** The material of a live check: the same seed gives the same, but for the ids of session and threads. */
export function liveWrites(seed: number, sessionId: string, threadIds: readonly string[]): LiveWrites {
  const count = sizes.first + sizes.later + sizes.sibling + sizes.beside
  const many = <T>(value: fc.Arbitrary<T>) =>
    fc.array(value, { minLength: count, maxLength: count, size: 'max' })
  const [drawn] = fc.sample(
    fc.record({
      start: startInstant,
      bodies: many(anyEvent()),
      ids: many(idSketch.map((sketch) => ({ ...sketch, shape: 'long' as const }))),
      timestamps: many(timestampSketch),
      type: eventType,
    }),
    { seed, numRuns: 1 },
  )
  if (drawn === undefined) throw new Error('The generator gave no value.')
  const ids = idsFrom('evt_', drawn.ids, new Set())
  let now = drawn.start
  const events = drawn.bodies.map((body, at): JsonObject => {
    const spread = drawn.timestamps[at] ?? { gap: 1n, leap: false, zone: 0, digits: 0 }
    // No two at one instant: where a later one of them stands among the others is the target's matter.
    now += spread.gap === 0n ? 1n : spread.gap
    const created_at = formatTimestamp(now, spread)
    const typed: JsonObject = isDocumented(body) || at % 3 > 0 ? {} : { type: drawn.type }
    const processed: JsonObject = typeof body.processed_at === 'string' ? { processed_at: created_at } : {}
    return { ...body, ...typed, ...processed, id: ids[at] ?? '', session_id: sessionId, created_at }
  })
  const [main, sibling] = threadIds
  const labelled = (thread: string | undefined, from: number, length: number) =>
    events.slice(from, from + length).map((event) => ({ ...event, session_thread_id: thread ?? '' }))
  const from = { later: sizes.first, sibling: sizes.first + sizes.later, beside: count - sizes.beside }
  return {
    session: {
      id: sessionId,
      threads: [
        { id: main ?? '', events: labelled(main, 0, sizes.first) },
        { id: sibling ?? '', events: labelled(sibling, from.sibling, sizes.sibling) },
      ],
    },
    later: labelled(main, from.later, sizes.later - 1),
    marker: plain(labelled(main, from.later + sizes.later - 1, 1)[0] ?? {}, drawn.type),
    beside: labelled(sibling, from.beside, sizes.beside),
    type: drawn.type,
  }
}

function plain({ id, session_id, session_thread_id, created_at }: JsonObject, type: string): JsonObject {
  const needed = { id, type, session_id, session_thread_id, created_at, content: 'The last event of all.' }
  return Object.fromEntries(
    Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

// A documented type brings fields of its own with it.
function isDocumented({ type }: JsonObject): boolean {
  return type === 'agent.thread_message_sent' || type === 'session.thread_status_running'
}
