import { documentedTypes, isAllowedRefusal } from '../src/oracle/envelope/envelope.ts'
import { filterCursors, interestingTypes } from '../src/oracle/pagination/interesting-cursors.ts'
import {
  type ListQuery,
  largestLimit,
  queryString,
  type TypeSpelling,
} from '../src/oracle/pagination/list-query.ts'
import { idsOf, readPage } from '../src/oracle/pagination/page.ts'
import { judgeWindow } from '../src/oracle/pagination/page-window.ts'
import type { CheckContext } from '../src/spec-dsl/check-context.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { manyTypes, moreThanUsual, nobodysType, roomForQuery } from '../src/spec-dsl/many-types.ts'
import { check, observe } from '../src/spec-dsl/spec-items.ts'
import { events, types } from '../src/targets/preconditions.ts'

const manyNames = Array.from({ length: 101 }, (_, at) => `t${at}`)
const orders = [undefined, 'desc'] as const

export default defineSpec('filter', [
  check(
    'FLT-01',
    '`type=t` returns exactly the events of type t, in order. Types match exactly: no prefixes, wildcards or case folding.',
    { needs: [events(1)] },
    async (t) => {
      const known = interestingTypes(t.thread.events, 5)
      const [first, second] = known.map(nearMisses)
      const hyphened = known.find((type) => type.includes('_'))?.replaceAll('_', '-')
      const asked = [
        ...new Set([
          ...known,
          // All near misses of the first type, and one of the second.
          ...(first ?? []),
          ...(second ?? []).slice(0, 1),
          ...(hyphened === undefined ? [] : [hyphened]),
        ]),
      ]
      const queries = [
        ...asked.map((type) => ({ types: [type], limit: largestLimit })),
        ...known.slice(0, 1).map((type) => ({ types: [type], order: 'desc' as const, limit: 30 })),
      ].map((query) => knowable(t.thread, query))
      const usable = t.usable(queries, ['type'])
      const misses = usable.filter(({ types: [type = ''] = [] }) => !known.includes(type))
      const all = { types: misses.flatMap(({ types = [] }) => types), limit: largestLimit }
      await Promise.all([
        ...usable.map(async (query) => {
          const list = await t.list(query)
          // An undocumented type may be refused.
          if (!isAllowedRefusal(list)) await t.expectWindow(list)
        }),
        ...(misses.length < 2 ? [] : [screenList(t, knowable(t.thread, all), [...misses, ...ofAbsent(t)])]),
      ])
    },
  ),

  check(
    'FLT-02',
    '`type=a,b` returns the events of type a or b in thread order, each once; a name that is unknown or given twice changes nothing.',
    { needs: [types(2)] },
    async (t) => {
      const [a = '', b = '', c] = interestingTypes(t.thread.events, 3)
      const unions = [
        { types: [a, b] },
        { order: 'desc', types: [b, a] },
        { types: [a, a] },
        // More names than a list of some default length holds, with the known one at its end.
        { types: [...manyNames, a] },
        // A name that every JavaScript object has.
        { order: 'desc', types: ['constructor', b] },
        ...(c === undefined ? [] : [{ order: 'desc', types: [c, b, a] } as const]),
      ] as const
      const queries = unions.map((union) => ({ ...union, limit: largestLimit }))
      // A list that is wrong in descending order alone is wrong for another reason.
      const each = [...queries, ...queries.map(({ types, limit }) => ({ types, limit }))]
      const all = {
        types: [b, ...manyNames, 'constructor', b, a],
        order: 'desc',
        limit: largestLimit,
      } as const
      await Promise.all([
        ...queries.map((query) => expectFiltered(t, query)),
        screenList(t, knowable(t.thread, all), t.usable(each.map((query) => knowable(t.thread, query)))),
      ])
    },
  ),

  check(
    'FLT-03',
    '`types[]=a&types[]=b` returns the same as `type=a,b`, with the brackets literal or percent-encoded, for as many types as fit into a URL of 2,000 characters.',
    { needs: [types(2)] },
    async (t) => {
      const [a = '', b = ''] = interestingTypes(t.thread.events, 2)
      // The same parameter is read from each spelling, so that the others are used less.
      const lists = {
        brackets: [[a], [a, b], [b, a, b]],
        'encoded-brackets': [[a]],
        'encoded-in-lower-case': [[b, a]],
      }
      const spellings = ['brackets', 'encoded-brackets', 'encoded-in-lower-case'] as const
      const cases = spellings.flatMap((spelling) =>
        lists[spelling].flatMap((list) => [
          { spelling, query: { types: list, limit: largestLimit } },
          ...(list.length === 1 || spelling !== 'brackets'
            ? []
            : [{ spelling, query: { types: list, order: 'desc' as const, limit: 3 } }]),
        ]),
      )
      const many = (['brackets', 'encoded-brackets'] as const).flatMap((spelling) =>
        [spelling === 'brackets' ? moreThanUsual : 1_000].map((most) => ({
          spelling,
          query: { types: manyTypes(t, [a, b], spelling, most), limit: largestLimit },
        })),
      )
      await Promise.all(
        spellings.flatMap((spelling) => {
          const queries = [...cases, ...many].flatMap((one) =>
            one.spelling === spelling ? knowable(t.thread, one.query) : [],
          )
          return t
            .usable(queries, ['types[]'], spelling)
            .map(async (query) => t.expectWindow(await t.list(query, { spelling })))
        }),
      )
    },
  ),

  check(
    'FLT-04',
    'A documented type that no event of the thread has returns an empty page.',
    { needs: [events(1)] },
    async (t) => {
      const absent = absentTypes(t)
      if (absent.length === 0)
        t.missing(
          'a documented type that no event of the thread has',
          'Point CONFORMANCE_THREAD_ID to a thread without events of one of the documented types.',
        )
      await Promise.all(
        absent.flatMap((type, at) => [
          expectFiltered(t, ofAbsentType(type)),
          ...(at > 0
            ? []
            : [
                expectFiltered(t, { types: [type], order: 'desc', limit: 5 }),
                expectFiltered(t, ofAbsentType(type), 'brackets'),
              ]),
        ]),
      )
    },
  ),

  check(
    'FLT-05',
    '`limit`, `has_more`, cursors and `order` apply to the filtered sequence. A cursor may be an event that the filter leaves out.',
    { needs: [types(2)] },
    async (t) => {
      const [type = '', second = ''] = interestingTypes(t.thread.events, 2)
      const matching = t.thread.events.filter((event) => event.type === type).length
      const cursors = filterCursors(t.thread.events, type)
      const limits = [...new Set([1, matching - 1, matching])]
        .map((limit) => Math.min(largestLimit, limit))
        .filter((limit, at, all) => limit > 0 && all.indexOf(limit) === at)
      const cases = orders.flatMap((order) => [
        ...limits.map((limit) => ({ types: [type], order, limit })),
        ...cursors.flatMap((cursor, at) =>
          cursor === undefined || (at > 1 && (at % 2 === 0) !== (order === undefined))
            ? []
            : [
                {
                  types: [type],
                  order,
                  limit: 4,
                  // Each cursor is after_id in one order and before_id in the other.
                  [(at % 2 === 0) === (order === undefined) ? 'after' : 'before']: cursor.id,
                },
              ],
        ),
      ])
      await Promise.all([
        ...t.usable(cases).map(async (query) => t.expectWindow(await t.list(query))),
        ...(t.thread.complete
          ? [
              t.expectTraversal({ types: [type], limit: 30 }, 'forward'),
              t.expectTraversal({ types: [type, second], limit: largestLimit, order: 'desc' }, 'forward'),
            ]
          : []),
      ])
    },
  ),

  observe('invented-type', 'What does an undocumented type return?', [events(1)], (t) =>
    counted(t, `?type=${nobodysType}&limit=100`),
  ),
  observe('encoded-comma', 'Does a comma written as %2C separate types?', [types(2)], (t) => {
    const [a = '', b = ''] = interestingTypes(t.thread.events, 2).map(encodeURIComponent)
    return counted(t, `?type=${a}%2C${b}&limit=100`)
  }),
  observe('repeated-type', 'What does a repeated type= return?', [types(2)], (t) => {
    const [a = '', b = ''] = interestingTypes(t.thread.events, 2).map(encodeURIComponent)
    return counted(t, `?type=${a}&type=${b}&limit=100`)
  }),
  observe('type-and-types', 'What do type and types[] together return?', [types(2)], async (t) => {
    const [a = '', b = ''] = interestingTypes(t.thread.events, 2).map(encodeURIComponent)
    return counted(t, `?type=${a}&types[]=${b}&limit=100`)
  }),
  observe('empty-type', 'What does an empty type= return?', [events(1)], (t) =>
    counted(t, '?type=&limit=100'),
  ),
  observe('white-space-in-type', 'Is white space around a comma part of the type?', [types(2)], (t) => {
    const [a = '', b = ''] = interestingTypes(t.thread.events, 2).map(encodeURIComponent)
    return counted(t, `?type=${a}%20,%20${b}&limit=100`)
  }),
])

