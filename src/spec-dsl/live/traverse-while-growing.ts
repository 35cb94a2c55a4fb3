import type { ListExchange } from '../../oracle/history.ts'
import type { ListQuery } from '../../oracle/pagination/list-query.ts'
import { idsOf } from '../../oracle/pagination/page.ts'
import type { Traversal } from '../../oracle/pagination/traversal.ts'
import type { LiveThread } from './live-thread.ts'

/** How many events are appended behind each of the first pages, and behind how many of them. */
export interface Growth {
  readonly events: number
  readonly pages: number
}

/** More pages than any traversal here has, unless its pages repeat. */
const mostPages = 40

/** Pages through a list as a client does, and appends events between pages. */
export async function traverseWhileGrowing(
  { routeClient, snapshot, append }: LiveThread,
  query: ListQuery,
  direction: Traversal['direction'],
  growth: Growth,
): Promise<Traversal> {
  const lists: ListExchange[] = []
  const parts: string[][] = []
  const { after: _after, before: _before, ...rest } = query
  const done = (end: Traversal['end']): Traversal => {
    const ids = (direction === 'forward' ? parts : parts.toReversed()).flat()
    return { direction, lists, ids, end }
  }
  const cursors = new Set<string>()
  for (let next = query; ; ) {
    const list = await routeClient.list(snapshot, next, { fresh: true })
    lists.push(list)
    if (typeof list.page === 'string') return done('no-list')
    parts.push(idsOf(list.page.events))
    const cursor = direction === 'forward' ? list.page.lastId : list.page.firstId
    if (list.page.hasMore !== true || typeof cursor !== 'string') return done('end')
    if (cursors.has(cursor)) return done('cycle')
    if (lists.length >= mostPages) return done('too-long')
    cursors.add(cursor)
    if (lists.length <= growth.pages && growth.events > 0) await append(growth.events)
    next = { ...rest, ...(direction === 'forward' ? { after: cursor } : { before: cursor }) }
  }
}
