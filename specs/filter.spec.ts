import { check, observe } from '../src/check/check.ts'
import { typesWorthTrying } from '../src/check/cursors.ts'
import { spec } from '../src/check/declare.ts'
import { events, types } from '../src/check/needs.ts'
import type { Trial } from '../src/check/trial.ts'
import type { KnownEvent } from '../src/oracle/event.ts'
import { idsOf, readPage } from '../src/oracle/page.ts'
import { type ListQuery, largestLimit, type TypeSpelling } from '../src/oracle/query.ts'

const nobodysType = 'conformance.no_such_type'
const orders = ['asc', 'desc'] as const

export default spec('filter', [
  check('FLT-01', [events(1)], async (t) => {
    const known = typesWorthTrying(t.thread.events)
    const [first, ...others] = known.slice(0, 4).map(nearMisses)
    // All that resembles the first, and by turns what resembles the others.
    const some = others.flatMap((misses, at) =>
      misses.filter((_, place) => place % (2 * others.length) === at),
    )
    const asked = [...new Set([...known, ...(first ?? []), ...some])]
    await Promise.all([
      ...asked.map((type) => expectFiltered(t, { types: [type], limit: largestLimit })),
      ...known.slice(0, 3).map((type) => expectFiltered(t, { types: [type], order: 'desc', limit: 30 })),
    ])
  }),

  check('FLT-02', [types(2)], async (t) => {
    const [a = '', b = '', c] = typesWorthTrying(t.thread.events, 3)
    const unions = [
      { order: 'asc', types: [a, b] },
      { order: 'desc', types: [b, a] },
      { order: 'asc', types: [a, nobodysType] },
      { order: 'desc', types: [nobodysType, b] },
      ...(c === undefined
        ? []
        : [{ order: 'asc', types: [a, b, c] } as const, { order: 'desc', types: [c, b] } as const]),
    ] as const
    await Promise.all(unions.map((union) => expectFiltered(t, { ...union, limit: largestLimit })))
  }),

  check('FLT-03', [types(2)], async (t) => {
    const [a = '', b = ''] = typesWorthTrying(t.thread.events, 2)
    const cases = (['brackets', 'encoded-brackets'] as const).flatMap((spelling) =>
      [[a], [a, b], [b, a]].flatMap((list) => [
        { spelling, query: { types: list, limit: largestLimit } },
        ...(list.length === 1
          ? []
          : [{ spelling, query: { types: list, order: 'desc' as const, limit: 3 } }]),
      ]),
    )
    await Promise.all(cases.map(({ query, spelling }) => expectFiltered(t, query, spelling)))
  }),

  check('FLT-04', [events(1)], async (t) => {
    const here = new Set(t.thread.events.map((event) => event.type))
    const elsewhere = t.facts.sibling?.events.find(
      (event) => event.type !== undefined && !here.has(event.type),
    )?.type
    const absent = [nobodysType, ...(elsewhere === undefined ? [] : [elsewhere])]
    await Promise.all(
      absent.flatMap((type) => [
        expectFiltered(t, { types: [type], limit: 50 }),
        expectFiltered(t, { types: [type], order: 'desc', limit: 5 }),
        expectFiltered(t, { types: [type], limit: 50 }, 'brackets'),
      ]),
    )
  }),

  check('FLT-05', [types(2)], async (t) => {
    const [type = '', second = ''] = typesWorthTrying(t.thread.events, 2)
    const matching = t.thread.events.filter((event) => event.type === type)
    const left = t.thread.events.filter((event) => event.type !== type)
    const cursors = [middle(matching), middle(left), left[0], left.at(-1), matching.at(-1)]
    const limits = [...new Set([1, matching.length - 1, matching.length])]
      .map((limit) => Math.min(largestLimit, limit))
      .filter((limit, at, all) => limit > 0 && all.indexOf(limit) === at)
    const cases = orders.flatMap((order) => [
      ...limits.map((limit) => ({ types: [type], order, limit })),
      ...cursors.flatMap((cursor, at) =>
        cursor === undefined
          ? []
          : [
              {
                types: [type],
                order,
                limit: 4,
                // Each cursor on one side in one order, and on the other side in the other.
                [(at % 2 === 0) === (order === 'asc') ? 'after' : 'before']: cursor.id,
              },
            ],
      ),
    ])
    await Promise.all([
      ...cases.map(async (query) => t.expectWindow(await t.list(query), { flag: true })),
      ...(t.thread.complete
        ? [
            t.expectWalk({ types: [type], limit: 20 }, 'forward'),
            t.expectWalk({ types: [type, second], limit: largestLimit, order: 'desc' }, 'forward'),
          ]
        : []),
    ])
  }),

  observe('type-and-types', 'What do type and types[] together give?', [types(2)], async (t) => {
    const [a = '', b = ''] = typesWorthTrying(t.thread.events, 2).map(encodeURIComponent)
    return counted(t, `?type=${a}&types[]=${b}&limit=100`)
  }),
  observe('empty-type', 'What does an empty type= give?', [events(1)], (t) => counted(t, '?type=&limit=100')),
  observe('white-space-in-type', 'Does white space around a comma belong to the type?', [types(2)], (t) => {
    const [a = '', b = ''] = typesWorthTrying(t.thread.events, 2).map(encodeURIComponent)
    return counted(t, `?type=${a}%20,%20${b}&limit=100`)
  }),
])

async function expectFiltered(t: Trial, query: ListQuery, spelling: TypeSpelling = 'comma'): Promise<void> {
  // Of a thread that was read in part, what comes before its newest known event is known for certain.
  const newest = t.thread.sampled ? t.thread.events.at(-1)?.id : undefined
  const sampled = newest === undefined ? query : { ...query, order: 'desc' as const, after: newest }
  await t.expectWindow(await t.list(sampled, { spelling }))
}

/** Types that careless comparison takes for this one. */
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

function middle(list: readonly KnownEvent[]): KnownEvent | undefined {
  return list[Math.floor((list.length - 1) / 2)]
}

async function counted(t: Trial, query: string): Promise<string> {
  const exchange = await t.ask({ query })
  const page = readPage(exchange)
  return typeof page === 'string' ? page : `200 with ${idsOf(page.events).length} records`
}