/** Documented types that no event of the thread has, first one that an event of the sibling has. */
function absentTypes(t: CheckContext): string[] {
  const here = new Set(t.thread.events.map((event) => event.type))
  const absent = documentedTypes.filter((type) => !here.has(type))
  const elsewhere = t.state.sibling?.events.find(({ type = '' }) => absent.includes(type))?.type
  return [...new Set([...(elsewhere === undefined ? [] : [elsewhere]), ...absent])].slice(0, 2)
}

/** The first list of FLT-04: near misses are types that no event has, too. */
function ofAbsent(t: CheckContext): ListQuery[] {
  const [type] = absentTypes(t)
  return type === undefined ? [] : t.usable([knowable(t.thread, ofAbsentType(type))])
}

function ofAbsentType(type: string): ListQuery {
  return { types: [type], limit: 50 }
}

/** One list that covers several; longer URLs than FLT-03 promises may be refused. */
async function screenList(t: CheckContext, query: ListQuery, each: readonly ListQuery[]): Promise<void> {
  if (queryString(query).length > roomForQuery(t)) return
  await t.screen(
    async () => {
      const list = await t.list(query)
      if (isAllowedRefusal(list)) return false
      return typeof list.page === 'string' || judgeWindow(list, list.page) !== undefined
    },
    () => Promise.all(each.map((one) => t.list(one))),
  )
}

