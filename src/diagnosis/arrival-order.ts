import { instantKey } from '../reference/store/instant-key.ts'
import type { ThreadEvent } from '../reference/world/world.ts'

/** Where an event was seen: within one source, events are in the order of these numbers. */
export interface ArrivalRanks {
  /** In an ascending list without a cursor. */
  readonly inList?: number
  /** In a descending list without a cursor, from its end. */
  readonly fromEnd?: number
  /** In a stream of the whole history. */
  readonly inStream?: number
  /** In an ascending list behind a cursor. Such pages may be cut wrongly. */
  readonly behindCursor?: number
  /** By exchange, its position on a page behind a cursor. */
  readonly onPages?: ReadonlyMap<number, number>
}

/** The most reliable first. */
const sources = ['inList', 'fromEnd', 'inStream', 'behindCursor'] as const

interface Placed {
  readonly event: ThreadEvent
  readonly key: string
  readonly ranks: ArrivalRanks
}

/**
 * The events as they may have arrived. A list out of order shows what its server sorts by, which may be that; events of
 * one instant are listed as they arrived.
 */
export function asArrived(
  events: readonly ThreadEvent[],
  ranksOf: (event: ThreadEvent) => ArrivalRanks,
): readonly ThreadEvent[] {
  const placed = events.map(
    (event): Placed => ({ event, key: instantKey(event.created_at) ?? '', ranks: ranksOf(event) }),
  )
  const listed = placed
    .filter(({ ranks }) => ranks.inList !== undefined)
    .sort((a, b) => (a.ranks.inList ?? 0) - (b.ranks.inList ?? 0))
  const ordered = listed.every(({ key }, at) => at === 0 || (listed[at - 1]?.key ?? '') <= key)
  if (!ordered) return placed.sort(bySource).map(({ event }) => event)
  const instants = new Map<string, Placed[]>()
  for (const one of placed) instants.set(one.key, [...(instants.get(one.key) ?? []), one])
  return [...instants]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, ofInstant]) => inOneOrder(ofInstant).map(({ event }) => event))
}

// Two sources do not tell in which order an event of one and an event of the other arrived.
function inOneOrder(events: readonly Placed[]): readonly Placed[] {
  const isListed = ({ ranks }: Placed) => ranks.inList !== undefined
  const listed = events.filter(isListed).toSorted(bySource)
  const rest = events.filter((one) => !isListed(one))
  return [...listed, ...(agreedOrder(rest) ?? rest.toSorted(bySource))]
}

/** The order that two sources agree on: a bug of one way of reading shows in one source only. Else that of the first. */
function agreedOrder(events: readonly Placed[]): readonly Placed[] | undefined {
  const orders = ordersOf(events)
  const idsOf = (order: readonly Placed[]) => order.map(({ event }) => event.id).join()
  const agreed = orders.find((order, at) =>
    orders.some((other, place) => place !== at && idsOf(other) === idsOf(order)),
  )
  return agreed ?? orders[0]
}

/** The order of all of these events in each source that shows all of them. */
function ordersOf(events: readonly Placed[]): readonly (readonly Placed[])[] {
  const orderBy = (rankOf: (ranks: ArrivalRanks) => number | undefined) =>
    events.every(({ ranks }) => rankOf(ranks) !== undefined)
      ? [events.toSorted((a, b) => (rankOf(a.ranks) ?? 0) - (rankOf(b.ranks) ?? 0))]
      : []
  const pages = [...(events[0]?.ranks.onPages?.keys() ?? [])]
  const page = pages.find((id) => events.every(({ ranks }) => ranks.onPages?.has(id) === true))
  return [
    ...orderBy(({ fromEnd }) => fromEnd),
    ...orderBy(({ inStream }) => inStream),
    ...(page === undefined ? [] : orderBy(({ onPages }) => onPages?.get(page))),
  ]
}

/** Where a thread is not sorted by time: pages behind a cursor follow the first page, the newest events are the last. */
const along = ['inList', 'behindCursor', 'inStream', 'fromEnd'] as const

function bySource(a: Placed, b: Placed): number {
  const [one, other] = [placeOf(a), placeOf(b)]
  return one.source - other.source || one.at - other.at
}

function placeOf({ ranks }: Placed): { readonly source: number; readonly at: number } {
  const source = sources.find((one) => ranks[one] !== undefined)
  if (source === undefined) return { source: along.length, at: 0 }
  return { source: along.indexOf(source), at: ranks[source] ?? 0 }
}
