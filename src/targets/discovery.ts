import { eventsPath } from '../contract/events-path.ts'
import { percentEncoded } from '../contract/percent-encoded.ts'
import { defaultRevision } from '../contract/revisions/index.ts'
import type { Revision } from '../contract/revisions/revision.ts'
import { isKnown } from '../oracle/event.ts'
import { type EventReader, readerOf } from '../oracle/event-table.ts'
import { tieGroups } from '../oracle/order/tie-groups.ts'
import { largestLimit, queryString } from '../oracle/pagination/list-query.ts'
import { type Page, readPage } from '../oracle/pagination/page.ts'
import type { WireClient } from '../wire/client.ts'
import type { Exchange } from '../wire/exchange.ts'
import { ListRoutes } from './list-routes.ts'

/** A thread by its ids. */
export interface ThreadAddress {
  readonly sessionId: string
  readonly threadId: string
}

/** Ids that were configured; missing ones are discovered. */
export interface ConfiguredIds {
  readonly sessionId: string | undefined
  readonly threadId: string | undefined
  readonly siblingThreadId: string | undefined
  readonly otherSessionId: string | undefined
  readonly otherThreadId: string | undefined
}

/** The threads to judge. */
export interface DiscoveredThreads {
  readonly sessionId: string | undefined
  readonly threadId: string | undefined
  readonly siblingThreadId: string | undefined
  readonly other: ThreadAddress | undefined
  /** Why no thread was found. */
  readonly problem: string | undefined
  /** Every id of a session or thread that was seen. */
  readonly known: readonly string[]
  /** The largest first page of a thread that was looked at. */
  readonly firstPage: (place: ThreadAddress) => Exchange | undefined
  /** How far the search went, where it ended before everything was looked at. */
  readonly stopped: string | undefined
}

/** How far a search goes: how many requests it may take, and how many sessions and threads it looks at together. */
export interface SearchExtent {
  readonly mostRequests: number
  readonly sessionsAtOnce: number
  readonly threadsAtOnce: number
  /** Whether it looks at one session after the other, and at no more threads than it has to. */
  readonly brief: boolean
}

/** Looks at many threads, to choose the one that exercises most. */
export const wideSearch: SearchExtent = {
  mostRequests: 60,
  sessionsAtOnce: 6,
  threadsAtOnce: 8,
  brief: false,
}

/** Looks at few threads at a time, and stops at the first one that exercises everything. */
export function briefSearch(mostRequests: number): SearchExtent {
  return { mostRequests, sessionsAtOnce: 2, threadsAtOnce: 2, brief: true }
}

/** A thread with what a run could exercise on it. */
interface Candidate {
  readonly place: ThreadAddress
  readonly events: number
  readonly score: number
  /** Whether it exercises everything: a third page, several types, equal timestamps. */
  readonly ample: boolean
}

/**
 * Finds sessions and threads through the two list routes, page by page, until there is a thread that exercises most. A
 * target without these routes is no failure: what stays unknown is then `undefined`.
 */
export async function discover(
  client: WireClient,
  given: ConfiguredIds,
  extent: SearchExtent = wideSearch,
  revision: Revision = defaultRevision,
): Promise<DiscoveredThreads> {
  const reader = readerOf(revision.events)
  const otherGiven = given.otherThreadId !== undefined && given.otherSessionId !== undefined
  const complete = given.threadId !== undefined && given.siblingThreadId !== undefined && otherGiven
  const routes = new ListRoutes(client, extent.mostRequests)
  if (complete) return chosen(given, [], [], routes)
  const sessions = sessionIds(routes, given, given.sessionId !== undefined && otherGiven)
  const open: AsyncGenerator<ThreadAddress[]>[] = []
  const candidates: Candidate[] = []
  const places: ThreadAddress[] = []
  for (;;) {
    while (open.length < extent.sessionsAtOnce) {
      const session = await sessions.next()
      if (session.done === true) break
      open.push(threadsOf(routes, session.value, extent.threadsAtOnce))
    }
    const turns = await Promise.all(open.map(async (threads) => ({ threads, turn: await threads.next() })))
    for (const { threads, turn } of turns) if (turn.done === true) open.splice(open.indexOf(threads), 1)
    const found = turns.flatMap(({ turn }) => (turn.done === true ? [] : turn.value))
    places.push(...found)
    const wanted = found.filter(
      ({ sessionId }) => given.sessionId === undefined || sessionId === given.sessionId,
    )
    for (const together of extent.brief ? bySession(wanted) : [wanted]) {
      // What another session's threads hold does not matter once there is a thread to judge.
      if (extent.brief && suffices(candidates, places, given)) break
      const looked = await Promise.all(together.map((place) => candidateAt(routes, place, given, reader)))
      candidates.push(...looked.filter((one) => one !== undefined))
    }
    if (turns.length === 0 || routes.exhausted || suffices(candidates, places, given)) break
  }
  return chosen(given, candidates, places, routes)
}

function bySession(places: readonly ThreadAddress[]): ThreadAddress[][] {
  const sessions = [...new Set(places.map(({ sessionId }) => sessionId))]
  return sessions.map((id) => places.filter(({ sessionId }) => sessionId === id))
}

async function* sessionIds(
  routes: ListRoutes,
  given: ConfiguredIds,
  nothingElse: boolean,
): AsyncGenerator<string> {
  const first = [...new Set([given.sessionId, given.otherSessionId])].filter((id) => id !== undefined)
  yield* first
  if (nothingElse) return
  for await (const page of routes.ids('/sessions')) for (const id of page) if (!first.includes(id)) yield id
}

