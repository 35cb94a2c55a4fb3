import type { Capability } from '../capabilities/capabilities.ts'
import type { StreamExchange } from '../oracle/history.ts'
import type { ReadingRound } from '../oracle/hostile-input/idempotence.ts'
import type { ControlAccess } from './control-access.ts'
import type { Interference } from './probe-interference.ts'
import type { ThreadSnapshot } from './thread-snapshot.ts'

/** What is known of the target before the checks begin. */
export interface TargetState {
  readonly sessionId: string | undefined
  readonly threadId: string | undefined
  /** The thread that is judged. */
  readonly thread: ThreadSnapshot | undefined
  /** Why there is no thread to judge, where that is so. */
  readonly threadProblem: string | undefined
  /** The judged thread's stream, read once from its beginning. */
  readonly stream: StreamExchange | undefined
  /** Another thread of the same session. */
  readonly sibling: ThreadSnapshot | undefined
  /** A thread of another session: its ids are all that is needed. */
  readonly other: { readonly sessionId: string; readonly threadId: string } | undefined
  /** What probes showed the target to do with each feature; empty until they have been answered. */
  readonly capabilities: readonly Capability[]
  /** Whether the run may make only so many requests. */
  readonly counted?: boolean
  /** How simultaneous requests affect each other, where they do. Then one request goes out at a time. */
  readonly interference?: Interference
  /** How the thread grew while it was read, where it did. */
  readonly growth?: readonly ReadingRound[] | undefined
  /** What answers to the same request disagreed on, where they did. */
  /** Further ids of sessions and threads that exist: no invented id may be one of them. */
  readonly knownIds?: readonly string[]
  /** How far the search for a thread went, where it ended before everything was looked at. */
  readonly searchStopped?: string | undefined
  /** The means to judge data of the suite's own making. */
  readonly controlAccess: ControlAccess
  readonly tokens: {
    readonly active: string
    readonly expired: string | undefined
    readonly otherTenant: string | undefined
  }
}
