import { type Feature, isOfferedParameter } from '../capabilities/request-features.ts'
import type { Revision } from '../contract/revisions/revision.ts'
import type { ListQuery, TypeSpelling } from '../oracle/pagination/list-query.ts'

/** The features that a query relies on. */
export function featuresOfQuery(
  { limit, order, after, before, page, types }: ListQuery,
  spelling: TypeSpelling = 'comma',
): Feature[] {
  return [
    ...(limit === undefined ? [] : (['limit'] as const)),
    ...(order === 'desc' ? (['order'] as const) : []),
    ...(after === undefined ? [] : (['after_id'] as const)),
    ...(before === undefined ? [] : (['before_id'] as const)),
    ...(page === undefined ? [] : (['page'] as const)),
    ...(types === undefined ? [] : [spelling === 'comma' ? ('type' as const) : ('types[]' as const)]),
  ]
}

/** Of these query strings, those that use only parameters of the revision. */
export function offeredQueries<Query extends string>(queries: readonly Query[], revision: Revision): Query[] {
  return queries.filter((query) =>
    [...new URLSearchParams(query).keys()].every((name) => isOfferedParameter(name, revision)),
  )
}
