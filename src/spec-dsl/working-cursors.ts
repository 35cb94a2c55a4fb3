import { differenceOf } from '../oracle/difference.ts'
import type { ListQuery } from '../oracle/pagination/list-query.ts'
import { idsOf } from '../oracle/pagination/page.ts'
import type { ThreadSnapshot } from '../targets/thread-snapshot.ts'
import type { CheckContext } from './check-context.ts'

/**
 * Which of these beginnings of a query (`?order=desc&after_id=`) work with a right cursor: the answer is a list, and not
 * the one that no cursor gives. What a server does with a wrong cursor says nothing where it refuses or ignores each.
 */
export async function workingCursors(
  t: CheckContext,
  thread: ThreadSnapshot,
  starts: readonly string[],
): Promise<string[]> {
  const working = await Promise.all(
    starts.map(async (start) => {
      const newest = start.includes('order=desc')
      const cursor = newest && thread.complete ? thread.events.at(-1) : thread.events[0]
      // As lists, which other checks read too.
      const query = plainQuery(start)
      const [{ page }, { page: plain }] = await Promise.all([
        t.list({ ...query, [start.includes('before_id') ? 'before' : 'after']: cursor?.id ?? '' }),
        t.list(query),
      ])
      if (typeof page === 'string' || typeof plain === 'string') return []
      return differenceOf(idsOf(plain.events), idsOf(page.events)) === undefined ? [] : [start]
    }),
  )
  return working.flat()
}

function plainQuery(start: string): ListQuery {
  const parameters = new URLSearchParams(start)
  const limit = parameters.get('limit')
  return {
    ...(limit === null ? {} : { limit: Number(limit) }),
    ...(parameters.get('order') === 'desc' ? { order: 'desc' as const } : {}),
  }
}
