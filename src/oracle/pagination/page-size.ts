import type { Exchange } from '../../wire/exchange.ts'
import { differenceOf } from '../difference.ts'
import type { Finding } from '../finding.ts'
import type { ListExchange } from '../history.ts'
import type { JudgeResult } from '../judge-result.ts'
import type { Sequence } from './expected-window.ts'
import { largestLimit } from './list-query.ts'
import { idsOf, type Page, readPage } from './page.ts'
import { describedList, possibleWindows } from './page-window.ts'

/** PAG-01 and PAG-02: the number of events on a page. Which events they are is judged elsewhere. */
export function judgeCount(list: ListExchange, page: Page): JudgeResult {
  const counts = [...possibleWindows(list)].map((window) => window.events.length)
  const [expected] = counts
  if (expected === undefined) return 'undecided'
  if (counts.includes(page.events.length)) return undefined
  return {
    kind: page.events.length < expected ? 'too-few' : 'too-many',
    message: `${describedList(list)}: expected ${events(expected)}, got ${page.events.length}.`,
    expected: `${expected} events`,
    actual: `${page.events.length} events`,
    exchanges: [list.exchange.id],
  }
}

/**
 * PAG-10: a page never has more than 100 events, and a limit above 100 that is not refused returns the first 100.
 * @returns `'undecided'` when the thread has too few events for a larger page
 */
export function judgeLargestPage(exchange: Exchange, thread: Sequence, limit: string): JudgeResult {
  const page = readPage(exchange)
  if (typeof page === 'string') return exchange.response?.status === 400 ? undefined : 'undecided'
  if (page.events.length === largestLimit)
    return thread.events.length > largestLimit ? undefined : 'undecided'
  if (page.events.length < largestLimit) return judgeCappedPage(exchange, page, thread, limit)
  return {
    kind: 'too-many',
    message: `limit=${limit}: expected at most ${largestLimit} events, got ${page.events.length}.`,
    expected: `at most ${largestLimit} events`,
    actual: `${page.events.length} events`,
    exchanges: [exchange.id],
  }
}

function judgeCappedPage(exchange: Exchange, page: Page, thread: Sequence, limit: string): JudgeResult {
  if (thread.events.length <= largestLimit || Number(limit) <= largestLimit) return 'undecided'
  return {
    kind: 'too-few',
    message: `limit=${limit}: expected ${largestLimit} events, got ${page.events.length}, although the thread has ${thread.events.length}.`,
    expected: `400, or the first ${largestLimit} events`,
    actual: `${page.events.length} events`,
    exchanges: [exchange.id],
  }
}

/** PAG-11: a cursor that is not an event of the thread does not return the page that a request without cursor returns. */
export function judgeIgnoredCursor(
  exchange: Exchange,
  plain: ListExchange,
  what: string,
): Finding | undefined {
  const page = readPage(exchange)
  if (typeof page === 'string' || typeof plain.page === 'string' || page.events.length === 0) return undefined
  if (differenceOf(idsOf(plain.page.events), idsOf(page.events)) !== undefined) return undefined
  return {
    kind: 'cursor-ignored',
    message: `A cursor that is ${what} is ignored: the response is the same as without a cursor.`,
    expected: 'an error, or an empty page',
    actual: idsOf(page.events),
    exchanges: [exchange.id, plain.exchange.id],
  }
}

function events(count: number): string {
  return count === 1 ? '1 event' : `${count} events`
}
