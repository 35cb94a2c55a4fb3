import type { JsonObject } from '../../contract/json.ts'

/** One event as a client sees it: the documented fields that every event has, and whatever else it carries. */
export interface ThreadEvent extends JsonObject {
  readonly id: string
  readonly type: string
  readonly session_id: string
  readonly session_thread_id: string
  /** RFC 3339 date-time with a zone. */
  readonly created_at: string
}

/** A thread as data. Events with equal `created_at` stay in the order given. */
export interface WorldThread {
  readonly id: string
  readonly events: readonly ThreadEvent[]
}

export interface WorldSession {
  readonly id: string
  readonly threads: readonly WorldThread[]
}

/** Sessions, threads and events as data: what a server is filled with (schemas/world.schema.json). */
export interface World {
  readonly version: 1
  readonly sessions: readonly WorldSession[]
}
