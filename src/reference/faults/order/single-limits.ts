import type { ThreadRequestContext } from '../../request-context.ts'
import type { Fault } from '../fault.ts'
import { page } from '../overrides/single-limits.ts'

const plain = ({ query }: ThreadRequestContext) => query.cursor === undefined && query.types === undefined

const asked = ({ request }: ThreadRequestContext, text: string) => request.query.split('&').includes(text)

export const singleLimitsFaults: readonly Fault[] = [
  {
    name: 'explicit-asc-starts-at-the-second',
    sentence: '`order=asc` with a limit of 7 starts with the second event.',
    violates: ['ORD-02'],
    override: (base) => ({
      take: (call, rows, candidates) =>
        plain(call) && asked(call, 'order=asc') && call.query.limit === 7
          ? base.take(call, rows.slice(1), candidates)
          : base.take(call, rows, candidates),
    }),
  },
  {
    name: 'desc-loses-one-at-limit-20',
    sentence: 'With `order=desc&limit=20` and a cursor, the third event of each page is missing.',
    violates: ['PAG-03'],
    alsoAffects: ['ORD-03', 'PAG-04', 'PAG-05'],
    override: page(
      (call) =>
        asked(call, 'limit=20') &&
        asked(call, 'order=desc') &&
        call.query.cursor !== undefined &&
        call.query.cursor.id !== call.thread.sorted.at(-1)?.event.id &&
        call.query.types === undefined,
      (right) => ({ ...right, entries: right.entries.filter((_, at) => at !== 2) }),
    ),
  },
  {
    name: 'ties-reversed-at-limit-3',
    sentence: 'With limit=3, events with equal timestamps are reversed.',
    violates: ['ORD-04'],
    override: (base) => ({
      take(call, rows, candidates) {
        const right = base.take(call, rows, candidates)
        if (call.query.limit !== 3 || call.query.order !== 'asc' || call.query.cursor?.side !== 'after')
          return right
        return {
          ...right,
          entries: right.entries.toSorted((a, b) => base.compare(a, b) || b.position - a.position),
        }
      },
    }),
  },
]
