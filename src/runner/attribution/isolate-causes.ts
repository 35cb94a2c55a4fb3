import { listViolation } from '../../capabilities/list-violation.ts'
import { complexityOf, spellingOf } from '../../capabilities/simpler-request.ts'
import type { ListExchange } from '../../oracle/history.ts'
import type { ListQuery } from '../../oracle/pagination/list-query.ts'
import type { RouteClient } from '../../targets/route-client.ts'
import type { CheckResult } from '../../verdict/outcome.ts'

/** How many requests may be spent on finding the smallest requests that fail, and for how many cases of a requirement. */
const mostRequests = 100
const mostCases = 8

/**
 * Looks for smaller requests that go wrong in the same way as those that the findings cite, by leaving out one
 * parameter at a time (delta debugging). What it asks becomes part of the history, where the cause of each wrong
 * answer is read from afterwards.
 * @param most how many requests are made at most
 * @returns how many requests were made
 */
export async function isolateCauses(
  results: readonly CheckResult[],
  routeClient: RouteClient,
  most = mostRequests,
): Promise<number> {
  const history = routeClient.history()
  const byExchange = new Map(history.lists.map((list) => [list.exchange.id, list]))
  const asked = new Set(history.lists.map((list) => keyOf(list, list.query)))
  const search: Search = { routeClient, asked, left: most }
  for (const list of suspects(results, byExchange)) await reduce(list, search)
  return most - search.left
}

interface Search {
  readonly routeClient: RouteClient
  readonly asked: Set<string>
  left: number
}

// The smallest of each requirement first, so that the bound cuts what matters least.
function suspects(
  results: readonly CheckResult[],
  byExchange: ReadonlyMap<number, ListExchange>,
): ListExchange[] {
  const chosen = new Map<number, ListExchange>()
  for (const { cases } of results) {
    const wrong = cases
      .filter(({ finding }) => finding !== undefined)
      .map(({ exchanges }) => exchanges.flatMap((id) => byExchange.get(id) ?? []).filter(isWrong))
      .filter((lists) => lists.length > 0)
      .map((lists) => lists.toSorted((a, b) => complexityOf(a.query) - complexityOf(b.query)))
      .toSorted((a, b) => complexityOf(a[0]?.query ?? {}) - complexityOf(b[0]?.query ?? {}))
    for (const [first] of wrong.slice(0, mostCases))
      if (first !== undefined && complexityOf(first.query) > 1) chosen.set(first.exchange.id, first)
  }
  return [...chosen.values()].toSorted((a, b) => complexityOf(a.query) - complexityOf(b.query))
}

function isWrong(list: ListExchange): boolean {
  return listViolation(list) !== undefined
}

async function reduce(list: ListExchange, search: Search): Promise<void> {
  const kind = listViolation(list)?.kind
  const snapshot = search.routeClient.snapshotOf(list.thread)
  if (snapshot === undefined || kind === undefined) return
  for (const query of smaller(list.query)) {
    const key = keyOf(list, query)
    if (search.left === 0 || search.asked.has(key)) continue
    search.asked.add(key)
    search.left -= 1
    const reduced = await search.routeClient.list(snapshot, query, { spelling: spellingOf(list) })
    if (listViolation(reduced)?.kind === kind && complexityOf(query) > 1) await reduce(reduced, search)
  }
}

/** The queries with one parameter less. */
function smaller(query: ListQuery): ListQuery[] {
  const { limit: _limit, ...unlimited } = query
  const { order: _order, ...ascending } = query
  const { after: _after, before: _before, ...uncut } = query
  const { types: _types, ...unfiltered } = query
  return [unlimited, ascending, uncut, unfiltered].filter((one) => complexityOf(one) < complexityOf(query))
}

function keyOf(list: ListExchange, { limit, order, after, before, types }: ListQuery): string {
  const spelling = types === undefined ? undefined : spellingOf(list)
  return JSON.stringify([list.thread.threadId, limit, order, after, before, types?.toSorted(), spelling])
}
