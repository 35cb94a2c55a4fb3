import type { ThreadEvent } from '../world/world.ts'

/** What events are sorted by: compared with `<` and `>`. */
export type SortKey = string | number | bigint

/** An event as the store holds it. */
export interface Entry {
  readonly event: ThreadEvent
  readonly key: SortKey
  /** Place in the order of arrival in its thread, from 0. */
  readonly position: number
  /** Bytes of the event as JSON. */
  readonly size: number
}
