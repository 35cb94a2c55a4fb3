import type { KnownEvent } from '../event.ts'
import { tieGroups } from '../order/tie-groups.ts'

/** The events of a thread without those that its list shows of other threads, unless no label is right. */
export function ownEvents({
  events,
  threadId,
}: {
  readonly events: readonly KnownEvent[]
  readonly threadId: string
}): readonly KnownEvent[] {
  const own = events.filter(({ thread }) => thread === undefined || thread === threadId)
  return own.length > 0 ? own : events
}

/**
 * The events that are worth using as cursors: both ends, the places around which default and largest pages
 * end, the middle, and those with neighbours of the same timestamp.
 * @param most how many at the most; those named first are kept
 */
export function interestingCursors(events: readonly KnownEvent[], most: number): KnownEvent[] {
  const last = events.length - 1
  const places = [0, last, 1, last - 1, ...tiePlaces(events), 18, 19, 20, 99, 100, Math.floor(last / 2)]
  const chosen = new Set(places.filter((place) => place >= 0 && place <= last))
  return [...chosen].slice(0, most).flatMap((place) => events[place] ?? [])
}

/**
 * The events whose ids the target was probed with, as `after_id` and as `before_id`. A page that wrongly includes its
 * cursor differs from a page without a cursor only from the second event on. The events before the fourth differ from
 * those of a page that no cursor gives.
 */
export function probedCursors(
  events: readonly KnownEvent[],
): readonly [after: KnownEvent | undefined, before: KnownEvent | undefined] {
  return [events[1] ?? events[0], events[3] ?? events.at(-1)]
}

/**
 * Cursors for lists of one type: an event of the type and one of another type from the middle of the thread, the first
 * and the last event of another type, and the last one of the type. `undefined` where there is no such event.
 */
export function filterCursors(events: readonly KnownEvent[], type: string): (KnownEvent | undefined)[] {
  const matching = events.filter((event) => event.type === type)
  const others = events.filter((event) => event.type !== type)
  return [middle(matching), middle(others), others[0], others.at(-1), matching.at(-1)]
}

function middle(events: readonly KnownEvent[]): KnownEvent | undefined {
  return events[Math.floor((events.length - 1) / 2)]
}

function tiePlaces(events: readonly KnownEvent[]): number[] {
  const place = new Map(events.map((event, at) => [event.id, at]))
  return tieGroups(events)
    .slice(0, 2)
    .flatMap((group) => {
      const first = place.get(group[0]?.id ?? '') ?? 0
      return [first, first + 1, first - 1, first + group.length - 1]
    })
}

/** Event types of the thread, the most frequent first, then the rarest, alternately. */
export function interestingTypes(events: readonly KnownEvent[], most = 6): string[] {
  const counts = new Map<string, number>()
  for (const { type } of events)
    if (type !== undefined && usable(type)) counts.set(type, (counts.get(type) ?? 0) + 1)
  const byCount = [...counts].sort((a, b) => b[1] - a[1]).map(([type]) => type)
  const mixed = byCount.flatMap((type, at) => [type, byCount[byCount.length - 1 - at] ?? type])
  return [...new Set(mixed)].slice(0, most)
}

// A comma separates types, white space around one is an open question, and half a surrogate pair fits no URL: none of
// these can be asked for.
function usable(type: string): boolean {
  return type !== '' && !type.includes(',') && type.trim() === type && !/\p{Surrogate}/u.test(type)
}
