import { mayHaveGrown } from '../oracle/envelope/end-of-thread.ts'
import { judgeHasMore } from '../oracle/envelope/envelope.ts'
import type { ListExchange } from '../oracle/history.ts'
import { eventsOnPage } from '../oracle/observed-events.ts'
import { attributeRequests, followUp } from '../targets/request-attribution.ts'
import type { RouteClient } from '../targets/route-client.ts'

/** As often as a thread grows, which most threads do not. */
const mostReadings = 4

/**
 * Reads a thread to its end right after a page whose `has_more` is wrong unless the thread grew. A run that ends early
 * judges no such page without it (ENV-05). One confirmed page is enough.
 */
export function readEnds(routeClient: RouteClient): void {
  let readings = 0
  let busy = false
  const isOpen = (list: ListExchange) => mayHaveGrown(list, judgeHasMore(list))
  routeClient.onList((list) => {
    const snapshot = routeClient.snapshotOf(list.thread)
    if (busy || readings >= mostReadings || snapshot === undefined || !isOpen(list)) return
    busy = true
    readings += 1
    const read = () => followUp(() => snapshot.refresh(eventsOnPage(list)))
    void attributeRequests('ENV-05', read).then(() => {
      busy = false
      if (isOpen(list)) readings = mostReadings
    })
  })
}
