import type { KnownEvent } from '../src/oracle/event.ts'
import type { ListExchange } from '../src/oracle/history.ts'
import { judgeChronology } from '../src/oracle/order/chronology.ts'
import { judgeStableOrder } from '../src/oracle/order/stable-order.ts'
import { tieGroups } from '../src/oracle/order/tie-groups.ts'
import { interestingTypes } from '../src/oracle/pagination/interesting-cursors.ts'
import type { CheckContext } from '../src/spec-dsl/check-context.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { check, overHistory } from '../src/spec-dsl/spec-items.ts'
import { equalTimestamps, events } from '../src/targets/preconditions.ts'

export default defineSpec('order', [
  overHistory(
    'ORD-01',
    'Events come in chronological order of `created_at`, compared at full precision and across time zones.',
    {
      missing: 'a page with events of different timestamps',
      blockedBy: ['EVT-01', 'EVT-05', 'ENV-01', 'ENV-02', 'NEG-03'],
      provide: 'Point CONFORMANCE_THREAD_ID to a thread with events of different timestamps.',
    },
    judgeChronology,
  ),

  check('ORD-02', '`order=asc` gives the same as no `order`.', { needs: [events(2)] }, async (t) => {
    const [type] = interestingTypes(t.thread.events, 1)
    const { events: known } = t.thread
    const [newest, close] = [known.at(-1), known.at(-2) ?? known[0]]
    const queries = [
      {},
      { limit: 7 },
      // Across the newest event, which a lagging replica does not have.
      { limit: 7, after: close?.id ?? '' },
      { limit: 7, before: newest?.id ?? '' },
      ...(type === undefined ? [] : [{ types: [type], limit: 100 }]),
    ]
    await Promise.all(t.usable(queries).map((query) => t.expectEquivalent(query, { ...query, order: 'asc' })))
  }),

  check(
    'ORD-03',
    '`order=desc` is the exact reverse of `order=asc`, across the whole thread and not only within a page.',
    { needs: [events(2)] },
    async (t) => {
      // The newest events of a partly read thread are unknown: paging starts at the newest known one.
      const start = t.thread.complete ? {} : { after: t.thread.events.at(-1)?.id ?? '' }
      const queries = [{ order: 'desc' as const }, { order: 'desc' as const, limit: 100 }]
      await Promise.all([
        ...t.usable(queries, ['order']).map(async (query) => t.expectWindow(await t.list(query))),
        t.expectTraversal({ order: 'desc', limit: 100, ...start }, 'forward'),
        t.expectTraversal({ order: 'desc', limit: 20, ...start }, 'forward', { most: 2 }),
      ])
    },
  ),

  check(
    'ORD-04',
    'Events with equal timestamps keep one relative order across requests, page sizes and pages.',
    { needs: [events(2), equalTimestamps] },
    async (t) => {
      const groups = tieGroups(t.thread.events).slice(0, 2)
      await Promise.all(
        // Only the first two events of the longest group are read one by one: that takes a request for each.
        groups.flatMap((group, at) =>
          ([undefined, 'desc'] as const)
            .filter((_, place) => at === 0 || place === 0)
            .map((order) => judgeGroup(t, group, order, at === 0)),
        ),
      )
    },
  ),
])

type Order = 'desc' | undefined

async function judgeGroup(
  t: CheckContext,
  group: readonly KnownEvent[],
  order: Order,
  stepwise: boolean,
): Promise<void> {
  const ids = t.thread.events.map((event) => event.id)
  const ordered = order === undefined ? ids : ids.toReversed()
  const members = new Set(group.map((event) => event.id))
  const place = ordered.findIndex((id) => members.has(id))
  const cursor = ordered[place - 1]
  const inFirstPage = place + group.length <= 100
  if (t.isUnusable(...(order === 'desc' ? (['order'] as const) : []))) return
  if (t.isUnusable('after_id')) {
    if (inFirstPage) await judgeWithoutCursor(t, members, order, place + group.length)
    return
  }
  const from = { order, ...(cursor === undefined ? {} : { after: cursor }) }
  const size = Math.min(100, group.length + 1)
  const asked = [
    t.list({ ...from, limit: size }),
    ...(stepwise && order === undefined ? [t.list({ ...from, limit: size }, { fresh: true })] : []),
    ...(stepwise ? [2, 3] : [2]).map((limit) => t.list({ ...from, limit })),
    t.list({ order, limit: 100 }),
  ]
  if (t.state.counted === true && (await flipsEarly(t, members, asked))) return
  const reads = await Promise.all(asked)
  const stepped = stepwise
    ? await t.routeClient.traverse(t.thread, { ...from, limit: 1 }, 'forward', {
        fresh: true,
        most: 1,
      })
    : undefined
  const lists = [...reads, ...(stepped?.lists ?? [])]
  const telling = lists.filter(
    ({ page }) => typeof page !== 'string' && page.events.filter(({ id = '' }) => members.has(id)).length > 1,
  )
  if (telling.length < 2) return
  t.record(
    lists.map(({ exchange }) => exchange.id),
    judgeStableOrder(members, lists),
  )
}

/** In a run with a budget, which may not reach all of them: judges the lists that are answered, with each further one. */
async function flipsEarly(
  t: CheckContext,
  members: ReadonlySet<string>,
  asked: readonly Promise<ListExchange>[],
): Promise<boolean> {
  const answered: ListExchange[] = []
  let flipped = false
  await Promise.all(
    asked.map(async (list) => {
      answered.push(await list)
      const finding = flipped ? undefined : judgeStableOrder(members, answered)
      if (finding === undefined) return
      flipped = true
      t.record(finding.exchanges, finding)
    }),
  )
  return flipped
}

async function judgeWithoutCursor(
  t: CheckContext,
  members: ReadonlySet<string>,
  order: Order,
  size: number,
): Promise<void> {
  const lists = await Promise.all([
    t.list({ order, limit: 100 }),
    t.list({ order, limit: 100 }, { fresh: true }),
    t.list({ order, limit: size }),
  ])
  if (lists.some(({ page }) => typeof page === 'string')) return
  t.record(
    lists.map(({ exchange }) => exchange.id),
    judgeStableOrder(members, lists),
  )
}
