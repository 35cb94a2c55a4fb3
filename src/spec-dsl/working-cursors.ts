import { percentEncoded } from '../contract/percent-encoded.ts'
import { differenceOf } from '../oracle/difference.ts'
import { idsOf, readPage } from '../oracle/pagination/page.ts'
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
      const [with_, without] = await Promise.all([
        t.ask({ query: start + percentEncoded(cursor?.id ?? '') }),
        t.ask({ query: start.replace(/[?&](after|before)_id=$/, '') }),
      ])
      const [page, plain] = [readPage(with_), readPage(without)]
      if (typeof page === 'string' || typeof plain === 'string') return []
      return differenceOf(idsOf(plain.events), idsOf(page.events)) === undefined ? [] : [start]
    }),
  )
  return working.flat()
}
