import type { Case } from '../src/oracle/case.ts'
import type { ListExchange } from '../src/oracle/history.ts'
import {
  judgeAvailability,
  judgeConforming,
  judgeUnreached,
  restsOnDeadline,
  wasAnswered,
} from '../src/oracle/hostile-input/availability.ts'
import { causesOfCrash } from '../src/oracle/hostile-input/causes-of-crash.ts'
import {
  judgeDefaultOrder,
  judgeGrowthByReading,
  judgeIdempotence,
} from '../src/oracle/hostile-input/idempotence.ts'
import { eventsOnPage } from '../src/oracle/observed-events.ts'
import { readPage } from '../src/oracle/pagination/page.ts'
import { judgeWindow } from '../src/oracle/pagination/page-window.ts'
import type { CheckContext } from '../src/spec-dsl/check-context.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { hostileInTwoWays, hostileRequests, hostileTogether } from '../src/spec-dsl/hostile-requests.ts'
import { collect } from '../src/spec-dsl/over-history.ts'
import { check, observe, overHistory } from '../src/spec-dsl/spec-items.ts'
import { events, thread } from '../src/targets/preconditions.ts'
import { chainRequests, followUp } from '../src/targets/request-attribution.ts'
import { streamAccept } from '../src/targets/route-client.ts'
import type { Exchange } from '../src/wire/exchange.ts'

const strangeOrders = ['sideways', 'DESC', 'constructor', '%00%FF']
const nothing = { missing: 'an exchange', provide: 'See the target at the top of this report.' }

