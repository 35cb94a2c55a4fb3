import type { RequirementId } from '../src/contract/catalogue.ts'
import { percentEncoded } from '../src/contract/percent-encoded.ts'
import type { Revision } from '../src/contract/revisions/revision.ts'
import { errorType } from '../src/oracle/errors/refusal.ts'
import { wasAnswered } from '../src/oracle/hostile-input/availability.ts'
import { findingIn, isDecided } from '../src/oracle/judge-result.ts'
import { tieGroups } from '../src/oracle/order/tie-groups.ts'
import { interestingCursors, ownEvents, probedCursors } from '../src/oracle/pagination/interesting-cursors.ts'
import { type ListQuery, largestLimit } from '../src/oracle/pagination/list-query.ts'
import { isCursor, judgeNextPage } from '../src/oracle/pagination/next-page.ts'
import { idsOf, type Page, readPage } from '../src/oracle/pagination/page.ts'
import { judgeCount, judgeIgnoredCursor, judgeLargestPage } from '../src/oracle/pagination/page-size.ts'
import type { CheckContext } from '../src/spec-dsl/check-context.ts'
import { screenCombinedLists } from '../src/spec-dsl/combined-lists.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { foreignCursors } from '../src/spec-dsl/foreign-cursors.ts'
import { isThorough } from '../src/spec-dsl/is-thorough.ts'
import { collect } from '../src/spec-dsl/over-history.ts'
import { pageOfSize } from '../src/spec-dsl/page-of-size.ts'
import { check, observe, overHistory } from '../src/spec-dsl/spec-items.ts'
import { workingCursors } from '../src/spec-dsl/working-cursors.ts'
import { events, sibling, thread, tooFewEvents, wholeThread } from '../src/targets/preconditions.ts'
import { followUp } from '../src/targets/request-attribution.ts'

const orders = [undefined, 'desc'] as const
// The last one is 5 in 32 and in 64 bits.
const tooLarge = ['101', '4294967301', '18446744073709551621']
const belowOne = ['0', '-1', '-4294967291']
const noInteger = ['abc', '1.5', '5.0', '1e1', '0x10', '', '%201', '%2B5']
/** Accepted by some languages alone: digits of other scripts, digits in groups, an infinity, a truth value. */
const furtherNoInteger = ['10abc', '%EF%BC%95', '1_0', 'Infinity', 'true', '%225%22', '5,000', '5%0A']
const furtherBelowOne = ['-0', '00']

