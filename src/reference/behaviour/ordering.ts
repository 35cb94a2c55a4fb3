import type { Entry, SortKey } from '../store/entry.ts'
import { instantKey } from '../store/instant-key.ts'
import type { ThreadEvent } from '../world/world.ts'

/** The order in which a thread's events are listed (ORD). */
export interface Ordering {
  /** What of an event decides its place. Called once for each event, when it arrives. */
  sortKey(event: ThreadEvent): SortKey
  /** Negative when `a` comes first; 0 for a tie, which arrival decides. */
  compare(a: Entry, b: Entry): number
  /**
   * The whole thread in order. The last `arrived` of the entries are new, the ones before are in the order
   * that this function gave them last time; when a thread is loaded, all are new.
   */
  arrange(
    entries: readonly Entry[],
    arrived: number,
    compare: (a: Entry, b: Entry) => number,
  ): readonly Entry[]
}

export const standardOrdering: Ordering = {
  sortKey: (event) => instantKey(event.created_at) ?? '',
  compare(a, b) {
    if (a.key === b.key) return 0
    return a.key < b.key ? -1 : 1
  },
  // Sorting is stable, so ties stay in the order of arrival.
  arrange: (entries, _arrived, compare) => entries.toSorted(compare),
}
