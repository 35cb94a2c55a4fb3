import type { Attribution } from '../oracle/attribution/attribution.ts'
import { differenceOf } from '../oracle/difference.ts'
import type { KnownEvent } from '../oracle/event.ts'
import { idsOf } from '../oracle/pagination/page.ts'
import { FixtureSnapshot } from '../targets/fixture-snapshot.ts'
import type { RouteClient } from '../targets/route-client.ts'
import type { SessionFixtures } from '../targets/session-fixtures.ts'
import type { ThreadSnapshot } from '../targets/thread-snapshot.ts'
import { type ExecutedQuery, executeQuery, type QueryContext } from './execute-queries.ts'
import { knownOf } from './generators/case-arbitraries.ts'
import type { GeneratedCase } from './generators/generated-case.ts'
import { type MadeSession, renamed } from './generators/session.ts'
import { readWholeThread } from './read-whole-thread.ts'

/** The result of one case. */
export interface CaseResult {
  readonly attributions: readonly Attribution[]
  /** How many queries were answered by something that can be judged. */
  readonly judged: number
}

/**
 * Loads the case's session into the target, asks the queries and judges the answers against what was loaded.
 * @throws ControlError when the target does not take the session
 */
export async function evaluateFixtureCase(
  { queries, session: made }: GeneratedCase & { readonly session: MadeSession },
  sessionFixtures: SessionFixtures,
  routeClient: RouteClient,
): Promise<CaseResult> {
  const { sessionId, threadIds } = sessionFixtures.freshIds(made.threads.length)
  const first = await examineAs({ queries, session: renamed(made, sessionId) }, sessionFixtures, routeClient)
  if (first !== 'refused') return first
  // Ids of strange forms are worth trying; a target that takes no others than its own kind is right as well.
  const again = sessionFixtures.freshIds(0).sessionId
  const second = await examineAs(
    { queries, session: renamed(made, again, threadIds) },
    sessionFixtures,
    routeClient,
    true,
  )
  return second === 'refused' ? { attributions: [], judged: 0 } : second
}

async function examineAs(
  value: GeneratedCase & { readonly session: MadeSession },
  sessionFixtures: SessionFixtures,
  routeClient: RouteClient,
  evenRefused = false,
): Promise<CaseResult | 'refused'> {
  try {
    await sessionFixtures.put(value.session)
    return await examineLoaded(value, routeClient, evenRefused)
  } finally {
    await sessionFixtures.discard(value.session.id)
  }
}

async function examineLoaded(
  { queries, session }: GeneratedCase & { readonly session: MadeSession },
  routeClient: RouteClient,
  evenRefused: boolean,
): Promise<CaseResult | 'refused'> {
  const snapshots = knownOf(session).map(
    (events, at) =>
      new FixtureSnapshot({ sessionId: session.id, threadId: session.threads[at]?.id ?? '' }, events),
  )
  routeClient.setSnapshots(snapshots)
  const loaded = snapshots.map(({ events }) => new Map(events.map((event) => [event.id, event])))
  const named = new Set(queries.flatMap((one) => ('owner' in one ? [one.thread, one.owner] : [one.thread])))
  for (const [at, snapshot] of snapshots.entries()) {
    if (!named.has(at)) continue
    const read = await readWholeThread(routeClient, snapshot, loaded[at] ?? new Map())
    if (read.refused && !evenRefused) return 'refused'
    if (read.attributions.length > 0) return { attributions: read.attributions, judged: read.judged }
  }
  const surroundings = snapshots.map((snapshot, at) => ({ snapshot, loaded: loaded[at] }))
  const answers = await answersTo(queries, surroundings, routeClient)
  const [main] = snapshots
  const changed = main === undefined ? [] : await readingAdds(routeClient, main)
  return changed.length > 0 ? { attributions: changed, judged: answers.judged } : answers
}

/** Asks queries about threads that were there before, and judges the answers by what was read of them. */
export async function evaluateTargetCase(
  { queries }: GeneratedCase,
  snapshots: readonly ThreadSnapshot[],
  routeClient: RouteClient,
): Promise<CaseResult> {
  routeClient.setSnapshots(snapshots)
  return answersTo(
    queries,
    snapshots.map((snapshot) => ({ snapshot, loaded: undefined })),
    routeClient,
  )
}

async function answersTo(
  queries: GeneratedCase['queries'],
  surroundings: readonly QueryContext[],
  routeClient: RouteClient,
): Promise<CaseResult> {
  const answers: ExecutedQuery[] = await Promise.all(
    queries.map((generated) => executeQuery(generated, surroundings, routeClient)),
  )
  return {
    attributions: answers.flatMap(({ attributions }) => attributions),
    judged: answers.reduce((sum, { judged }) => sum + judged, 0),
  }
}

// What reading adds stands at the newest end, whatever order it is given in.
async function readingAdds(routeClient: RouteClient, snapshot: FixtureSnapshot): Promise<Attribution[]> {
  const list = await routeClient.list(snapshot, { order: 'desc', limit: 5 }, { fresh: true })
  if (typeof list.page === 'string') return []
  const known = new Set(idsOf(snapshot.events))
  const added = list.page.events.filter(({ id }) => id !== undefined && !known.has(id))
  const expected = newest(snapshot.events)
  if (added.length === 0 || differenceOf(expected, idsOf(list.page.events)) === undefined) return []
  const finding = {
    kind: 'reading-adds',
    message: `The thread was only read, but ${added[0]?.id ?? 'an event'} was added.`,
    expected,
    actual: idsOf(list.page.events),
    exchanges: [list.exchange.id],
  }
  return [{ id: 'INP-03', finding }]
}

function newest(events: readonly KnownEvent[]): string[] {
  return idsOf(events).slice(-5).reverse()
}
