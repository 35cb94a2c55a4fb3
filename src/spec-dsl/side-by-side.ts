import { judgeRepresentationOf } from '../oracle/accept/representation.ts'
import { judgeRefusal } from '../oracle/errors/refusal.ts'
import type { Finding } from '../oracle/finding.ts'
import { wasAnswered } from '../oracle/hostile-input/availability.ts'
import { idsOf, readPage } from '../oracle/pagination/page.ts'
import { streamProblem } from '../oracle/stream/history-replay.ts'
import { listAccept, type RouteRequest, streamAccept } from '../targets/route-client.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { CheckContext } from './check-context.ts'

/** One of several requests that are sent at once, and how its response is judged. */
interface Neighbour {
  readonly request: RouteRequest
  readonly judge: (exchange: Exchange) => Finding | undefined
}

/**
 * NEG-05 for requests at the same time: equal and nearly equal URLs with other credentials, Accept headers and queries.
 * A server that merges such requests, or caches by the URL alone, gives one caller what another asked for.
 * @param refused whether a request without credentials is refused when it is made alone
 */
export async function expectIndependent(t: CheckContext, refused: boolean): Promise<void> {
  const newest = t.thread.events.at(-1)?.id
  if (newest === undefined || t.thread.events.length < 3) return
  const [two, one] = ['?limit=2', '?limit=1']
  const alone = await Promise.all([2, 1].map((limit) => t.list({ limit })))
  const pages = alone.map(({ page }) => page)
  if (pages.some((page) => typeof page === 'string')) return
  const list = (query: string, at: number): Neighbour => {
    const page = pages[at]
    const ids = page === undefined || typeof page === 'string' ? [] : idsOf(page.events)
    return { request: { query }, judge: (exchange) => judgeList(exchange, query, ids) }
  }
  const neighbours: readonly Neighbour[] = [
    list(two, 0),
    ...(refused ? [{ request: { query: two, authorization: null }, judge: judgeAnonymous }] : []),
    ...(opensStreams(t) ? [{ request: { query: two, accept: streamAccept }, judge: judgeStream }] : []),
    list(one, 1),
  ]
  // Whichever request a server handles first may answer the others.
  for (const group of [neighbours, neighbours.toReversed()]) {
    const exchanges = await Promise.all(group.map(({ request }) => t.routeClient.ask(request, true)))
    for (const [at, exchange] of exchanges.entries()) {
      if (!wasAnswered(exchange)) continue
      const finding = group[at]?.judge(exchange)
      t.record(
        [exchange.id],
        finding === undefined
          ? undefined
          : {
              ...finding,
              message: `With similar requests at the same time: ${finding.message}`,
              exchanges: exchanges.map(({ id }) => id),
            },
      )
    }
  }
}

/**
 * In a run with a budget of requests, sends a few of these requests at the same time.
 * @param each sends all of them, where a response looks wrong
 */
export async function screenIndependent(t: CheckContext, each: () => Promise<void>): Promise<void> {
  const [two, one] = ['?limit=2', '?limit=1']
  // First what must not be answered with the response to another one.
  const requests: readonly RouteRequest[] = [
    { query: two, authorization: null },
    { query: two },
    ...(opensStreams(t) ? [{ query: two, accept: streamAccept }] : []),
    { query: one },
  ]
  if (t.thread.events.length < 3) return
  await t.screen(async () => {
    const exchanges = await Promise.all(requests.map((request) => t.routeClient.ask(request, true)))
    return exchanges.some((exchange, at) => {
      const { query, accept, authorization } = requests[at] ?? {}
      if (authorization === null) return exchange.response?.status !== 401
      if (accept !== undefined) return judgeStream(exchange) !== undefined
      const page = readPage(exchange)
      return typeof page === 'string' || page.events.length !== (query === two ? 2 : 1)
    })
  }, each)
}

function opensStreams({ state: { stream } }: CheckContext): boolean {
  return stream !== undefined && streamProblem(stream.exchange) === undefined
}

function judgeList(exchange: Exchange, query: string, expected: readonly string[]): Finding | undefined {
  const representation = judgeRepresentationOf(exchange, listAccept, 'list')
  if (representation !== undefined) return representation
  const page = readPage(exchange)
  const actual = typeof page === 'string' ? [] : idsOf(page.events)
  if (actual.length === expected.length) return undefined
  return {
    kind: 'neighbour',
    message: `${query}: expected ${expected.length} events, as in a separate request, got ${actual.length}.`,
    expected,
    actual,
    exchanges: [exchange.id],
  }
}

function judgeStream(exchange: Exchange): Finding | undefined {
  return judgeRepresentationOf(exchange, streamAccept, 'stream')
}

function judgeAnonymous(exchange: Exchange): Finding | undefined {
  return judgeRefusal(exchange, [401], 'No Authorization header')
}
