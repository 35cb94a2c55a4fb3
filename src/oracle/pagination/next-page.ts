import type { JsonValue } from '../../contract/json.ts'
import { differenceOf } from '../difference.ts'
import type { ListExchange } from '../history.ts'
import type { JudgeResult } from '../judge-result.ts'
import { idsOf } from './page.ts'
import { described, possibleWindows } from './page-window.ts'

/** Whether a `next_page` can be followed. */
export function isCursor(nextPage: JsonValue | undefined): nextPage is string {
  return typeof nextPage === 'string' && nextPage !== ''
}

/**
 * PAG-20: `next_page` is a string or null, and null exactly where no more events follow. What it is on a page that was
 * read backward is not documented.
 */
export function judgeNextPage(list: ListExchange): JudgeResult {
  const { page, query, exchange } = list
  if (typeof page === 'string' || query.before !== undefined) return 'undecided'
  const at = {
    exchanges: [exchange.id],
    actual: page.nextPage === undefined ? 'no next_page' : `next_page: ${JSON.stringify(page.nextPage)}`,
  }
  const name = described(query)
  if (page.nextPage === undefined)
    return {
      kind: 'next-page-absent',
      message: `${name}: next_page is missing.`,
      expected: 'a non-empty string or null',
      ...at,
    }
  const isNull = page.nextPage === null
  if (!isNull && !isCursor(page.nextPage))
    return {
      kind: 'next-page-type',
      message: `${name}: next_page is neither a non-empty string nor null.`,
      expected: 'a non-empty string or null',
      ...at,
    }
  // A page with the wrong events is another requirement's finding, and is not judged here.
  const ids = idsOf(page.events)
  const decided = [...possibleWindows(list)].filter(
    ({ events, hasMore }) => hasMore !== undefined && differenceOf(idsOf(events), ids) === undefined,
  )
  const [first] = decided
  if (first === undefined) return 'undecided'
  if (decided.some(({ hasMore }) => hasMore === !isNull)) return undefined
  return first.hasMore === true
    ? {
        kind: 'next-page-missing',
        message: `${name}: next_page is null although more events follow.`,
        expected: 'a cursor in next_page',
        ...at,
      }
    : {
        kind: 'next-page-surplus',
        message: `${name}: next_page is a cursor although no more events follow.`,
        expected: 'next_page: null',
        ...at,
      }
}
