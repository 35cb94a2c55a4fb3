import { isJsonObject, parseJson, stringField } from '../contract/json.ts'
import { percentEncoded } from '../contract/percent-encoded.ts'
import { isKnown } from '../oracle/event.ts'
import { readPage } from '../oracle/page.ts'
import { eventsPath } from '../target/events-path.ts'
import type { WireClient } from '../wire/client.ts'
import { tieGroups } from './cursors.ts'

/** A thread by its ids. */
export interface Place {
  readonly sessionId: string
  readonly threadId: string
}

/** Ids that were configured; what is missing is looked for. */
export interface GivenIds {
  readonly sessionId: string | undefined
  readonly threadId: string | undefined
  readonly siblingThreadId: string | undefined
  readonly otherSessionId: string | undefined
  readonly otherThreadId: string | undefined
}

/** What there is to look at. */
export interface Places {
  readonly sessionId: string | undefined
  readonly threadId: string | undefined
  readonly siblingThreadId: string | undefined
  readonly other: Place | undefined
  /** Why there is no thread, where there is none. */
  readonly problem: string | undefined
}

const mostSessions = 6
const mostThreads = 8

/**
 * Finds sessions and threads through the two list routes, and chooses those that can exercise most. A target
 * without these routes is no failure: what stays unknown is then `undefined`.
 */
export async function discover(client: WireClient, given: GivenIds): Promise<Places> {
  const known = given.otherThreadId !== undefined && given.otherSessionId !== undefined
  const nothingToFind = given.threadId !== undefined && given.siblingThreadId !== undefined && known
  if (nothingToFind) return chosen(given, [])
  const sessions = given.sessionId !== undefined && known ? [] : await idsAt(client, '/sessions')
  const wanted = [
    ...new Set(
      [given.sessionId, given.otherSessionId, ...sessions.slice(0, mostSessions)].filter(
        (id) => id !== undefined,
      ),
    ),
  ]
  const places = (
    await Promise.all(
      wanted.map(async (sessionId) => {
        const threads = await idsAt(client, `/sessions/${percentEncoded(sessionId)}/threads`)
        return threads.slice(0, mostThreads).map((threadId) => ({ sessionId, threadId }))
      }),
    )
  ).flat()
  const needed = places.filter(
    ({ sessionId }) => given.sessionId === undefined || sessionId === given.sessionId,
  )
  const scored = await Promise.all(
    needed.map(async (place) => ({ place, score: await scoreOf(client, place) })),
  )
  const ranked = scored.sort((a, b) => b.score - a.score).map(({ place }) => place)
  return chosen(given, [...ranked, ...places.filter((place) => !ranked.includes(place))])
}

function chosen(given: GivenIds, ranked: readonly Place[]): Places {
  const inSession = (id: string | undefined) =>
    ranked.filter(({ sessionId }) => id === undefined || sessionId === id)
  const main =
    given.sessionId !== undefined && given.threadId !== undefined
      ? { sessionId: given.sessionId, threadId: given.threadId }
      : (inSession(given.sessionId)[0] ?? undefined)
  const sibling = ranked.find(
    (place) => place.sessionId === main?.sessionId && place.threadId !== main.threadId,
  )
  const other =
    given.otherSessionId !== undefined && given.otherThreadId !== undefined
      ? { sessionId: given.otherSessionId, threadId: given.otherThreadId }
      : inSession(given.otherSessionId).find((place) => place.sessionId !== main?.sessionId)
  return {
    sessionId: main?.sessionId ?? given.sessionId,
    threadId: main?.threadId ?? given.threadId,
    siblingThreadId: given.siblingThreadId ?? sibling?.threadId,
    other,
    problem: main === undefined ? 'a thread: none was configured, and the list routes name none' : undefined,
  }
}

async function idsAt(client: WireClient, target: string): Promise<string[]> {
  const { response } = await client.ask({ purpose: 'discovery', target, accept: ['application/json'] })
  if (response?.status !== 200) return []
  const body = parseJson(response.body)
  const data = isJsonObject(body) ? body.data : undefined
  return Array.isArray(data) ? data.flatMap((item) => stringField(item, 'id') ?? []) : []
}

// More events, more types and equal timestamps let more requirements be exercised.
async function scoreOf(client: WireClient, place: Place): Promise<number> {
  const target = `${eventsPath(place)}?limit=100`
  const page = readPage(await client.ask({ purpose: 'discovery', target, accept: ['application/json'] }))
  if (typeof page === 'string') return -1
  const events = page.events.filter(isKnown)
  const types = new Set(events.map((event) => event.type)).size
  const more = page.hasMore === true ? 40 : 0
  return events.length + more + 5 * Math.min(types, 6) + (tieGroups(events).length > 0 ? 15 : 0)
}
