import type { Fault } from '../fault.ts'
import { unknown } from '../overrides/cursors.ts'

export const cursorsFaults: readonly Fault[] = [
  {
    name: 'cursor-of-a-sibling-accepted',
    sentence: 'A cursor of another thread is accepted, and the page continues in that thread.',
    violates: ['ISO-03', 'PAG-14'],
    override: unknown(({ session, query }) => {
      const all = [...session.threads.values()].flatMap(({ sorted }) => sorted)
      const at = all.findIndex(({ event }) => event.id === query.cursor?.id)
      return at === -1 ? [] : query.cursor?.side === 'after' ? all.slice(at + 1) : all.slice(0, at)
    }),
  },
  {
    name: 'cursor-of-a-sibling-by-time',
    sentence: 'A cursor of another thread is used as a point in time, and the sibling’s events are included.',
    violates: ['ISO-03', 'PAG-14'],
    override: unknown(({ session, query }) => {
      const owner = [...session.threads.values()].find(({ sorted }) =>
        sorted.some(({ event }) => event.id === query.cursor?.id),
      )
      return owner === undefined ? [] : owner.sorted
    }),
  },
]
