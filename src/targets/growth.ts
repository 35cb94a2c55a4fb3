import type { ReadingRound } from '../oracle/hostile-input/idempotence.ts'
import { largestLimit } from '../oracle/pagination/list-query.ts'
import type { RouteClient } from './route-client.ts'
import type { ThreadSnapshot } from './thread-snapshot.ts'

/** Rounds of different size, so that a thread that grows by itself does not match all of them. */
const roundSizes = [3, 11, 5]

/**
 * How a thread grows while nothing but the suite's reads is known to happen. Has to run while no check asks anything.
 * @returns nothing for a thread that did not grow
 */
export async function measureGrowth(
  routeClient: RouteClient,
  thread: ThreadSnapshot,
): Promise<readonly ReadingRound[] | undefined> {
  if (!thread.complete || thread.problem !== undefined) return undefined
  await routeClient.list(thread, {})
  if ((await isAtRest(routeClient, thread)) || !(await thread.refresh())) return undefined
  const rounds: ReadingRound[] = []
  for (const reads of roundSizes) {
    const before = thread.events.length
    const exchanges: number[] = []
    for (let at = 0; at < reads; at++)
      exchanges.push((await routeClient.list(thread, {}, { fresh: true })).exchange.id)
    await thread.refresh()
    rounds.push({ reads, growth: thread.events.length - before, exchanges })
  }
  return rounds
}

// Nothing follows the newest event: a request that a check makes too.
async function isAtRest(routeClient: RouteClient, thread: ThreadSnapshot): Promise<boolean> {
  const newest = thread.events.at(-1)
  if (newest === undefined) return false
  const { page } = await routeClient.list(thread, { after: newest.id, limit: largestLimit })
  return typeof page !== 'string' && page.events.length === 0
}
