import type { Behaviour } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'
import type { Thread } from '../../store/thread.ts'
import type { Fault } from '../fault.ts'

/** What a server remembers of a thread between requests. */
function memoryOf<T>(
  call: ThreadRequestContext,
  name: string,
  make: () => T,
  is: (value: unknown) => value is T,
): T {
  const key = `${name} ${call.session.id} ${call.thread.id}`
  const known = call.serverState.memory.get(key)
  if (is(known)) return known
  const made = make()
  call.serverState.memory.set(key, made)
  return made
}

const isMap = (value: unknown): value is Map<string, number> => value instanceof Map

const isNumber = (value: unknown): value is number => typeof value === 'number'

function countOf(call: ThreadRequestContext): string {
  return `count ${call.session.id} ${call.thread.id}`
}

export const liveDeliveryFaults: readonly Fault[] = [
  {
    name: 'pages-by-remembered-offset',
    sentence: 'A cursor is an offset: new events shift the pages with `order=desc`.',
    violates: ['PAG-12'],
    seen: 'OFFSET disguised as a cursor.',
    override: (base) => ({
      beyondCursor(call, sequence) {
        const { cursor } = call.query
        const right = base.beyondCursor(call, sequence)
        if (cursor?.side !== 'after' || !Array.isArray(right)) return right
        const offsets = memoryOf(call, 'offsets', () => new Map<string, number>(), isMap)
        const key = `${call.query.order} ${cursor.id}`
        const offset = offsets.get(key) ?? sequence.length - right.length
        offsets.set(key, offset)
        return sequence.slice(offset)
      },
      take(call, rows, candidates) {
        const page = base.take(call, rows, candidates)
        const last = page.entries.at(-1)
        if (last !== undefined && call.query.types === undefined) {
          const at = call.behaviour.sequence(call).indexOf(last)
          memoryOf(call, 'offsets', () => new Map<string, number>(), isMap).set(
            `${call.query.order} ${last.event.id}`,
            at + 1,
          )
        }
        return page
      },
    }),
  },
  {
    name: 'has-more-from-initial-count',
    sentence: '`has_more` uses the number of events at the start of pagination and ignores newer ones.',
    violates: ['PAG-12'],
    seen: 'A count that is taken once and cached.',
    override: (base) => ({
      take(call, rows, candidates) {
        const page = base.take(call, rows, candidates)
        const { cursor, order, types } = call.query
        if (cursor === undefined) call.serverState.memory.set(countOf(call), call.thread.sorted.length)
        if (cursor?.side !== 'after' || order === 'desc' || types !== undefined) return page
        const last = page.entries.at(-1)
        const known = call.serverState.memory.get(countOf(call))
        if (last === undefined || !isNumber(known)) return page
        return { ...page, hasMore: page.hasMore && call.thread.sorted.indexOf(last) + 1 < known }
      },
    }),
  },
  {
    name: 'pages-cached-forever',
    sentence: 'A page is cached by its URL forever.',
    violates: ['SSE-09'],
    alsoAffects: ['PAG-12'],
    seen: 'A cache in front that ignores Cache-Control.',
    sometimes: true,
    override: (base) => {
      const kept = new WeakMap<Thread, Map<string, ReturnType<Behaviour['window']>>>()
      return {
        window(call) {
          const pages = kept.get(call.thread) ?? new Map()
          kept.set(call.thread, pages)
          const page = pages.get(call.request.query) ?? base.window(call)
          pages.set(call.request.query, page)
          return page
        },
      }
    },
  },
]