export default defineSpec('pagination', [
  check(
    'PAG-01',
    'Without `limit` a page has 20 events when at least 20 exist.',
    { needs: [events(21)] },
    async (t) => {
      await Promise.all(t.usable([{}, { order: 'desc' as const }]).map((query) => expectCount(t, query)))
    },
  ),

  check(
    'PAG-02',
    '`limit=n` (1 to 100) returns exactly n events, or all that remain.',
    { needs: [events(2)] },
    async (t) => {
      const { events: known, complete } = t.thread
      const all =
        complete && known.length <= largestLimit ? [known.length - 1, known.length, known.length + 1] : []
      const limits = [...new Set([1, 2, 19, 20, 21, 99, 100, ...all])].filter(
        (limit) => limit > 0 && limit <= largestLimit,
      )
      const nearEnd = complete ? known.at(-6) : undefined
      const queries = [
        ...limits.map((limit) => ({ limit })),
        ...[1, 100].map((limit) => ({ limit, order: 'desc' as const, after: known.at(-1)?.id ?? '' })),
        ...(nearEnd === undefined ? [] : [4, 5, 6].map((limit) => ({ limit, after: nearEnd.id }))),
      ]
      await Promise.all([
        ...t.usable(queries, ['limit']).map((query) => expectCount(t, query)),
        screenCombinedLists(t),
      ])
    },
  ),

  check(
    'PAG-03',
    '`after_id` returns the events right after that event, in the requested order, without it.',
    { needs: [events(2)] },
    (t) => expectWindowsAt(t, 'after'),
  ),

  check(
    'PAG-04',
    '`before_id` returns the events right before that event, in the requested order, without it.',
    { needs: [events(2)] },
    (t) => expectWindowsAt(t, 'before'),
  ),

  check(
    'PAG-05',
    'Paging forward (`after_id = last_id` while `has_more`) visits every event exactly once, at any page size, in both orders.',
    { needs: [events(2)] },
    async (t) => {
      const known = ownEvents(t.thread)
      const nearEnd = known.at(-19)?.id
      const middle = known.at(-50)?.id
      const beforeTie = startBefore(t, 0)
      await Promise.all([
        t.expectTraversal({}, 'forward', { most: 2 }),
        ...orders.map((order) => t.expectTraversal({ order, limit: largestLimit }, 'forward')),
        t.expectTraversal({ limit: 7, ...(nearEnd === undefined ? {} : { after: nearEnd }) }, 'forward'),
        // A size between the default and the largest one, which has code of its own in some servers.
        t.expectTraversal({ limit: 33, ...(middle === undefined ? {} : { after: middle }) }, 'forward', {
          most: 1,
        }),
        t.expectTraversal({ limit: 1, after: known.at(-3)?.id ?? known[0]?.id ?? '' }, 'forward'),
        t.expectTraversal(
          { limit: 3, order: 'desc', after: known.at(9)?.id ?? known.at(-1)?.id ?? '' },
          'forward',
        ),
        ...(beforeTie === undefined
          ? []
          : [t.expectTraversal({ limit: 2, after: beforeTie }, 'forward', { most: 2 })]),
      ])
    },
  ),

  check(
    'PAG-06',
    'Paging backward (`before_id = first_id` while `has_more`) visits every event exactly once, at any page size, in both orders.',
    { needs: [events(2), wholeThread] },
    async (t) => {
      const known = ownEvents(t.thread)
      const [first, last] = [known[0]?.id ?? '', known.at(-1)?.id ?? '']
      const late = known.at(-10)?.id ?? first
      await Promise.all([
        t.expectTraversal({ before: last, limit: largestLimit }, 'backward'),
        t.expectTraversal({ before: first, limit: largestLimit, order: 'desc' }, 'backward'),
        t.expectTraversal({ before: known.at(30)?.id ?? last }, 'backward'),
        t.expectTraversal({ before: known.at(2)?.id ?? last, limit: 1 }, 'backward'),
        t.expectTraversal({ before: late, limit: 3, order: 'desc' }, 'backward'),
      ])
    },
  ),

  check(
    'PAG-07',
    '`after_id` of the last event and `before_id` of the first return an empty page with `has_more: false`.',
    { needs: [events(1), wholeThread] },
    async (t) => {
      const [first, last] = [t.thread.events[0]?.id ?? '', t.thread.events.at(-1)?.id ?? '']
      const queries = [
        { after: last },
        { before: first },
        { after: first, order: 'desc' as const },
        { before: last, order: 'desc' as const },
        // What shows whether a thread has grown is the same request.
        { after: last, limit: largestLimit },
        { before: first, limit: 1 },
      ]
      await Promise.all(t.usable(queries).map(async (query) => t.expectWindow(await t.list(query))))
    },
  ),

  check(
    'PAG-08',
    '`after_id` together with `before_id` is refused with 400 `invalid_request_error`.',
    { needs: [events(1)] },
    async (t) => {
      const [first, last] = [t.thread.events[0], t.thread.events.at(-1)].map((event) =>
        percentEncoded(event?.id ?? ''),
      )
      const queries = t.offered([
        `?after_id=${first}&before_id=${last}`,
        `?before_id=${last}&after_id=${first}`,
        `?after_id=${first}&before_id=${first}`,
        `?after_id=${last}&before_id=${first}&order=desc&limit=5`,
      ])
      if (t.isUnusable('after_id', 'before_id')) return
      const [after, before] = probedCursors(t.thread.events).map((event) => event?.id ?? '')
      await expectAccepted(t, { after, limit: 7 }, 'after_id alone', 'PAG-03')
      await expectAccepted(t, { before, limit: 7 }, 'before_id alone', 'PAG-04')
      await Promise.all(
        queries.map(async (query) =>
          t.expectRefusal(await t.ask({ query }), [400], `Both cursors (${query})`),
        ),
      )
    },
  ),

  check(
    'PAG-09',
    '`limit=0` and negative limits are refused with 400 `invalid_request_error`.',
    { needs: [thread] },
    async (t) => {
      await expectAccepted(t, { limit: 7 }, 'a valid limit', 'PAG-02')
      await expectLimitRefused(t, [...belowOne, ...(isThorough(t.state) ? furtherBelowOne : [])])
    },
  ),

  check(
    'PAG-10',
    'A page never has more than 100 events. A limit above 100 either is refused with 400 or gives the first 100.',
    { needs: [thread] },
    async (t) => {
      const largest = await t.list({ limit: largestLimit })
      const sizeOf = (page: Page | string) => (typeof page === 'string' ? undefined : page.events.length)
      const miscount =
        typeof largest.page === 'string' ? undefined : findingIn(judgeCount(largest, largest.page))
      await Promise.all(
        ['100', ...tooLarge].map(async (limit) => {
          const exchange = await t.ask({ query: `?limit=${limit}` })
          const result = judgeLargestPage(exchange, t.thread, limit)
          // A size that the largest valid limit gives too is that limit's.
          const same = miscount !== undefined && sizeOf(readPage(exchange)) === sizeOf(largest.page)
          t.record([exchange.id], result, same ? { because: ['PAG-02'] } : {})
        }),
      )
      if (t.judgedCases > 0) return
      const unmet = tooFewEvents(t.state, `a thread with more than ${largestLimit} events`)
      t.missing(unmet.missing, unmet.provide, unmet.blockedBy)
    },
  ),

  check(
    'PAG-11',
    'A cursor that is no event of this thread never returns the page that no cursor would return.',
    { needs: [events(1)] },
    async (t) => {
      await eachForeignCursor(t, async (exchange, query, what) => {
        const order = query.includes('order=desc') ? ({ order: 'desc' } as const) : {}
        const plain = await t.list(order)
        if (!wasAnswered(exchange) || typeof plain.page === 'string') return
        t.judged()
        const finding = judgeIgnoredCursor(exchange, plain, `${what} (${query})`)
        if (finding !== undefined) t.fail(finding)
      })
    },
  ),

  check(
    'PAG-14',
    'A cursor that is no event of this thread is refused with 400 or 404.',
    { needs: [events(1)] },
    async (t) => {
      await eachForeignCursor(t, async (exchange, query, what, owned) => {
        // Where another thread's events leak, a cursor among them is known.
        const because = owned ? (['ISO-02', 'ISO-03'] as const) : []
        t.expectRefusal(exchange, [400, 404], `A cursor that is ${what} (${query})`, because)
      })
    },
  ),

  check(
    'PAG-15',
    'A `limit` that is not a plain decimal integer (`abc`, `1.5`, `1e1`, `0x10`, empty) is refused with 400 `invalid_request_error`.',
    { needs: [thread] },
    (t) => expectLimitRefused(t, [...noInteger, ...(isThorough(t.state) ? furtherNoInteger : [])]),
  ),

  observe(
    'large-limit',
    'Is a limit above 100 capped or refused?',
    [thread],
    async (t) => {
      const exchange = await t.ask({ query: '?limit=101' })
      const { status } = exchange.response ?? {}
      if (status === 200) return `capped: ${described(exchange)}`
      return status === 400 ? `refused: ${described(exchange)}` : described(exchange)
    },
    ({ limit }) => limit.above !== 'refused',
  ),
  overHistory(
    'PAG-20',
    '`next_page` is a string or null on every page that is read forward. It is null exactly where no more events follow.',
    {
      missing: 'both pages that are followed by more events and pages that are not',
      blockedBy: ['NEG-03', 'ENV-01', 'ENV-02', 'PAG-02', 'PAG-03'],
      provide: 'Point CONFORMANCE_THREAD_ID to a thread with at least two events.',
    },
    ({ lists }) => {
      const results = lists.map((list) => ({ page: list.page, result: judgeNextPage(list) }))
      const verdict = collect(results.map(({ result }) => result))
      // Pages that are not judged, such as those read backward, are no evidence of either.
      const ends = new Set(
        results.flatMap(({ page, result }) =>
          typeof page === 'string' || !isDecided(result) ? [] : [page.nextPage === null],
        ),
      )
      return verdict.findings.length > 0 || ends.size === 2 ? verdict : { findings: [], judged: 0 }
    },
  ),

  check(
    'PAG-21',
    '`page` with the `next_page` of a page returns the events right after that page, as `after_id` with its `last_id` does.',
    { needs: [events(2)] },
    async (t) => {
      const beforeTie = startBefore(t, 0)
      const starts: readonly ListQuery[] = [
        ...[7, 1, 3].map((limit) => ({ limit })),
        {},
        { limit: largestLimit },
        { limit: 5, after: t.thread.events[0]?.id ?? '' },
        // A page that ends between events of one instant.
        ...(beforeTie === undefined ? [] : [{ limit: 1, after: beforeTie }]),
      ]
      await Promise.all(
        t.usable(starts).map(async (start) => {
          const next = await nextOf(t, start)
          if (next !== undefined) await t.expectWindow(await t.list(next))
        }),
      )
      if (t.judgedCases === 0) t.missing('a page with a next_page', 'Fix PAG-20 first.', ['PAG-20', 'PAG-02'])
    },
  ),

  check(
    'PAG-22',
    'Paging forward (`page = next_page` until it is null) visits every event exactly once, at any page size.',
    { needs: [events(2)] },
    async (t) => {
      const ids = t.thread.events.map(({ id }) => id)
      const [tied] = tieGroups(t.thread.events)[0] ?? []
      const withinTie = tied === undefined ? 0 : ids.indexOf(tied.id) + 1
      await Promise.all([
        t.expectPagesFollowed({ limit: largestLimit }),
        t.expectPagesFollowed({}),
        t.expectPagesFollowed({ limit: 7 }, { most: 4 }),
        t.expectPagesFollowed({ limit: 33 }, { most: 3 }),
        t.expectPagesFollowed({ limit: 1 }, { most: 3 }),
        t.expectPagesFollowed({ limit: 3 }, { most: 5 }),
        // The first page ends between events of one instant.
        ...(withinTie > 0 && withinTie <= largestLimit
          ? [t.expectPagesFollowed({ limit: withinTie }, { most: 2 })]
          : []),
      ])
    },
  ),

  check(
    'PAG-23',
    '`page` together with `after_id` or `before_id` is refused with 400 `invalid_request_error`.',
    { needs: [events(2)] },
    async (t) => {
      if (t.isUnusable('page', 'after_id', 'before_id')) return
      const [first, last] = [t.thread.events[0]?.id ?? '', t.thread.events.at(-1)?.id ?? '']
      const next = await nextOf(t, { limit: 1 })
      if (next === undefined)
        return t.missing('a page with a next_page', 'Fix PAG-20 first.', ['PAG-20', 'PAG-02'])
      await expectAccepted(t, next, 'page alone', 'PAG-21')
      await expectAccepted(t, { after: first }, 'after_id alone', 'PAG-03')
      await expectAccepted(t, { before: last }, 'before_id alone', 'PAG-04')
      const page = `page=${percentEncoded(next.page.cursor)}`
      const [after, before] = [`after_id=${percentEncoded(first)}`, `before_id=${percentEncoded(last)}`]
      const queries = [
        `?${page}&${after}`,
        `?${after}&${page}`,
        `?${page}&${before}`,
        `?limit=1&${before}&${page}`,
      ]
      await Promise.all(
        queries.map(async (query) =>
          t.expectRefusal(await t.ask({ query }), [400], `page with another cursor (${query})`),
        ),
      )
    },
  ),

  check(
    'PAG-25',
    'A `limit` above 100 is refused with 400 `invalid_request_error`.',
    { needs: [thread] },
    async (t) => {
      await expectAccepted(t, { limit: largestLimit }, 'a limit of 100', 'PAG-02')
      await expectLimitRefused(t, tooLarge)
    },
  ),

  observe('unknown-cursor', 'What does a cursor that is not an event return?', [events(1)], async (t) => {
    const [cursor] = foreignCursors(t.state)
    return described(await t.ask({ query: `?after_id=${percentEncoded(cursor?.id ?? '')}` }))
  }),
  observe('empty-cursor', 'What does an empty after_id return?', [events(1)], async (t) =>
    described(await t.ask({ query: '?after_id=' })),
  ),
  observe('repeated-limit', 'Which of two limits applies?', [events(4)], async (t) =>
    described(await t.ask({ query: '?limit=2&limit=3' })),
  ),
  observe(
    'invented-page',
    'What does an invented page cursor return?',
    [events(1)],
    async (t) => described(await t.ask({ query: '?page=no-such-page' })),
    hasPages,
  ),
  observe(
    'foreign-page',
    'What does a page cursor of another thread return?',
    [events(1), sibling],
    async (t) => {
      const { page } = await t.list({ limit: 1 }, { snapshot: t.sibling })
      const cursor = typeof page === 'string' ? undefined : page.nextPage
      if (!isCursor(cursor)) return 'the other thread has no such cursor'
      return described(await t.ask({ query: `?limit=1&page=${percentEncoded(cursor)}` }))
    },
    hasPages,
  ),
  observe(
    'page-with-another-limit',
    'Which limit applies when page is sent with another limit than the page before?',
    [events(4)],
    async (t) => {
      const next = await nextOf(t, { limit: 1 })
      if (next === undefined) return 'there is no next_page'
      return described(await t.ask({ query: `?limit=2&page=${percentEncoded(next.page.cursor)}` }))
    },
    hasPages,
  ),
  observe(
    'next-page-backward',
    'What is next_page on a page that was read backward?',
    [events(4)],
    async (t) => {
      const { page } = await t.list({ limit: 1, before: t.thread.events[3]?.id ?? '' })
      if (typeof page === 'string') return page
      return page.nextPage === null ? 'null' : page.nextPage === undefined ? 'missing' : 'a cursor'
    },
    hasPages,
  ),
  observe(
    'undocumented-order',
    'Does order=desc have an effect although it is not documented?',
    [events(2)],
    async (t) => {
      const [plain, descending] = [await t.ask({}), await t.ask({ query: '?order=desc' })].map((exchange) =>
        readPage(exchange),
      )
      if (typeof descending === 'string') return descending
      if (plain === undefined || descending === undefined || typeof plain === 'string') return 'unknown'
      return idsOf(plain.events).join() === idsOf(descending.events).join() ? 'no' : 'yes'
    },
    ({ extensions }) => !extensions.has('order'),
  ),
])

