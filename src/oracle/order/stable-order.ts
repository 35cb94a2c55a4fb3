import type { Finding } from '../finding.ts'
import type { ListExchange } from '../history.ts'
import { idsOf } from '../pagination/page.ts'
import { described } from '../pagination/page-window.ts'

/**
 * ORD-04: events with equal timestamps keep one relative order in every read, whatever the page size. Only
 * the relative order is judged: which of them are returned is judged by other requirements.
 * @param members the ids of the events that share a timestamp
 * @param lists reads of the same thread in the same direction
 */
export function judgeStableOrder(
  members: ReadonlySet<string>,
  lists: readonly ListExchange[],
): Finding | undefined {
  const firstShown = new Map<string, ListExchange>()
  for (const list of lists) {
    const ids = typeof list.page === 'string' ? [] : idsOf(list.page.events).filter((id) => members.has(id))
    for (const [at, left] of ids.entries())
      for (const right of ids.slice(at + 1)) {
        const opposite = firstShown.get(`${right} ${left}`)
        if (opposite !== undefined && left !== right) return flipped(left, right, opposite, list)
        if (!firstShown.has(`${left} ${right}`)) firstShown.set(`${left} ${right}`, list)
      }
  }
  return undefined
}

function flipped(left: string, right: string, first: ListExchange, second: ListExchange): Finding {
  return {
    kind: 'tie-order',
    message: `Two events with the same timestamp are in a different order in ${described(first.query).replace('The', 'the')} and ${described(second.query).replace('The', 'the')}.`,
    expected: [right, left],
    actual: [left, right],
    exchanges: [first.exchange.id, second.exchange.id],
  }
}
