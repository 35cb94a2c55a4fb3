import { largestLimit } from '../oracle/pagination/list-query.ts'
import { idsOf } from '../oracle/pagination/page.ts'
import type { Replicas } from '../verdict/explain-by-replicas.ts'
import type { RouteClient } from './route-client.ts'
import type { ThreadSnapshot } from './thread-snapshot.ts'

/** More than a copy needs that answers one request in seven. */
const repeats = 8
/** The number of newest events that are requested where lists cannot start with the newest. */
const newestEvents = 60

/**
 * Requests the newest events of a thread at rest a few times. Growth does not explain an event that disappears and may
 * return: replicas that are out of sync alternate.
 */
export async function findReplicas(
  routeClient: RouteClient,
  thread: ThreadSnapshot,
): Promise<Replicas | undefined> {
  if (thread.problem !== undefined || thread.events.length === 0) return undefined
  const late = thread.events.at(-newestEvents)
  // Without `order`, the newest events are those after a late one.
  const newest = routeClient.revision.extensions.has('order')
    ? { order: 'desc' as const, limit: largestLimit }
    : { limit: largestLimit, ...(late === undefined ? {} : { after: late.id }) }
  const shown: { readonly id: number; readonly ids: readonly string[] }[] = []
  for (let at = 0; at < repeats; at++) {
    const { page, exchange } = await routeClient.list(thread, newest, { fresh: true })
    if (typeof page !== 'string') shown.push({ id: exchange.id, ids: idsOf(page.events) })
  }
  if (areDisjoint(shown.map(({ ids }) => ids))) {
    const [one, two] = shown
    const exchanges = [one?.id, two?.id].filter((id) => id !== undefined)
    return { disputed: [...new Set(shown.flatMap(({ ids }) => ids))], exchanges, random: true }
  }
  const disputed = shown.flatMap(({ ids }, at) =>
    ids.filter((id) =>
      shown.slice(at + 1).some((one) => !one.ids.includes(id) && isWithin(id, ids, one.ids)),
    ),
  )
  const [first] = shown
  const other = shown.find(({ ids }) => ids.join() !== first?.ids.join())
  if (disputed.length === 0 || first === undefined || other === undefined) return undefined
  const all = [...new Set(disputed)]
  return { disputed: all, recent: recentEvents(thread, all.length), exchanges: [first.id, other.id] }
}

/**
 * On a growing thread, the events that were the newest at some time of the run: a copy that is behind lacked them then.
 * @param behind how many events a copy lacks now
 */
function recentEvents({ events, initialLength }: ThreadSnapshot, behind: number): readonly string[] {
  if (events.length === initialLength) return []
  return idsOf(events.slice(Math.max(0, initialLength - 2 * behind)))
}

// Growth does not replace a whole page between any two of several requests.
function areDisjoint(pages: readonly (readonly string[])[]): boolean {
  const all = pages.flat()
  return pages.length === repeats && pages.every((ids) => ids.length > 0) && new Set(all).size === all.length
}

// New events push others off a page, so only one that is gone from before what is still there was taken away.
function isWithin(id: string, before: readonly string[], after: readonly string[]): boolean {
  const rest = before.slice(before.indexOf(id) + 1)
  return rest.some((one) => after.includes(one))
}