async function* threadsOf(
  routes: ListRoutes,
  sessionId: string,
  atOnce: number,
): AsyncGenerator<ThreadAddress[]> {
  for await (const page of routes.ids(`/sessions/${percentEncoded(sessionId)}/threads`))
    for (let at = 0; at < page.length; at += atOnce)
      yield page.slice(at, at + atOnce).map((threadId) => ({ sessionId, threadId }))
}

// Each session has to be looked at with its neighbours: a thread without a sibling leaves isolation unjudged.
function suffices(
  candidates: readonly Candidate[],
  places: readonly ThreadAddress[],
  given: ConfiguredIds,
): boolean {
  const hasOther = (place: ThreadAddress) =>
    given.otherThreadId !== undefined || places.some(({ sessionId }) => sessionId !== place.sessionId)
  const main = candidates.filter(({ place, ample }) =>
    given.threadId === undefined ? ample : place.threadId === given.threadId,
  )
  return main.some(
    (one) => hasOther(one.place) && (given.siblingThreadId !== undefined || hasSibling(one, candidates)),
  )
}

function hasSibling({ place }: Candidate, candidates: readonly Candidate[]): boolean {
  return candidates.some(
    (one) =>
      one.place.sessionId === place.sessionId && one.place.threadId !== place.threadId && one.events > 0,
  )
}

function chosen(
  given: ConfiguredIds,
  candidates: readonly Candidate[],
  places: readonly ThreadAddress[],
  routes: ListRoutes,
): DiscoveredThreads {
  const worth = (one: Candidate) => one.score + (one.events > 0 && hasSibling(one, candidates) ? 30 : 0)
  const best = candidates.toSorted((a, b) => worth(b) - worth(a)).map(({ place }) => place)
  const ranked = [...best, ...places.filter((place) => !best.includes(place))]
  const inSession = (id: string | undefined) =>
    ranked.filter(({ sessionId }) => id === undefined || sessionId === id)
  const main =
    given.sessionId !== undefined && given.threadId !== undefined
      ? { sessionId: given.sessionId, threadId: given.threadId }
      : inSession(given.sessionId)[0]
  const sibling = ranked.find(
    (place) => place.sessionId === main?.sessionId && place.threadId !== main.threadId,
  )
  // Where thread ids are counted in each session, the same id in another one says nothing of whose it is.
  const others = inSession(given.otherSessionId).filter((place) => place.sessionId !== main?.sessionId)
  const other =
    given.otherSessionId !== undefined && given.otherThreadId !== undefined
      ? { sessionId: given.otherSessionId, threadId: given.otherThreadId }
      : (others.find(({ threadId }) => threadId !== main?.threadId) ?? others[0])
  const sessions = new Set(places.map(({ sessionId }) => sessionId)).size
  const stopped = routes.exhausted
    ? `the search stopped after ${routes.most} requests, with ${places.length} threads of ${sessions} sessions seen`
    : undefined
  const absent =
    routes.status === undefined || routes.status === 200
      ? (stopped ?? 'the list routes name none')
      : `the list route answers ${routes.status}`
  return {
    sessionId: main?.sessionId ?? given.sessionId,
    threadId: main?.threadId ?? given.threadId,
    siblingThreadId: given.siblingThreadId ?? sibling?.threadId,
    other,
    problem: main === undefined ? `a thread: none is configured, and ${absent}` : undefined,
    known: [...new Set(places.flatMap(({ sessionId, threadId }) => [sessionId, threadId]))],
    firstPage: (place) => routes.answer(largestPage(place)),
    stopped,
  }
}

function largestPage(place: ThreadAddress): string {
  return `${eventsPath(place)}${queryString({ limit: largestLimit })}`
}

// The configured thread is judged whatever it holds, and read in any case.
function candidateAt(
  routes: ListRoutes,
  place: ThreadAddress,
  { sessionId, threadId }: ConfiguredIds,
  reader: EventReader,
): Promise<Candidate | undefined> {
  return place.sessionId === sessionId && place.threadId === threadId
    ? Promise.resolve({ place, events: 1, score: 0, ample: true })
    : examine(routes, place, reader)
}

// More events, more types and equal timestamps let more requirements be exercised.
async function examine(
  routes: ListRoutes,
  place: ThreadAddress,
  reader: EventReader,
): Promise<Candidate | undefined> {
  const largest = await readFirst(routes, largestPage(place), reader)
  const page = typeof largest === 'string' ? await readFirst(routes, eventsPath(place), reader) : largest
  if (page === undefined) return undefined
  if (typeof page === 'string') return { place, events: 0, score: -1, ample: false }
  const events = page.events.filter(isKnown)
  const types = new Set(events.map((event) => event.type)).size
  const more = page.hasMore === true
  const ties = tieGroups(events).length > 0
  return {
    place,
    events: events.length,
    score: events.length + (more ? 40 : 0) + 5 * Math.min(types, 6) + (ties ? 15 : 0),
    ample: events.length >= 100 && more && types > 1 && ties,
  }
}

async function readFirst(
  routes: ListRoutes,
  target: string,
  reader: EventReader,
): Promise<Page | string | undefined> {
  const exchange = await routes.ask(target)
  return exchange === undefined ? undefined : readPage(exchange, reader)
}
