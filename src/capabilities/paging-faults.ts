import type { RequirementId } from '../contract/catalogue.ts'
import { attributed } from '../oracle/attribution/attribution.ts'
import { judgeEnds, judgeHasMore } from '../oracle/envelope/envelope.ts'
import { type ListExchange, revisionOf } from '../oracle/history.ts'
import { judgeNextPage } from '../oracle/pagination/next-page.ts'

/**
 * What is wrong, by exchange, with the fields of a page that a client pages by: `has_more`, `first_id`, `last_id`,
 * `next_page`.
 * Fields that are missing break ENV-01, wrong ones ENV-03, ENV-05 and PAG-20.
 */
export function pagingFaultsOf(lists: readonly ListExchange[]): Map<number, readonly RequirementId[]> {
  const faults = new Map<number, readonly RequirementId[]>()
  for (const list of lists) {
    const found = faultsOf(list)
    if (found.length > 0) faults.set(list.exchange.id, found)
  }
  return faults
}

function faultsOf(list: ListExchange): RequirementId[] {
  const { page } = list
  if (typeof page === 'string') return []
  if ([page.firstId, page.lastId, page.hasMore].includes(undefined)) return ['ENV-01']
  const hasPages = revisionOf(list.thread).extensions.has('page')
  return [
    ...attributed('ENV-03', judgeEnds(list)),
    ...attributed('ENV-05', judgeHasMore(list)),
    ...(hasPages ? attributed('PAG-20', judgeNextPage(list)) : []),
  ].map(({ id }) => id)
}
