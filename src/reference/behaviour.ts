import type { ServerResponse } from 'node:http'
import type { JsonValue } from '../contract/json.ts'
import type { Denial } from './behaviour/denial.ts'
import type { Ordering } from './behaviour/ordering.ts'
import type { Headers, Reply, ReplyHead } from './behaviour/reply.ts'
import type { RawRequest } from './http/raw-request.ts'
import type { Sink } from './http/sink.ts'
import type { Entry } from './store/entry.ts'
import type { LiveQueue } from './store/live-queue.ts'
import type { Session, Store } from './store/store.ts'
import type { Thread } from './store/thread.ts'
import type { KnownToken, TokenTable } from './store/token-table.ts'
import type { ThreadEvent, WorldSession } from './world/world.ts'

/**
 * Everything that the server does, as small steps that can each be replaced.
 * A step reaches the others through `call.behaviour`, so a replaced one is used wherever it is needed.
 */
export interface Behaviour
  extends Stages,
    Access,
    Resolving,
    Negotiation,
    QueryReading,
    Ordering,
    Paging,
    Presentation,
    Refusal,
    Streaming,
    Appending {}

/** One change: which steps are replaced, and by what. `base` is the behaviour without the change. */
export type Override = (base: Behaviour) => Partial<Behaviour>

/** What a call passes through before it is answered. */
export type RequestStage = 'authenticate' | 'resolve' | 'negotiate' | 'readQuery'

export interface Stages {
  /** In the order in which they run; the first refusal is the answer. */
  readonly stages: readonly RequestStage[]
}

/** Who asks. Sessions belong to the tenant `owner`. */
export interface Identity {
  readonly tenant: 'owner' | 'other'
}

/** Who may ask at all (AUT). */
export interface Access {
  /** The token that the request presents, or `undefined` when it presents none in the right way. */
  credentials(call: RequestContext): string | undefined
  /** The known token that `text` stands for. */
  findToken(text: string, tokens: readonly KnownToken[]): KnownToken | undefined
  /** Whether a known token is still good. */
  isValid(token: KnownToken): boolean
  authenticate(call: RequestContext): Identity | Denial | Promise<Identity | Denial>
}

/** From the path's ids to the thread that the caller may see (NFD, ISO-05). */
export interface Resolving {
  /** The text that a path segment spells, or `undefined` when it spells none. */
  decodeSegment(segment: string): string | undefined
  findSession(call: RequestContext, id: string): Session | undefined
  findThread(call: RequestContext, session: Session, id: string): Thread | undefined
  resolve(call: RequestContext): Resolved | Denial | Promise<Resolved | Denial>
}

export interface Resolved {
  readonly session: Session
  readonly thread: Thread
}

/** List or stream (NEG). */
export interface Negotiation {
  /** Whether the values of the Accept lines, a string each, ask for the stream. */
  wantsStream(call: RequestContext, accept: readonly string[]): boolean
}

export interface Cursor {
  readonly side: 'after' | 'before'
  readonly id: string
}

/** What a request asks for. */
export interface Query {
  readonly limit: number
  readonly order: 'asc' | 'desc'
  readonly cursor?: Cursor
  /** Wanted types; without it, all. */
  readonly types?: readonly string[]
  /** Only of a stream. */
  readonly lastEventId?: string
}

/** Decoded query parameters, in order. */
export type Parameters = readonly (readonly [name: string, value: string])[]

/** From the query string to a {@link Query} (PAG-08, PAG-09, PAG-10, PAG-15, FLT-02, FLT-03, INP-02). */
export interface QueryReading {
  parameters(call: RequestContext): Parameters
  /** Each of these gets all values of its parameter, in order. */
  readLimit(values: readonly string[]): number | Denial
  readOrder(values: readonly string[]): Query['order'] | Denial
  readCursor(after: readonly string[], before: readonly string[]): Cursor | Denial | undefined
  /** `undefined` means no filter. */
  readTypes(type: readonly string[], brackets: readonly string[]): readonly string[] | undefined
  readLastEventId(lines: readonly string[]): string | undefined
  /** The cursor that a `page` stands for; `undefined` in a revision without that parameter. */
  readPage(call: RequestContext, token: string): Cursor | Denial | undefined
  readQuery(call: RequestContext): Query | Denial | Promise<Query | Denial>
}

/** The records of one page, and whether there are more in the direction of paging. */
export interface PageSlice {
  readonly entries: readonly Entry[]
  readonly hasMore: boolean
}

/**
 * From a thread to one page (ORD-03, PAG, FLT): sequence, cursor, filter, limit, in that order, so that a
 * cursor may be an event that the filter leaves out.
 * `call` reaches everything that a query planner could reach: `call.thread.inserted` and `.sorted`,
 * `call.session.threads`, `call.site.store.sessions`, `call.query`, `call.number`, `call.site.memory`.
 */
export interface Paging {
  /** The whole thread in the requested order. */
  sequence(call: ThreadRequestContext): readonly Entry[]
  matches(call: ThreadRequestContext, event: ThreadEvent): boolean
  /** Index of the event that a cursor or a Last-Event-ID names; -1 when the entries do not hold it. */
  locate(call: ThreadRequestContext, entries: readonly Entry[], id: string): number
  /** The part of the sequence that lies on the far side of the cursor; all of it without one. */
  beyondCursor(call: ThreadRequestContext, sequence: readonly Entry[]): readonly Entry[] | Denial
  /** `rows` are the candidates that match the filter. */
  take(call: ThreadRequestContext, rows: readonly Entry[], candidates: readonly Entry[]): PageSlice
  window(call: ThreadRequestContext): PageSlice | Denial | Promise<PageSlice | Denial>
}

