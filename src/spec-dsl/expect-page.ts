import type { Finding } from '../oracle/finding.ts'
import type { ListExchange } from '../oracle/history.ts'
import { findingIn, type JudgeResult } from '../oracle/judge-result.ts'
import { eventsOnPage } from '../oracle/observed-events.ts'
import { knowsCursor } from '../oracle/pagination/known-cursor.ts'
import type { Page } from '../oracle/pagination/page.ts'
import { describedList } from '../oracle/pagination/page-window.ts'
import { expectedBut } from '../oracle/said.ts'
import type { CheckRequests } from './check-requests.ts'

/** Judges one page. */
export type PageJudge = (list: ListExchange, page: Page) => JudgeResult

/** Judges one page; a judgement that new events would explain is made again with them known. */
export async function expectPage(t: CheckRequests, list: ListExchange, judge: PageJudge): Promise<void> {
  const { page } = list
  const repeat = async () => {
    const [again] = (await t.routeClient.repeat([list.exchange.id])).lists
    return again === undefined ? undefined : judgedOnce(again, judge)
  }
  // Refusing another thread's event as a cursor is right.
  const status = list.exchange.response?.status
  if ((status === 400 || status === 404) && !knowsCursor(list)) return
  if (typeof page === 'string') return t.record([list.exchange.id], noList(list, page), { repeat })
  let result = judge(list, page)
  const finding = findingIn(result)
  if (finding !== undefined && (await mayHaveGrown(t, list, finding))) result = judge(list, page)
  t.record([list.exchange.id], result, { repeat })
}

async function mayHaveGrown(t: CheckRequests, list: ListExchange, finding: Finding): Promise<boolean> {
  const known = new Set(list.thread.sequence.events.map((event) => event.id))
  const unknown =
    typeof list.page !== 'string' &&
    list.page.events.some((event) => event.id !== undefined && !known.has(event.id))
  if (unknown || finding.kind === 'has-more-surplus')
    await t.routeClient.snapshotOf(list.thread)?.refresh(eventsOnPage(list))
  const { events, late = [] } = list.thread.sequence
  return events.length > list.known || late.length > 0
}

function judgedOnce(list: ListExchange, judge: PageJudge): Finding | undefined {
  const { page } = list
  if (typeof page === 'string') return noList(list, page)
  return findingIn(judge(list, page))
}

function noList(list: ListExchange, page: string): Finding {
  return {
    kind: 'no-list',
    message: `${describedList(list)}: ${expectedBut('a list', page)}.`,
    expected: '200 with a list',
    actual: page,
    exchanges: [list.exchange.id],
  }
}
