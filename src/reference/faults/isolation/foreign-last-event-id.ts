import { isDenial } from '../../behaviour/denial.ts'
import type { ThreadRequestContext } from '../../request-context.ts'
import type { Thread } from '../../store/thread.ts'
import type { Fault } from '../fault.ts'

function ownerOf({ session, query }: ThreadRequestContext): Thread | undefined {
  return [...session.threads.values()].find((thread) => thread.has(query.lastEventId ?? ''))
}

/** A Last-Event-ID of another thread decides what the stream carries. */
export const foreignLastEventIdFaults: readonly Fault[] = [
  {
    name: 'last-event-id-of-a-sibling-continues-there',
    sentence: 'A Last-Event-ID of another thread resumes that thread.',
    violates: ['ISO-03'],
    alsoAffects: ['SSE-07'],
    seen: 'An event id is looked up without its thread.',
    override: (base) => ({
      async history(call) {
        const own = await base.history(call)
        if (!isDenial(own)) return own
        const { sorted } = ownerOf(call) ?? { sorted: [] }
        const at = sorted.findIndex(({ event }) => event.id === call.query.lastEventId)
        return at === -1 ? own : sorted.slice(at + 1)
      },
    }),
  },
  {
    name: 'last-event-id-of-a-sibling-starts-there',
    sentence: 'A Last-Event-ID of another thread returns the whole history of that thread.',
    violates: ['ISO-03'],
    alsoAffects: ['SSE-07'],
    override: (base) => ({
      async history(call) {
        const own = await base.history(call)
        return isDenial(own) ? (ownerOf(call)?.sorted ?? own) : own
      },
    }),
  },
]
