import { eventsPath } from '../contract/events-path.ts'
import { queryString, type TypeSpelling } from '../oracle/pagination/list-query.ts'
import type { CheckContext } from './check-context.ts'

/** A type that no event has. */
export const nobodysType = 'conformance.no_such_type'

/** More names than a list of some default length holds. */
export const moreThanUsual = 21

const longestUrl = 2_000

/** The types, and invented ones up to `most` in all or as many as a URL of 2,000 characters holds (FLT-03). */
export function manyTypes(
  t: CheckContext,
  types: readonly string[],
  spelling: TypeSpelling,
  most: number,
): string[] {
  const room = roomForQuery(t) - '&limit=100&order=desc&after_id='.length
  const all = [...types]
  for (let at = 0; all.length < most; at++) {
    const next = [...all, `${nobodysType}_${at}`]
    if (queryString({ types: next }, spelling).length > room) break
    all.push(`${nobodysType}_${at}`)
  }
  // Around the invented types, so that a server that reads only the first or last ones is noticed.
  return [types[0] ?? '', ...all.slice(types.length), ...types.slice(1)]
}

/** How long a query may be in a URL of 2,000 characters, with an origin and a base path of 200. */
export function roomForQuery(t: CheckContext): number {
  return longestUrl - eventsPath(t.thread).length - 200
}
