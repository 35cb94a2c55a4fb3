import { check, observe } from '../src/check/check.ts'
import { cursorsWorthTrying, tieGroups } from '../src/check/cursors.ts'
import { spec } from '../src/check/declare.ts'
import { events, thread, wholeThread } from '../src/check/needs.ts'
import { foreignCursors } from '../src/check/strangers.ts'
import type { Trial } from '../src/check/trial.ts'
import { workingCursors } from '../src/check/working-cursors.ts'
import type { RequirementId } from '../src/contract/catalogue.ts'
import { percentEncoded } from '../src/contract/percent-encoded.ts'
import { judgeCount, judgeIgnoredCursor, judgeLargestPage } from '../src/oracle/judge-page-size.ts'
import { errorType } from '../src/oracle/judge-refusal.ts'
import { wasAnswered } from '../src/oracle/judge-survival.ts'
import { idsOf, readPage } from '../src/oracle/page.ts'
import { type ListQuery, largestLimit } from '../src/oracle/query.ts'

const orders = [undefined, 'desc'] as const
const tooLarge = ['101', '1000', '2147483648', '99999999999999999999']
const belowOne = ['0', '-1', '-100', '-2147483649']
const noInteger = ['abc', '10abc', '1.5', '1e1', '0x10', '', 'NaN', 'null', 'true', '%201', '%2B5', '1_0']

