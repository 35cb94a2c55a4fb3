import { diffContext } from '../diff-context.ts'
import { differenceOf } from '../difference.ts'
import type { Finding } from '../finding.ts'
import type { ListExchange } from '../history.ts'
import { expectedBut } from '../said.ts'
import { idsOf } from './page.ts'
import { described } from './page-window.ts'

/** A thread read page by page, each request made from the previous response. */
export interface Traversal {
  readonly direction: 'forward' | 'backward'
  /** Which cursor was followed; by default the ids. */
  readonly by?: 'next_page'
  readonly lists: readonly ListExchange[]
  /** All ids in the order of the list, whatever the direction of paging. */
  readonly ids: readonly string[]
  /** Why it ended: no more events, a repeated cursor, a response that is not a list, or too many pages. */
  readonly end: 'end' | 'cycle' | 'no-list' | 'too-long'
}

const ends: Readonly<Record<Traversal['end'], string>> = {
  end: 'the last page was reached',
  cycle: 'the pages repeat',
  'no-list': 'a page is not a list',
  'too-long': 'the traversal was stopped',
}

/**
 * Judges a traversal: it must visit each expected event exactly once.
 * @param expected the ids known when the traversal began, in the order of the list
 * @param later ids that the thread gained since: allowed, but not required
 */
export function judgeTraversal(
  traversal: Traversal,
  expected: readonly string[],
  later: ReadonlySet<string>,
): Finding | undefined {
  const first = traversal.lists[0]
  const last = traversal.lists.at(-1)
  if (first === undefined || last === undefined) return undefined
  const ids = traversal.ids.filter((id) => !later.has(id))
  const { by } = traversal
  const name = `Paging ${traversal.direction}${by === undefined ? '' : ' by next_page'} from ${described(first.query).replace('The', 'the')}`
  if (traversal.end === 'no-list')
    return {
      kind: 'no-list',
      message: `${name}, page ${traversal.lists.length}: ${expectedBut('a list', typeof last.page === 'string' ? last.page : 'got none')}.`,
      expected: 'a list',
      actual: typeof last.page === 'string' ? last.page : 'no list',
      exchanges: [last.exchange.id],
    }
  const difference = differenceOf(expected, ids)
  // A thread that grows as fast as it is read has no last page.
  const endless = traversal.end === 'too-long' && later.size > 0
  if (difference === undefined && traversal.end !== 'end' && !endless)
    return {
      kind: traversal.end,
      message: `${name}: ${by === undefined ? 'has_more is still true' : 'next_page is still set'} after every event was returned (${ends[traversal.end]}).`,
      expected: by === undefined ? 'has_more: false on the last page' : 'next_page: null on the last page',
      actual: by === undefined ? 'has_more: true' : 'next_page: a cursor',
      exchanges: [last.exchange.id],
    }
  if (difference === undefined) return undefined
  const { exchanges, at } = evidence(traversal, expected)
  return {
    kind: traversal.end === 'cycle' ? 'cycle' : difference.kind,
    message: `${name}: ${difference.sentence}${traversal.end === 'cycle' ? '; a page was returned twice' : ''}.`,
    ...diffContext(expected, ids, at),
    exchanges,
  }
}

// All of a long traversal would hide the place where it went wrong.
function evidence(traversal: Traversal, expected: readonly string[]) {
  const ids = traversal.ids
  const at = Math.max(
    0,
    expected.findIndex((id, index) => id !== ids[index]),
  )
  let visited = 0
  const pages = traversal.direction === 'forward' ? traversal.lists : [...traversal.lists].reverse()
  const index = pages.findIndex((list) => {
    visited += typeof list.page === 'string' ? 0 : idsOf(list.page.events).length
    return visited > at
  })
  const shown = pages.slice(Math.max(0, index - 1), index === -1 ? undefined : index + 1).slice(-2)
  return { exchanges: shown.map((list) => list.exchange.id), at }
}
