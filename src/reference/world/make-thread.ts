import { makeEvent } from './make-event.ts'
import type { Random } from './random.ts'
import type { WorldThread } from './world.ts'

/** How often a type occurs. */
export type TypeCounts = Readonly<Record<string, number>>

export interface ThreadSketch {
  readonly sessionId: string
  readonly id: string
  readonly partnerId: string
  /** In nanoseconds since 1970, never falling: one for each event. */
  readonly instants: readonly bigint[]
  /** One for each event, in the order of the thread. */
  readonly types: readonly string[]
  /** Ids that must be so, by place. */
  readonly ids?: ReadonlyMap<number, string>
}

/** A thread in chronological order. Ids are random, of two lengths, and so in no order at all. */
export function makeThread(random: Random, sketch: ThreadSketch): WorldThread {
  const events = sketch.instants.map((instant, at) =>
    makeEvent(random, {
      id: sketch.ids?.get(at) ?? newEventId(random),
      type: sketch.types[at] ?? 'agent.message',
      sessionId: sketch.sessionId,
      threadId: sketch.id,
      partnerId: sketch.partnerId,
      instant,
      at,
    }),
  )
  return { id: sketch.id, events }
}

function newEventId(random: Random): string {
  return `evt_${random.hex(random.oneIn(3) ? 16 : 32)}`
}

/** The types in a random order, each as often as asked. */
export function mixedTypes(random: Random, counts: TypeCounts): string[] {
  return random.shuffled(
    Object.entries(counts).flatMap(([type, count]) => Array.from({ length: count }, () => type)),
  )
}