export default spec('pagination', [
  check('PAG-01', [events(21)], async (t) => {
    await Promise.all(t.usable([{}, { order: 'desc' as const }]).map((query) => expectCount(t, query)))
  }),

  check('PAG-02', [events(2)], async (t) => {
    const { events: known, complete } = t.thread
    const all =
      complete && known.length <= largestLimit ? [known.length - 1, known.length, known.length + 1] : []
    const limits = [...new Set([1, 2, 19, 20, 21, 99, 100, ...all])].filter(
      (limit) => limit > 0 && limit <= largestLimit,
    )
    const nearEnd = complete ? known.at(-6) : undefined
    const queries = [
      ...limits.map((limit) => ({ limit })),
      ...[1, 20, 100].map((limit) => ({ limit, order: 'desc' as const, after: known.at(-1)?.id ?? '' })),
      ...(nearEnd === undefined ? [] : [4, 5, 6].map((limit) => ({ limit, after: nearEnd.id }))),
    ]
    await Promise.all(t.usable(queries, ['limit']).map((query) => expectCount(t, query)))
  }),

  check('PAG-03', [events(2)], (t) => expectWindowsAt(t, 'after')),

  check('PAG-04', [events(2)], (t) => expectWindowsAt(t, 'before')),

  check('PAG-05', [events(2)], async (t) => {
    const known = t.thread.events
    const nearEnd = known.at(-24)?.id
    const beforeTie = startBefore(t, 0)
    await Promise.all([
      t.expectWalk({}, 'forward'),
      ...orders.map((order) => t.expectWalk({ order, limit: largestLimit }, 'forward')),
      t.expectWalk({ order: 'desc', limit: 33 }, 'forward'),
      t.expectWalk({ limit: 7, ...(nearEnd === undefined ? {} : { after: nearEnd }) }, 'forward'),
      t.expectWalk({ limit: 1, after: known.at(-6)?.id ?? known[0]?.id ?? '' }, 'forward'),
      t.expectWalk({ limit: 3, order: 'desc', after: known.at(12)?.id ?? known.at(-1)?.id ?? '' }, 'forward'),
      ...(beforeTie === undefined
        ? []
        : [t.expectWalk({ limit: 2, after: beforeTie }, 'forward', { most: 5 })]),
    ])
  }),

  check('PAG-06', [events(2), wholeThread], async (t) => {
    const known = t.thread.events
    const [first, last] = [known[0]?.id ?? '', known.at(-1)?.id ?? '']
    const early = known.at(12)?.id ?? last
    const late = known.at(-13)?.id ?? first
    await Promise.all([
      t.expectWalk({ before: last, limit: largestLimit }, 'backward'),
      t.expectWalk({ before: first, limit: largestLimit, order: 'desc' }, 'backward'),
      t.expectWalk({ before: known.at(70)?.id ?? last }, 'backward'),
      t.expectWalk({ before: early, limit: 5 }, 'backward'),
      t.expectWalk({ before: known.at(6)?.id ?? last, limit: 1 }, 'backward'),
      t.expectWalk({ before: late, limit: 3, order: 'desc' }, 'backward'),
    ])
  }),

  check('PAG-07', [events(1), wholeThread], async (t) => {
    const [first, last] = [t.thread.events[0]?.id ?? '', t.thread.events.at(-1)?.id ?? '']
    const queries = [
      { after: last },
      { before: first },
      { after: first, order: 'desc' as const },
      { before: last, order: 'desc' as const },
      { after: last, limit: 1 },
      { before: first, limit: largestLimit },
    ]
    await Promise.all(t.usable(queries).map(async (query) => t.expectWindow(await t.list(query))))
  }),

  check('PAG-08', [events(1)], async (t) => {
    const [first, last] = [t.thread.events[0], t.thread.events.at(-1)].map((event) =>
      percentEncoded(event?.id ?? ''),
    )
    const queries = [
      `?after_id=${first}&before_id=${last}`,
      `?before_id=${last}&after_id=${first}`,
      `?after_id=${first}&before_id=${first}`,
      `?after_id=${last}&before_id=${first}&order=desc&limit=5`,
    ]
    if (t.isUnusable('after_id', 'before_id')) return
    await expectAccepted(t, { after: t.thread.events[0]?.id ?? '' }, 'after_id alone', 'PAG-03')
    await expectAccepted(t, { before: t.thread.events.at(-1)?.id ?? '' }, 'before_id alone', 'PAG-04')
    await Promise.all(
      queries.map(async (query) => t.expectRefusal(await t.ask({ query }), [400], `Both cursors (${query})`)),
    )
  }),

  check('PAG-09', [thread], async (t) => {
    await expectAccepted(t, { limit: 5 }, 'a valid limit', 'PAG-02')
    await expectLimitRefused(t, belowOne)
  }),

  check('PAG-10', [thread], async (t) => {
    await Promise.all(
      ['100', ...tooLarge].map(async (limit) => {
        const result = judgeLargestPage(await t.ask({ query: `?limit=${limit}` }), t.thread, limit)
        if (result === 'skip') return
        t.judged()
        if (result !== undefined) t.fail(result)
      }),
    )
    if (t.judgedCases === 0)
      t.missing(
        `a thread with more than ${largestLimit} events (this one has ${t.thread.events.length})`,
        'Point CONFORMANCE_THREAD_ID to a thread with more than 100 events.',
      )
  }),

  check('PAG-11', [events(1)], async (t) => {
    await eachForeignCursor(t, async (exchange, query, what) => {
      const order = query.includes('order=desc') ? ({ order: 'desc' } as const) : {}
      const plain = await t.list(order)
      if (!wasAnswered(exchange) || typeof plain.page === 'string') return
      t.judged()
      const finding = judgeIgnoredCursor(exchange, plain, `${what} (${query})`)
      if (finding !== undefined) t.fail(finding)
    })
  }),

  check('PAG-14', [events(1)], async (t) => {
    await eachForeignCursor(t, async (exchange, query, what) =>
      t.expectRefusal(exchange, [400, 404], `A cursor that is ${what} (${query})`),
    )
  }),

  check('PAG-15', [thread], (t) => expectLimitRefused(t, noInteger)),

  observe('large-limit', 'Is a limit above 100 capped or refused?', [thread], async (t) => {
    const exchange = await t.ask({ query: '?limit=101' })
    const { status } = exchange.response ?? {}
    if (status === 200) return `capped: ${described(exchange)}`
    return status === 400 ? `refused: ${described(exchange)}` : described(exchange)
  }),
  observe('unknown-cursor', 'How is a cursor answered that names no event?', [events(1)], async (t) => {
    const [cursor] = foreignCursors(t.facts)
    return described(await t.ask({ query: `?after_id=${percentEncoded(cursor?.id ?? '')}` }))
  }),
  observe('empty-cursor', 'What does an empty after_id do?', [events(1)], async (t) =>
    described(await t.ask({ query: '?after_id=' })),
  ),
  observe('repeated-limit', 'Which of two limits holds?', [events(4)], async (t) =>
    described(await t.ask({ query: '?limit=2&limit=3' })),
  ),
])

