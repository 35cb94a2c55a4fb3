import { isJsonObject } from '../../contract/json.ts'
import type { Page } from '../behaviour/paging.ts'
import type { Behaviour } from '../behaviour.ts'
import type { ThreadCall } from '../call.ts'
import type { Fault } from './fault.ts'

/** Changes the pages of some requests alone. */
function page(when: (call: ThreadCall) => boolean, change: (page: Page) => Page) {
  return (base: Behaviour): Partial<Behaviour> => ({
    take(call, rows, candidates) {
      const right = base.take(call, rows, candidates)
      return call.stream !== true && when(call) ? change(right) : right
    },
  })
}

const plain = ({ query }: ThreadCall) => query.cursor === undefined && query.types === undefined
const asked = ({ request }: ThreadCall, text: string) => request.query.split('&').includes(text)

/** Faults that show under one page size, direction or position only. */
export const rareFaults: readonly Fault[] = [
  {
    name: 'last-id-wrong-at-limit-21',
    sentence: '`last_id` of a page of 21 is the id of its last but one record.',
    violates: ['ENV-03'],
    seen: 'A cursor taken at the index of the default page’s end.',
    alter: (base) => ({
      envelope(call, right) {
        const body = base.envelope(call, right)
        return isJsonObject(body) && call.query.limit === 21
          ? { ...body, last_id: right.entries.at(-2)?.event.id ?? null }
          : body
      },
    }),
  },
  {
    name: 'has-more-wrong-at-limit-21',
    sentence: '`has_more` is false on a page of 21, one more than the default.',
    violates: ['ENV-05'],
    alter: page(
      ({ query }) => query.limit === 21,
      (right) => ({ ...right, hasMore: false }),
    ),
  },
  {
    name: 'explicit-asc-starts-at-the-second',
    sentence: '`order=asc` with a limit of 7 begins with the second record.',
    violates: ['ORD-02'],
    alter: (base) => ({
      take: (call, rows, candidates) =>
        plain(call) && asked(call, 'order=asc') && call.query.limit === 7
          ? base.take(call, rows.slice(1), candidates)
          : base.take(call, rows, candidates),
    }),
  },
  {
    name: 'desc-loses-one-at-limit-20',
    sentence: 'Under `order=desc&limit=20` each page behind a cursor lacks its third record.',
    violates: ['ORD-03'],
    alter: page(
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
    name: 'ties-turned-at-limit-3',
    sentence: 'Ascending pages of three turn events of the same instant round.',
    violates: ['ORD-04'],
    alter: (base) => ({
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
  {
    name: 'short-page-at-limit-99',
    sentence: 'A page of 99 has 98 records.',
    violates: ['PAG-02'],
    alter: page(
      ({ query }) => query.limit === 99,
      (right) => ({ ...right, entries: right.entries.slice(0, 98) }),
    ),
  },
  {
    name: 'walk-by-33-loses-one',
    sentence: 'Pages of 33 behind a cursor lack their first record.',
    violates: ['PAG-05'],
    alter: page(
      ({ query }) => query.limit === 33 && query.cursor !== undefined,
      (right) => ({ ...right, entries: right.entries.slice(1) }),
    ),
  },
  {
    name: 'before-by-5-skips-one',
    sentence: 'Backward pages of five lack their last record.',
    violates: ['PAG-06'],
    alter: page(
      ({ query }) => query.limit === 5 && query.cursor?.side === 'before' && query.types === undefined,
      (right) => ({ ...right, entries: right.entries.slice(0, -1) }),
    ),
  },
  {
    name: 'brackets-with-desc-and-limit-3-lose-one',
    sentence: '`types[]` with `order=desc&limit=3` begins with the second match.',
    violates: ['FLT-03'],
    alter: (base) => ({
      take: (call, rows, candidates) =>
        call.request.query.includes('types') && call.query.limit === 3 && call.query.order === 'desc'
          ? base.take(call, rows.slice(1), candidates)
          : base.take(call, rows, candidates),
    }),
  },
]