async function expectFiltered(
  t: CheckContext,
  query: ListQuery,
  spelling: TypeSpelling = 'comma',
): Promise<void> {
  const [usable] = t.usable([knowable(t.thread, query)], [], spelling)
  if (usable !== undefined) await t.expectWindow(await t.list(usable, { spelling }))
}

// If a thread was read only in part, the known events of a type are certainly the first ones, and everything older
// than the newest known event is known.
function knowable({ complete, events }: CheckContext['thread'], query: ListQuery): ListQuery {
  const { types = [], order, limit } = query
  if (complete) return query
  const known = events.filter(({ type = '' }) => types.includes(type)).length
  if (order === undefined && known > 0) return { ...query, limit: Math.min(limit ?? known, known) }
  const newest = events.at(-1)?.id
  return newest === undefined ? query : { ...query, order: 'desc', after: newest }
}

/** Types that a careless comparison confuses with this one. */
function nearMisses(type: string): string[] {
  return [
    [...type].slice(0, -1).join(''),
    `${type}x`,
    type.toUpperCase(),
    type.toLowerCase(),
    `${type.split('.')[0]}.*`,
    `${[...type].slice(0, 3).join('')}%`,
    type.replaceAll('.', '_'),
  ].filter((miss) => miss !== '' && miss !== type && miss.trim() === miss)
}

async function counted(t: CheckContext, query: string): Promise<string> {
  const exchange = await t.ask({ query })
  const page = readPage(exchange)
  return typeof page === 'string' ? page : `200 with ${idsOf(page.events).length} events`
}
