import type { KnownEvent } from '../oracle/event.ts'
import { tieGroups } from '../oracle/order/tie-groups.ts'
import { filterCursors, interestingTypes, ownEvents } from '../oracle/pagination/interesting-cursors.ts'
import {
  defaultLimit,
  type ListQuery,
  largestLimit,
  queryString,
  type TypeSpelling,
} from '../oracle/pagination/list-query.ts'
import { readPage } from '../oracle/pagination/page.ts'
import { judgeWindow } from '../oracle/pagination/page-window.ts'
import type { HeaderPair } from '../wire/exchange.ts'
import type { CheckContext } from './check-context.ts'
import { browserHeaders, proxyHeaders } from './client-headers.ts'
import { pageOfSize } from './page-of-size.ts'
import {
  otherSessionParameters,
  redirectingLists,
  siblingParameters,
  widening,
} from './redirecting-requests.ts'

/** A list that combines several features, and the requests of the checks with one or two of them each. */
interface CombinedList {
  readonly query: ListQuery
  readonly spelling?: TypeSpelling
  readonly accept?: readonly string[]
  readonly headers?: readonly HeaderPair[]
  /** Parameters that have no effect. */
  readonly further?: string
  readonly lists: readonly ListQuery[]
  readonly ask?: () => readonly Promise<unknown>[]
}

/** An event that a short thread lacks; queries with such a cursor are left out. */
const absent = ''

/**
 * In a run with a budget of requests, asks for a few lists that combine an explicit order, cursors, filters, unusual
 * limits, Accept headers and parameters without effect. Where one is wrong, the checks that ask for its features one by
 * one do so next, and find the cause.
 */
export async function screenCombinedLists(t: CheckContext): Promise<void> {
  if (!t.thread.complete) return
  await Promise.all(
    combinedLists(t).map(async (combined) => {
      const [query] = t.usable([combined.query], [], combined.spelling)
      if (query === undefined) return
      await t.screen(
        () => looksWrong(t, combined),
        () =>
          Promise.all([
            ...t.usable([withoutOrder(query), ...combined.lists]).map((one) => pageOfSize(t, one)),
            ...(combined.ask?.() ?? []),
          ]),
      )
    }),
  )
}

async function looksWrong(
  t: CheckContext,
  { query, spelling, accept, headers, further = '' }: CombinedList,
): Promise<boolean> {
  const known = t.thread.events.length
  const exchange = await t.ask({
    query: queryString(query, spelling) + further,
    ...(accept === undefined ? {} : { accept }),
    ...(headers === undefined ? {} : { headers }),
  })
  const page = readPage(exchange)
  if (typeof page === 'string') return true
  const { sessionId, threadId } = t.thread
  const thread = { sessionId, threadId, sequence: t.thread, foreign: new Set<string>() }
  return judgeWindow({ exchange, page, thread, query, known }, page, true) !== undefined
}

/** The most frequent types but one, as many as fill a page of 99 if the thread has that many events. */
function typesOfPage(events: readonly KnownEvent[], without: string | undefined): string[] {
  const chosen: string[] = []
  let shown = 0
  for (const type of interestingTypes(events, 12).filter((_, at) => at % 2 === 0)) {
    if (shown > largestLimit) break
    if (type === without) continue
    chosen.push(type)
    shown += events.filter((event) => event.type === type).length
  }
  return chosen
}

function withoutOrder({ order: _order, ...query }: ListQuery): ListQuery {
  return query
}

function combinedLists(t: CheckContext): CombinedList[] {
  const known = ownEvents(t.thread)
  const at = (place: number) => known.at(place)?.id ?? absent
  const [first, second, last, close, nearEnd] = [at(0), at(1), at(-1), at(-2), at(-6)]
  const [type = '', rare = ''] = interestingTypes(t.thread.events, 2)
  // The cursor is an event that the filter leaves out.
  const ofFirst = known[0]?.type
  const frequent = typesOfPage(t.thread.events, ofFirst)
  const leftOut = filterCursors(t.thread.events, type)[1]?.id ?? absent
  const tied = tieGroups(known)[0]?.[0]?.id
  const beforeTie = known[known.findIndex(({ id }) => id === tied) - 1]?.id ?? absent
  const ascending = (
    [{}, { limit: 7 }, { limit: 7, after: close }, { limit: 7, before: last }] as const
  ).flatMap((query) => [query, { ...query, order: 'asc' as const }])
  const filtered = { types: [type], limit: largestLimit }
  const { extensions } = t.revision
  const { other, sibling } = t.state
  const redirected = () => (sibling === undefined ? [] : redirectingLists(t).map((request) => t.ask(request)))
  const textHtml = extensions.has('accept-switch') ? { accept: ['text/html'] } : {}
  return [
    {
      query: {
        order: 'asc',
        types: [...new Set([rare, ...frequent])].filter((one) => one !== ofFirst),
        limit: 99,
        after: first,
      },
      spelling: 'encoded-in-lower-case',
      accept: ['application/*'],
      headers: browserHeaders.headers,
      lists: [
        ...ascending,
        filtered,
        { ...filtered, order: 'asc' },
        { ...filtered, types: [rare] },
        { limit: 99 },
        { limit: 6, after: nearEnd },
        { after: first },
        { types: [type], limit: 4, before: leftOut },
      ],
      ask: () => [
        t.ask({ accept: ['application/*'] }),
        t.list({}, { headers: browserHeaders.headers }),
        ...t
          .usable([{ types: [rare, type], limit: largestLimit }], [], 'encoded-in-lower-case')
          .map((query) => t.list(query, { spelling: 'encoded-in-lower-case' })),
      ],
    },
    {
      query: { order: 'asc', before: last, limit: defaultLimit + 1 },
      accept: [],
      headers: proxyHeaders.headers,
      ...(other === undefined ? {} : { further: `&${otherSessionParameters(other)}` }),
      lists: [...ascending, { limit: defaultLimit + 1 }, { limit: 5, before: second }],
      ask: () => [t.ask({ accept: [] }), t.list({}, { headers: proxyHeaders.headers }), ...redirected()],
    },
    {
      query: { order: 'asc', after: close, limit: 1 },
      ...textHtml,
      lists: [
        ...ascending,
        { limit: 1 },
        { limit: 1, after: first },
        { limit: 1, after: last },
        { limit: 1, before: first },
        { limit: 5, after: nearEnd },
        { limit: 6, after: nearEnd },
      ],
      ask: () => [t.ask(textHtml)],
    },
    {
      query: { order: 'asc', after: beforeTie, limit: 3 },
      ...(sibling === undefined ? {} : { further: `&${siblingParameters(t)}&${widening}` }),
      lists: [...ascending, ...[2, 3].map((limit) => ({ limit, after: beforeTie }))],
      ask: redirected,
    },
  ]
}
