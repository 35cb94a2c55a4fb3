import type { Behaviour } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'

export type When = (call: ThreadRequestContext) => boolean

export const before: When = ({ query }) => query.cursor?.side === 'before'

export const filtered: When = ({ query }) => query.types !== undefined

export const descending: When = ({ query }) => query.order === 'desc'

export const brackets: When = ({ request }) => /types(\[\]|%5B%5D)=/i.test(request.query)

export const streaming: When = ({ stream }) => stream === true

export const all =
  (...conditions: readonly When[]): When =>
  (call) =>
    conditions.every((condition) => condition(call))

/** Forgets the filter where all of the conditions meet. */
export function unfiltered(when: When) {
  return (base: Behaviour): Partial<Behaviour> => ({
    matches: (call, event) => when(call) || base.matches(call, event),
  })
}
