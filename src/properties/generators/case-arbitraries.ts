import fc from 'fast-check'
import { type KnownEvent, knownEvents } from '../../oracle/event.ts'
import { expectedOrder } from '../../oracle/order/expected-order.ts'
import type { GeneratedCase } from './generated-case.ts'
import { hostileQueries } from './hostile-queries.ts'
import { type GeneratedQuery, type KnownThreads, queriesAbout, requestsOf } from './queries.ts'
import { anySession, type MadeSession } from './session.ts'
import { shrinkCase } from './shrink-case.ts'

/** Requests of one case at the most: staging environments limit those of a run. */
const mostRequests = { made: 18, found: 9 }

/** Cases with a session of their own. */
export function madeCases(): fc.Arbitrary<GeneratedCase> {
  const cases = anySession().chain((session) =>
    queriesAbout(knownOf(session), 7, 7, 10).map((queries) => ({
      session,
      queries: within(queries, mostRequests.made),
    })),
  )
  return new Shrinking(cases)
}

/** Cases about threads that are there already. */
export function foundCases(known: KnownThreads): fc.Arbitrary<GeneratedCase> {
  return new Shrinking(
    queriesAbout(known, 4, 2, 6).map((queries) => ({ queries: within(queries, mostRequests.found) })),
  )
}

/** Cases of malformed and hostile requests. */
export function hostileCases(least: number, most: number): fc.Arbitrary<GeneratedCase> {
  return new Shrinking(hostileQueries(least, most).map((queries) => ({ queries })))
}

/** The first of some queries that together need no more requests than this. */
function within(queries: readonly GeneratedQuery[], most: number): GeneratedQuery[] {
  let requests = 0
  return queries.filter((query) => {
    requests += requestsOf(query)
    return requests <= most
  })
}

/** The events of a session as they must be listed, thread by thread. */
export function knownOf(session: MadeSession): readonly (readonly KnownEvent[])[] {
  return session.threads.map(({ events }) => expectedOrder(knownEvents(events)))
}

/** Cases shrink as whole ones: fewer queries, fewer events, plainer events. */
class Shrinking extends fc.Arbitrary<GeneratedCase> {
  readonly #cases: fc.Arbitrary<GeneratedCase>

  constructor(cases: fc.Arbitrary<GeneratedCase>) {
    super()
    this.#cases = cases
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<GeneratedCase> {
    return new fc.Value(this.#cases.generate(random, bias).value_, undefined)
  }

  override canShrinkWithoutContext(value: unknown): value is GeneratedCase {
    return typeof value === 'object' && value !== null && 'queries' in value
  }

  override shrink(value: GeneratedCase): fc.Stream<fc.Value<GeneratedCase>> {
    return fc.stream(shrinkCase(value)).map((simpler) => new fc.Value(simpler, undefined))
  }
}
