import { judgeRepresentationOf } from '../oracle/accept/representation.ts'
import { judgeRefusal } from '../oracle/errors/refusal.ts'
import type { Finding } from '../oracle/finding.ts'
import { wasAnswered } from '../oracle/hostile-input/availability.ts'
import { type ListQuery, queryString } from '../oracle/pagination/list-query.ts'
import { idsOf, readPage } from '../oracle/pagination/page.ts'
import { streamProblem } from '../oracle/stream/history-replay.ts'
import { invalidTokens, wildcardTokens } from '../targets/invalid-tokens.ts'
import { listAccept, type RouteRequest, streamAccept } from '../targets/route-client.ts'
import type { ThreadSnapshot } from '../targets/thread-snapshot.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { CheckContext } from './check-context.ts'

/** One of several requests that are sent at once, and how its response is judged. */
interface Neighbour {
  readonly request: RouteRequest
  readonly judge: (exchange: Exchange) => Finding | undefined
}

/** A list, and the events that it has in a separate request. */
interface SeparateList {
  readonly request: RouteRequest
  readonly what: string
  readonly ids: readonly string[]
}

/**
 * NEG-05 for requests at the same time: equal and nearly equal URLs with other credentials, Accept headers and queries.
 * A server that merges such requests, or caches by the URL alone, gives one caller what another asked for.
 * @param refused whether a request without credentials is refused when it is made alone
 */
export async function expectIndependent(t: CheckContext, refused: boolean): Promise<void> {
  const newest = t.thread.events.at(-1)?.id
  if (newest === undefined || t.thread.events.length < 3) return
  const two = queryString({ limit: 2 })
  const neighbours: readonly Neighbour[] = [
    ...(refused ? [{ request: { query: two, authorization: null }, judge: judgeAnonymous }] : []),
    ...(opensStreams(t) ? [{ request: { query: two, accept: streamAccept }, judge: judgeStream }] : []),
  ]
  const [plain] = await separateLists(t, [{ limit: 2 }])
  if (plain === undefined) return
  const { reversed, beside } = await similarLists(t)
  const all = [plain, ...reversed, ...beside]
  const list = (one: SeparateList): Neighbour => ({
    request: one.request,
    judge: (exchange) => judgeList(exchange, one, all),
  })
  // Whichever request a server handles first may answer the others.
  for (const group of [
    [...beside.map(list), list(plain), ...neighbours],
    [...neighbours.toReversed(), list(plain), ...reversed.map(list)],
  ]) {
    const together = {}
    const exchanges = await Promise.all(
      group.map(({ request }) => t.routeClient.ask({ ...request, urgent: true, together }, true)),
    )
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
              exchanges: [exchange.id, ...exchanges.flatMap(({ id }) => (id === exchange.id ? [] : id))],
            },
      )
    }
  }
}

/**
 * In a run with a budget of requests, sends a few of these requests at the same time. The one to be refused has a token
 * that is nearly right (AUT-02).
 * @param each sends all of them, where a response looks wrong
 */
export async function screenIndependent(t: CheckContext, each: () => Promise<void>): Promise<void> {
  const [two, one] = [queryString({ limit: 2 }), queryString({ limit: 1 })]
  const { active } = t.state.tokens
  const { ends } = wildcardTokens(active)
  t.routeClient.hide('TOKEN_ENDS_IN_WILDCARD', ends)
  const similar = invalidTokens(active).filter(({ likeWildcard }) => likeWildcard)
  for (const { name, token } of similar) if (name !== undefined) t.routeClient.hide(name, token)
  // First what must not be answered with the response to another one.
  const requests: readonly RouteRequest[] = [
    { query: two, authorization: `Bearer ${ends}` },
    { query: two },
    ...(opensStreams(t) ? [{ query: two, accept: streamAccept }] : []),
    { query: one },
  ]
  if (t.thread.events.length < 3) return
  const together = {}
  await t.screen(
    async () => {
      const exchanges = await Promise.all(
        requests.map((request) => t.routeClient.ask({ ...request, together }, true)),
      )
      return exchanges.some((exchange, at) => {
        const { query, accept, authorization } = requests[at] ?? {}
        if (authorization !== undefined) return exchange.response?.status !== 401
        if (accept !== undefined) return judgeStream(exchange) !== undefined
        const page = readPage(exchange)
        return typeof page === 'string' || page.events.length !== (query === two ? 2 : 1)
      })
    },
    () => Promise.all([each(), ...similar.map(({ token }) => t.ask({ authorization: `Bearer ${token}` }))]),
  )
}

function opensStreams({ state: { stream } }: CheckContext): boolean {
  return stream !== undefined && streamProblem(stream.exchange) === undefined
}

async function separateLists(
  t: CheckContext,
  queries: readonly ListQuery[],
  snapshot: ThreadSnapshot = t.thread,
): Promise<SeparateList[]> {
  const lists = await Promise.all(queries.map((query) => t.list(query, { snapshot })))
  const { sessionId, threadId } = snapshot
  const isSibling = snapshot !== t.thread
  return lists.flatMap(({ page }, at) => {
    if (typeof page === 'string') return []
    const query = queryString(queries[at] ?? {})
    const request = { query, ...(isSibling ? { sessionId, threadId } : {}) }
    return [{ request, what: `${isSibling ? `thread ${threadId}, ` : ''}${query}`, ids: idsOf(page.events) }]
  })
}

/** The same list in the other order, and that of another thread. */
async function similarLists(t: CheckContext) {
  const { sibling } = t.state
  const [reversed, beside] = await Promise.all([
    separateLists(t, t.usable([{ limit: 2, order: 'desc' }])),
    sibling === undefined ? [] : separateLists(t, [{ limit: 2 }], sibling),
  ])
  return { reversed, beside }
}

/** A thread that grows may have other events meanwhile, but not those of another list. */
function judgeList(
  exchange: Exchange,
  { what, ids }: SeparateList,
  all: readonly SeparateList[],
): Finding | undefined {
  const representation = judgeRepresentationOf(exchange, listAccept, 'list')
  if (representation !== undefined) return representation
  const page = readPage(exchange)
  const actual = typeof page === 'string' ? [] : idsOf(page.events)
  const isSame = (other: readonly string[]) => actual.join() === other.join()
  if (isSame(ids)) return undefined
  const taken = all.find((one) => isSame(one.ids))
  // A page that is not full may have grown.
  if (taken === undefined && (actual.length === ids.length || ids.length < 2)) return undefined
  const got = taken === undefined ? `${actual.length} events` : `those of ${taken.what}`
  return {
    kind: 'neighbour',
    message: `${what}: expected ${ids.length} events, as in a separate request, got ${got}.`,
    expected: ids,
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
