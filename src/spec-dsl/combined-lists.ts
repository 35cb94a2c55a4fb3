import { tieGroups } from '../oracle/order/tie-groups.ts'
import { interestingTypes, ownEvents } from '../oracle/pagination/interesting-cursors.ts'
import { type ListQuery, largestLimit } from '../oracle/pagination/list-query.ts'
import { judgeWindow } from '../oracle/pagination/page-window.ts'
import type { CheckContext } from './check-context.ts'

/** A list that combines several features, and the lists of the checks with one or two of them each. */
interface CombinedList {
  readonly query: ListQuery
  readonly each: readonly ListQuery[]
}

/** An event that a short thread lacks; queries with such a cursor are left out. */
const absent = ''

/**
 * In a run with a budget of requests, asks for a few lists that combine an explicit order, cursors, filters and unusual
 * limits. Where one is wrong, the checks that ask for its features one by one do so next, and find the cause.
 */
export async function screenCombinedLists(t: CheckContext): Promise<void> {
  if (!t.thread.complete) return
  await Promise.all(
    combinedLists(t).map(async ({ query, each }) => {
      const [usable] = t.usable([query])
      if (usable === undefined) return
      await t.screen(
        async () => {
          const list = await t.list(usable)
          return typeof list.page === 'string' || judgeWindow(list, list.page, true) !== undefined
        },
        // Without the order first: what is wrong then too is no matter of the order.
        () => Promise.all(t.usable([withoutOrder(usable), ...each]).map((one) => t.list(one))),
      )
    }),
  )
}

function withoutOrder({ order: _order, ...query }: ListQuery): ListQuery {
  return query
}

function combinedLists(t: CheckContext): CombinedList[] {
  const known = ownEvents(t.thread)
  const at = (place: number) => known.at(place)?.id ?? absent
  const [first, second, last, close, nearEnd] = [at(0), at(1), at(-1), at(-2), at(-6)]
  const [type = '', rare = ''] = interestingTypes(t.thread.events, 2)
  const tied = tieGroups(known)[0]?.[0]?.id
  const beforeTie = known[known.findIndex(({ id }) => id === tied) - 1]?.id ?? absent
  const ascending = (
    [{}, { limit: 7 }, { limit: 7, after: close }, { limit: 7, before: last }] as const
  ).flatMap((query) => [query, { ...query, order: 'asc' as const }])
  const filtered = { types: [type], limit: largestLimit }
  return [
    {
      query: { order: 'asc', types: [rare, type], limit: 99, after: first },
      each: [
        ...ascending,
        filtered,
        { ...filtered, order: 'asc' },
        { ...filtered, types: [rare] },
        { limit: 99 },
        { limit: 6, after: nearEnd },
        { after: first },
      ],
    },
    {
      query: { order: 'asc', before: last, limit: 5 },
      each: [...ascending, { limit: 5, before: second }, { limit: 5, after: nearEnd }],
    },
    {
      query: { order: 'asc', after: close, limit: 1 },
      each: [
        ...ascending,
        { limit: 1 },
        { limit: 1, after: first },
        { limit: 1, after: last },
        { limit: 1, before: first },
        { limit: 5, after: nearEnd },
        { limit: 6, after: nearEnd },
      ],
    },
    {
      query: { order: 'asc', after: beforeTie, limit: 3 },
      each: [...ascending, ...[2, 3].map((limit) => ({ limit, after: beforeTie }))],
    },
  ]
}