type FollowingPage = Pick<ListQuery, 'limit'> & Required<Pick<ListQuery, 'page'>>

/** Whether a revision has `page`. */
function hasPages({ extensions }: Revision): boolean {
  return extensions.has('page')
}

/** The query of the page that follows this one by its `next_page`, where it has one. */
async function nextOf(t: CheckContext, start: ListQuery): Promise<FollowingPage | undefined> {
  const { page } = await t.list(start)
  if (typeof page === 'string' || !isCursor(page.nextPage)) return undefined
  const after = page.events.at(-1)?.id
  const { limit } = start
  if (after === undefined) return undefined
  return { ...(limit === undefined ? {} : { limit }), page: { cursor: page.nextPage, after } }
}

async function expectCount(t: CheckContext, query: ListQuery): Promise<void> {
  await t.expectPage(await pageOfSize(t, query), judgeCount)
}

async function expectLimitRefused(t: CheckContext, limits: readonly string[]): Promise<void> {
  await Promise.all(
    limits.map(async (limit) =>
      t.expectRefusal(await t.ask({ query: `?limit=${limit}` }), [400], `limit=${limit}`),
    ),
  )
}

async function expectWindowsAt(t: CheckContext, direction: 'after' | 'before'): Promise<void> {
  const cursors = interestingCursors(ownEvents(t.thread), 7)
  const cases = cursors.flatMap(({ id }, at) => {
    // The first ones in both orders, the others alternately. The very first ones in ascending order with pages of one
    // event too.
    const wanted = at < 4 ? orders : orders.filter((_, place) => place === at % 2)
    return wanted.flatMap((order) =>
      (at < 2 && order === undefined ? [7, 1] : [7]).map((limit) => ({
        order,
        limit,
        [direction]: id,
      })),
    )
  })
  const own = direction === 'after' ? 'after_id' : 'before_id'
  const fourth = t.thread.events[3] ?? t.thread.events.at(-1)
  const queries = [
    // That a cursor has no effect shows near the beginning, and these are what the target was probed with.
    { [direction]: (direction === 'after' ? cursors[0] : fourth)?.id ?? '', limit: 7 },
    // One without a limit, for a target that has no other pages than its default ones.
    { [direction]: cursors[0]?.id ?? '' },
    { [direction]: cursors[1]?.id ?? '', limit: 7 },
    { [direction]: cursors[2]?.id ?? '', limit: 5 },
    ...cases,
  ]
  await Promise.all(t.usable(queries, [own]).map(async (query) => t.expectWindow(await t.list(query))))
}