export default defineSpec('hostile-input', [
  overHistory(
    'INP-01',
    'No path, query or header makes the API answer 5xx, hang or drop the connection.',
    nothing,
    (history) => {
      const { exchanges, lists, streams, unreached = [], unreachedValid = [] } = history
      const conforming = new Set([...lists, ...streams].map(({ exchange }) => exchange.id))
      const results = exchanges.map((exchange) =>
        judgeAvailability(exchange, conforming.has(exchange.id), history),
      )
      const late = (result: (typeof results)[number]) => typeof result === 'object' && restsOnDeadline(result)
      const unanswered = unreached.filter((exchange) => !unreachedValid.includes(exchange))
      const judged = exchanges.flatMap((exchange, at): readonly Case[] => {
        const result = results[at]
        if (result === 'undecided' || late(result)) return []
        const own = { exchanges: [exchange.id] }
        if (result === undefined) return [own]
        const because = causesOfCrash(exchange, history)
        return [{ ...own, finding: result, ...(because.length === 0 ? {} : { because }) }]
      })
      return {
        ...collect(results.filter((result) => !late(result))),
        cases: judged,
        tentative: [
          ...results.flatMap((result) => (typeof result === 'object' && late(result) ? result : [])),
          ...unanswered.flatMap((exchange) => judgeUnreached(exchange, history) ?? []),
        ],
      }
    },
    {
      needs: [thread],
      suffices: true,
      run: async (t) => {
        const requests = hostileRequests(t.address)
        await Promise.all([
          ...hostileTogether(t.address).map(({ request, parts }) =>
            t.screen(
              async () => !wasAnswered(await t.ask(request)),
              () => Promise.all(parts.map((part) => t.ask(part))),
            ),
          ),
          ...hostileInTwoWays(t.address).map(async ({ request, parts }) => {
            // Which of the two it was.
            if (!wasAnswered(await t.ask(request)))
              await followUp(() => Promise.all(parts.map((part) => t.ask(part))))
          }),
          ...requests.map(async (request) => {
            const { response, failure } = await t.ask(request)
            // Whether the target hangs, or its stream has nothing to send, shows beside the list.
            if (response === undefined && failure?.kind === 'timeout' && request.accept === streamAccept)
              await followUp(() =>
                t.ask({ ...(request.target === undefined ? {} : { target: request.target }) }),
              )
          }),
        ])
      },
    },
  ),

  check(
    'INP-02',
    'An `order` other than `asc` and `desc` is refused with 400 or treated as the default.',
    { needs: [events(2)] },
    async (t) => {
      const { page: ordered } = await t.list({ order: 'asc' })
      if (typeof ordered === 'string')
        t.missing(`a server that accepts order=asc (${ordered})`, 'Fix ORD-02 and ORD-03 first.', [
          'ORD-02',
          'ORD-03',
        ])
      const plain = await t.list()
      await Promise.all(
        strangeOrders.map(async (order) => {
          const exchange = await t.ask({ query: `?order=${order}` })
          const result = judgeDefaultOrder(exchange, plain, order)
          const grew = result !== undefined && (await grewBetween(t, plain, exchange))
          t.record([exchange.id], grew ? undefined : result)
        }),
      )
    },
  ),

  check(
    'INP-03',
    'GET is safe and repeatable: on a thread at rest the same request gets the same status and the same list, and reading adds no events.',
    { needs: [events(1)] },
    async (t) => {
      const appended = judgeGrowthByReading(t.state.growth ?? [])
      if (appended !== undefined) {
        t.judged()
        return t.fail(appended)
      }
      const newest = t.thread.events.at(-1)?.id ?? ''
      const queries = [
        {},
        // The newest events of a partly read thread may change unnoticed.
        { order: 'desc' as const, limit: 5, ...(t.thread.complete ? {} : { after: newest }) },
        { after: t.thread.events[0]?.id ?? '' },
      ]
      const length = t.thread.events.length
      const twice = await Promise.all(
        t.usable(queries).map((query) =>
          chainRequests(async () => {
            const first = await t.list(query)
            const pair = { first, second: await t.list(query, { fresh: true }) }
            const finding = differenceIn(pair)
            if (finding === undefined) return [pair]
            // Without waiting for the others: a run with a budget may not reach them.
            if ((await followUp(() => growthDuring(t, length, [pair]))) !== undefined) return [pair]
            t.judged()
            t.fail(finding)
            return []
          }),
        ),
      )
      const pairs = twice.flat()
      const growth = pairs.length === 0 ? undefined : await growthDuring(t, length, pairs)
      if (growth !== undefined)
        t.missing(
          `a thread at rest (${growth})`,
          'Point CONFORMANCE_THREAD_ID to a thread that does not change.',
        )
      for (const pair of pairs) if (isReadable(pair)) t.judged()
    },
  ),

  overHistory('INP-04', 'No valid request of the suite is answered with 5xx.', nothing, (history) => {
    const { lists, streams, unreachedValid = [] } = history
    return {
      ...collect(
        [...lists, ...streams].map(({ exchange }: { exchange: Exchange }) => judgeConforming(exchange)),
      ),
      tentative: unreachedValid.flatMap((exchange) => judgeUnreached(exchange, history) ?? []),
    }
  }),

  observe('growth', 'Does the thread grow while it is read?', [thread], ({ state: { growth } }) => {
    if (growth === undefined) return Promise.resolve('no')
    const rounds = growth.map((round) => `${round.growth} events during ${round.reads} reads`)
    return Promise.resolve(`yes: ${rounds.join(', ')}`)
  }),
])

/** The same list, read twice. */
interface Pair {
  readonly first: ListExchange
  readonly second: ListExchange
}

function isReadable({ first, second }: Pair): boolean {
  return typeof first.page !== 'string' && typeof second.page !== 'string'
}

function differenceIn(pair: Pair) {
  return isReadable(pair) ? judgeIdempotence(pair.first, pair.second) : undefined
}

/** How the thread changed since it had this many events, as far as that may explain what lists show. */
async function growthDuring(
  t: CheckContext,
  length: number,
  pairs: readonly Pair[],
): Promise<string | undefined> {
  const lists = pairs.flatMap(({ first, second }) => [first, second])
  await t.thread.refresh(lists.flatMap(eventsOnPage))
  if (t.thread.late.length > 0) return 'events with an earlier created_at appeared while it was read'
  const known = Math.min(length, ...lists.map((list) => list.known))
  const now = t.thread.events.length
  return now > known ? `it grew from ${known} to ${now} events while it was read` : undefined
}

async function grewBetween(t: CheckContext, plain: ListExchange, exchange: Exchange): Promise<boolean> {
  const page = readPage(exchange)
  await t.thread.refresh(typeof page === 'string' ? [] : page.events)
  if (typeof page === 'string') return false
  if (t.thread.events.length <= plain.known && t.thread.late.length === 0) return false
  return judgeWindow({ ...plain, exchange, page }, page) === undefined
}