async function expectCount(t: Trial, query: Parameters<Trial['list']>[0]): Promise<void> {
  await t.expectPage(await t.list(query), judgeCount)
}

async function expectLimitRefused(t: Trial, limits: readonly string[]): Promise<void> {
  await Promise.all(
    limits.map(async (limit) =>
      t.expectRefusal(await t.ask({ query: `?limit=${limit}` }), [400], `limit=${limit}`),
    ),
  )
}

async function expectWindowsAt(t: Trial, direction: 'after' | 'before'): Promise<void> {
  const cursors = cursorsWorthTrying(t.thread.events)
  const cases = cursors.flatMap(({ id }, at) => {
    // The first ones in both orders, the very first ones with pages of one record too, the others in turns.
    const wanted = at < 6 ? orders : orders.filter((_, place) => place === at % 2)
    return wanted.flatMap((order) =>
      (at < 4 ? [7, 1] : [7]).map((limit) => ({ order, limit, [direction]: id })),
    )
  })
  const own = direction === 'after' ? 'after_id' : 'before_id'
  // One without a limit, for a target that has no other pages than its default ones.
  const queries = [{ [direction]: cursors[0]?.id ?? '' }, ...cases]
  await Promise.all(t.usable(queries, [own]).map(async (query) => t.expectWindow(await t.list(query))))
}

/** Asks with every foreign cursor, wherever a right cursor is neither refused nor ignored. */
async function eachForeignCursor(
  t: Trial,
  judge: (exchange: Awaited<ReturnType<Trial['ask']>>, query: string, what: string) => Promise<void>,
): Promise<void> {
  const starts = await workingCursors(t, t.thread, ['?after_id=', '?before_id=', '?order=desc&after_id='])
  if (starts.length === 0)
    t.missing('a server on which a right cursor works', 'Fix PAG-03 and PAG-04 first.', ['PAG-03', 'PAG-04'])
  const cases = foreignCursors(t.facts).flatMap(({ id, what }) =>
    starts.map((start) => ({ query: start + percentEncoded(id), what })),
  )
  await Promise.all(cases.map(async ({ query, what }) => judge(await t.ask({ query }), query, what)))
}

/** Ends the check where the server refuses a valid part of what is to be refused: that refusal says nothing. */
async function expectAccepted(t: Trial, query: ListQuery, what: string, root: RequirementId): Promise<void> {
  const { page } = await t.list(query)
  if (typeof page === 'string')
    t.missing(`a server that accepts ${what} (${page})`, `Fix ${root} first.`, [root])
}

function startBefore(t: Trial, group: number): string | undefined {
  const first = tieGroups(t.thread.events)[group]?.[0]
  return t.thread.events[t.thread.events.findIndex((event) => event.id === first?.id) - 1]?.id
}

function described(exchange: Awaited<ReturnType<Trial['ask']>>): string {
  const page = readPage(exchange)
  if (typeof page !== 'string') return `200 with ${idsOf(page.events).length} records`
  const type = errorType(exchange.response?.body ?? '')
  return type === undefined ? page : `${exchange.response?.status} ${type}`
}
