import type { GeneratedQuery } from './queries.ts'
import type { MadeSession } from './session.ts'
/** What one generated check consists of: a session to load, where there is one, and what to ask about it. */
export interface GeneratedCase {
  readonly session?: MadeSession
  readonly queries: readonly GeneratedQuery[]
}