/** Asks with every foreign cursor, wherever a right cursor is neither refused nor ignored. */
async function eachForeignCursor(
  t: CheckContext,
  judge: (
    exchange: Awaited<ReturnType<CheckContext['ask']>>,
    query: string,
    what: string,
    owned: boolean,
  ) => Promise<void>,
): Promise<void> {
  const starts = t.offered(['?after_id=', '?before_id=', '?order=desc&after_id='])
  // Asked at the same time: a case is judged as soon as the beginning of its own query is known to work.
  const works = new Map<string, Promise<string[]>>(
    starts.map((start) => [start, workingCursors(t, t.thread, [start])]),
  )
  const asked = new Set<string>()
  // The first one on every side and in both orders, the others alternately.
  const askAmong = async (some: readonly string[]) => {
    const cases = foreignCursors(t.state).flatMap(({ id, what, owned }, at) =>
      some
        .filter((_, place) => at < 1 || place === at % some.length)
        .map((start) => ({ start, query: start + percentEncoded(id), what, owned })),
    )
    await Promise.all(
      cases.map(async ({ start, query, what, owned }) => {
        if (asked.has(query)) return
        asked.add(query)
        const exchange = await t.ask({ query })
        const judged = async () => {
          const [working] = (await works.get(start)) ?? []
          if (working !== undefined) await judge(exchange, query, what, owned)
        }
        // Without waiting for the others: a run with a budget may not reach them.
        if (typeof readPage(exchange) === 'string') return judged()
        await followUp(async () => {
          await workingCursors(t, t.thread, [start])
          await judged()
        })
      }),
    )
  }
  await askAmong(starts)
  const working = (await Promise.all(works.values())).flat()
  if (working.length === 0)
    t.missing('a server on which valid cursors work', 'Fix PAG-03 and PAG-04 first.', ['PAG-03', 'PAG-04'])
  if (working.length < starts.length) await askAmong(working)
}

/** Ends the check where the server refuses a valid part of what is to be refused: that refusal says nothing. */
async function expectAccepted(
  t: CheckContext,
  query: ListQuery,
  what: string,
  root: RequirementId,
): Promise<void> {
  const { page } = await t.list(query)
  if (typeof page === 'string')
    t.missing(`a server that accepts ${what} (${page})`, `Fix ${root} first.`, [root])
}

function startBefore(t: CheckContext, group: number): string | undefined {
  const known = ownEvents(t.thread)
  const first = tieGroups(known)[group]?.[0]
  return known[known.findIndex((event) => event.id === first?.id) - 1]?.id
}

function described(exchange: Awaited<ReturnType<CheckContext['ask']>>): string {
  const page = readPage(exchange)
  if (typeof page !== 'string') return `200 with ${idsOf(page.events).length} events`
  const type = errorType(exchange.response?.body ?? '')
  return type === undefined ? page : `${exchange.response?.status} ${type}`
}
