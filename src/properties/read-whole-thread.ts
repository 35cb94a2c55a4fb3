import { judgePage, requirementOfWindow } from '../oracle/attribution/attribute-page.ts'
import type { Attribution } from '../oracle/attribution/attribution.ts'
import type { KnownEvent } from '../oracle/event.ts'
import type { ListExchange } from '../oracle/history.ts'
import { firstInversion } from '../oracle/order/inversion.ts'
import { largestLimit } from '../oracle/pagination/list-query.ts'
import { idsOf } from '../oracle/pagination/page.ts'
import type { FixtureSnapshot } from '../targets/fixture-snapshot.ts'
import type { RouteClient } from '../targets/route-client.ts'

/** The result of reading a thread; `refused`: the target does not take its ids, or does not know them. */
export interface WholeThreadRead {
  readonly attributions: Attribution[]
  readonly judged: number
  readonly refused: boolean
}

/**
 * Reads a thread of the suite's own making in the largest pages, judges each, and adopts the order that the target
 * gives to events of one instant: which one it is is the target's matter.
 */
export async function readWholeThread(
  routeClient: RouteClient,
  snapshot: FixtureSnapshot,
  loaded: ReadonlyMap<string, KnownEvent>,
): Promise<WholeThreadRead> {
  const lists = await pagesOf(routeClient, snapshot)
  const refused = lists.some(({ exchange: { response } }) => [400, 404].includes(response?.status ?? 0))
  const seen = lists.flatMap(({ page }) => (typeof page === 'string' ? [] : page.events))
  const events = idsOf(seen).flatMap((id) => loaded.get(id) ?? [])
  const whole =
    events.length === loaded.size && seen.length === loaded.size && new Set(events).size === loaded.size
  if (whole && firstInversion(events) === undefined) snapshot.adopt(events)
  for (const list of lists) {
    const { attributions, window } = judgePage(list, loaded)
    if (attributions.length > 0) return { attributions: [...attributions], judged: lists.length, refused }
    if (window !== undefined)
      return {
        attributions: [{ id: requirementOfWindow(list, 'comma'), finding: window }],
        judged: lists.length,
        refused,
      }
  }
  return { attributions: [], judged: lists.length, refused }
}

async function pagesOf(routeClient: RouteClient, snapshot: FixtureSnapshot): Promise<ListExchange[]> {
  const lists: ListExchange[] = []
  const most = Math.floor(snapshot.events.length / largestLimit) + 2
  for (let after: string | undefined; lists.length < most; ) {
    const query = { limit: largestLimit, ...(after === undefined ? {} : { after }) }
    const list = await routeClient.list(snapshot, query, { fresh: true })
    lists.push(list)
    if (typeof list.page === 'string' || list.page.events.length < largestLimit) break
    after = list.page.events.at(-1)?.id
    if (after === undefined) break
  }
  return lists
}
