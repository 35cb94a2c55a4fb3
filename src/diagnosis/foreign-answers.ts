import { featuresOf } from '../capabilities/request-features.ts'
import type { JsonValue } from '../contract/json.ts'
import { differingFacets } from './facets.ts'
import type { ObservedRequest, ObservedRun } from './observed-run.ts'
import type { AnswersByRequest } from './replay-on-reference.ts'

/** How far back the other request may be. */
const mostBefore = 60
/** Fewer are chance. */
const fewest = 2

/**
 * Answers that are the right answer to another recent request: from a cache with too short a key, from requests that
 * were merged into one, or from the state of a connection.
 * @returns by exchange, the exchange of the other request; nothing where there are too few
 */
export function foreignAnswers(
  left: readonly ObservedRequest[],
  { asked }: ObservedRun,
  sound: AnswersByRequest,
  values: readonly JsonValue[],
): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const one of left) {
    const at = asked.indexOf(one)
    const { body, status } = one.answer
    if (status !== 200 || body.kind !== 'list' || (body.rows?.length ?? 0) < 2) continue
    const other = asked
      .slice(Math.max(0, at - mostBefore), at)
      .toReversed()
      .find((earlier) => {
        const right = sound.get(earlier.exchange.id)
        return (
          right !== undefined &&
          isOtherRequest(earlier, one) &&
          differingFacets(one, right, values).size === 0
        )
      })
    if (other !== undefined) found.set(one.exchange.id, other.exchange.id)
  }
  return found.size >= fewest && found.size >= 0.5 * left.length ? found : new Map()
}

// A request that merely lacks a parameter has the answer of a server that ignores the parameter.
function isOtherRequest(earlier: ObservedRequest, one: ObservedRequest): boolean {
  const [a, b] = [earlier.exchange.request, one.exchange.request]
  if (a.target === b.target) return false
  const [pathA, pathB] = [a.target.split('?')[0], b.target.split('?')[0]]
  if (pathA !== pathB) return true
  const [less, more] = [featuresOf(a).features, featuresOf(b).features]
  return [...less].some((feature) => more.has(feature)) && less.size >= more.size
}
