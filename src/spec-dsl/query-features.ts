import type { Feature } from '../capabilities/request-features.ts'
import type { Extension, Revision } from '../contract/revisions/revision.ts'
import type { ListQuery, TypeSpelling } from '../oracle/pagination/list-query.ts'

/** The extension of a revision that each query parameter belongs to; the others are in every revision. */
const extensionOfParameter: Readonly<Record<string, Extension>> = {
  order: 'order',
  type: 'filter',
  'types[]': 'filter',
  page: 'page',
}

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
export function offeredQueries<Query extends string>(
  queries: readonly Query[],
  { extensions }: Revision,
): Query[] {
  return queries.filter((query) =>
    [...new URLSearchParams(query).keys()].every((name) => {
      const extension = extensionOfParameter[name]
      return extension === undefined || extensions.has(extension)
    }),
  )
}
