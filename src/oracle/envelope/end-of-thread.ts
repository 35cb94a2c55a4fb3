import type { ListExchange } from '../history.ts'
import type { JudgeResult } from '../judge-result.ts'
import { findingIn } from '../judge-result.ts'
import { defaultLimit, type ListQuery } from '../pagination/list-query.ts'
import { judgeHasMore } from './envelope.ts'

/**
 * ENV-05 in a run that ended early. A page that ends with the newest known event and has `has_more: true` is right if the
 * thread grew. Only a later response that shows its end tells: without one the page is not judged.
 * @param lists all lists of the run
 */
export function judgeHasMoreSoFar(list: ListExchange, lists: readonly ListExchange[]): JudgeResult {
  const result = judgeHasMore(list)
  return mayHaveGrown(list, result) && !lists.some((later) => showsEndAfter(later, list))
    ? 'undecided'
    : result
}

/** Whether an event appended before the page was read explains what is wrong with its `has_more`. */
export function mayHaveGrown({ query }: ListExchange, result: JudgeResult): boolean {
  return findingIn(result)?.kind === 'has-more-surplus' && goesToNewest(query)
}

function goesToNewest({ order, before }: ListQuery): boolean {
  return (order === 'desc') === (before !== undefined)
}

function showsEndAfter(later: ListExchange, { thread, exchange }: ListExchange): boolean {
  const { startedAtMs, totalMs } = exchange
  return later.thread === thread && later.exchange.startedAtMs >= startedAtMs + totalMs && showsEnd(later)
}

function showsEnd({ thread, query, page }: ListExchange): boolean {
  const newest = thread.sequence.events.at(-1)?.id
  if (typeof page === 'string' || newest === undefined || query.types !== undefined) return false
  const { order, after, before, limit = defaultLimit } = query
  if (before !== undefined) return false
  if (order === 'desc') return after === undefined && page.events[0]?.id === newest
  if (page.events.length === 0) return after === newest
  return page.events.length < limit && page.events.at(-1)?.id === newest
}