/** From a page to bytes on the wire (ENV, EVT). */
export interface Presentation {
  /** An event as clients see it, in lists and in frames. */
  present(call: ThreadRequestContext, event: ThreadEvent): JsonValue
  envelope(call: ThreadRequestContext, page: PageSlice): JsonValue
  /** `next_page`; `undefined` in a revision without that field. */
  nextPage(call: ThreadRequestContext, page: PageSlice): JsonValue | undefined
  /** The bytes of a list's body. */
  serialise(call: ThreadRequestContext, body: JsonValue): Uint8Array
  listHeaders(call: ThreadRequestContext): Headers
  /** The whole answer to a list request. */
  list(call: ThreadRequestContext): Reply | Denial | Promise<Reply | Denial>
  /** Last chance to change a finished reply, be it a list or an error. */
  finish(call: RequestContext, reply: Reply): Reply | Promise<Reply>
  /** Puts a reply on the wire; from here the socket is within reach (`response.socket`). */
  transmit(call: RequestContext, reply: Reply, response: ServerResponse): void | Promise<void>
}

/** How a refusal looks on the wire (ERR). */
export interface Refusal {
  errorBody(call: RequestContext, denial: Denial): JsonValue
  errorHeaders(call: RequestContext, denial: Denial): Headers
  refuse(call: RequestContext, denial: Denial): Reply
}

/** Events as they arrive, until closed. */
export type Live = Pick<LiveQueue, 'take' | 'close' | 'overflowed'>

/** What one stream is about to send. */
export interface Feed {
  readonly history: readonly Entry[]
  readonly live: Live
}

/** From a thread to a stream of frames (SSE). */
export interface Streaming {
  streamHead(call: ThreadRequestContext): ReplyHead
  /** Whether the head is sent at once, or together with the first text. */
  sendsHeadAtOnce(call: ThreadRequestContext): boolean
  /** The threads whose events the stream carries. */
  watched(call: ThreadRequestContext): readonly Thread[]
  /** Starts to collect live events. */
  subscribe(call: ThreadRequestContext): Live
  /** Everything that happened before, in chronological order, from where the stream resumes. */
  history(call: ThreadRequestContext): readonly Entry[] | Denial | Promise<readonly Entry[] | Denial>
  /** Index of the first event of `entries` that the stream sends. */
  resumeAt(call: ThreadRequestContext, entries: readonly Entry[]): number | Denial
  /** Subscription and history: the order of the two decides whether an event can fall between them. */
  openFeed(call: ThreadRequestContext): Promise<Feed | Denial>
  /** Whether the filter lets an event through, of the history or live. */
  carries(call: ThreadRequestContext, entry: Entry, phase: Phase): boolean
  /** The events of one batch as they go out; the history is one batch. */
  deliver(
    call: ThreadRequestContext,
    batch: readonly Entry[],
    phase: Phase,
  ): readonly Entry[] | Promise<readonly Entry[]>
  /** The JSON of a frame's data. */
  frameData(call: ThreadRequestContext, entry: Entry): JsonValue
  frame(call: ThreadRequestContext, entry: Entry): string
  /** Text before the first frame. */
  preamble(call: ThreadRequestContext): string
  heartbeat(call: ThreadRequestContext): string
  /** Puts frames, heartbeats and the preamble on the wire: how they are cut into chunks, and when. One at a time. */
  writeText(call: ThreadRequestContext, text: string, sink: Sink): Promise<void>
  /** What follows the history. */
  afterHistory(call: ThreadRequestContext, sink: Sink): 'stay' | 'close' | Promise<'stay' | 'close'>
}

export type Phase = 'history' | 'live'

/** What the control protocol does to the data. Its 204 waits for what these return. */
export interface Appending {
  append(
    serverState: ServerState,
    session: Session,
    thread: Thread,
    events: readonly ThreadEvent[],
  ): void | Promise<void>
  put(serverState: ServerState, session: WorldSession): void | Promise<void>
  remove(serverState: ServerState, id: string): void | Promise<void>
}

/** The state of a server for its lifetime. */
export interface ServerState {
  readonly behaviour: Behaviour
  readonly store: Store
  readonly tokens: TokenTable
  readonly heartbeatMs: number
  /** For faults that remember something between requests. */
  readonly memory: Map<string, unknown>
  /** Requests so far, this one included. */
  requests: number
}

/** The state of one TCP connection. */
export interface ConnectionState {
  /** Requests so far, this one included. */
  requests: number
  readonly memory: Map<string, unknown>
}

/** One request on its way through the stages, each of which adds its result. */
export interface RequestContext {
  readonly serverState: ServerState
  readonly behaviour: Behaviour
  readonly connection: ConnectionState
  readonly request: RawRequest
  /** The number of this request on the server, from 1. */
  readonly number: number
  readonly requestId: string
  readonly memory: Map<string, unknown>
  /** Session and thread id as written in the path; empty if the route has none. */
  readonly rawIds: { readonly session: string; readonly thread: string }
  /** Whether the path is the stream's own, which streams whatever Accept says. */
  readonly atStream: boolean
  identity?: Identity
  session?: Session
  thread?: Thread
  stream?: boolean
  query?: Query
}

/** A request that passed all stages. */
export interface ThreadRequestContext extends RequestContext {
  readonly session: Session
  readonly thread: Thread
  readonly query: Query
}
