import type { Behaviour, Identity, Query } from './behaviour.ts'
import type { Session, Store } from './store/store.ts'
import type { Thread } from './store/thread.ts'
import type { TokenTable } from './store/token-table.ts'

/** A request as it came in, before anything was decoded. */
export interface RawRequest {
  readonly method: string
  /** Path as sent, without the query. */
  readonly path: string
  /** Query as sent, without the question mark; empty when there is none. */
  readonly query: string
  /** Name and value of every header line, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** All values of one header, a line each. */
export function headerLines(request: RawRequest, name: string): readonly string[] {
  return request.headers.filter(([own]) => own.toLowerCase() === name).map(([, value]) => value)
}

/** What a server holds for its lifetime. */
export interface ServerState {
  readonly behaviour: Behaviour
  readonly store: Store
  readonly tokens: TokenTable
  readonly heartbeatMs: number
  /** Room for a fault that remembers something between requests. */
  readonly memory: Map<string, unknown>
  /** Requests so far, this one included. */
  requests: number
}

/** What belongs to one TCP connection. */
export interface Connection {
  /** Requests so far, this one included. */
  requests: number
  readonly memory: Map<string, unknown>
}

/** One request on its way through the stages, each of which adds what it finds out. */
export interface RequestContext {
  readonly serverState: ServerState
  readonly behaviour: Behaviour
  readonly connection: Connection
  readonly request: RawRequest
  /** How many requests the server had, this one included. */
  readonly number: number
  readonly requestId: string
  readonly memory: Map<string, unknown>
  /** Session and thread id as the path spells them; empty where the route has none. */
  readonly rawIds: { readonly session: string; readonly thread: string }
  identity?: Identity
  session?: Session
  thread?: Thread
  stream?: boolean
  query?: Query
}

/** A call that passed all stages. */
export interface ThreadRequestContext extends RequestContext {
  readonly session: Session
  readonly thread: Thread
  readonly query: Query
}
