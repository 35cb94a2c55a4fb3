import { violationsOf } from '../capabilities/violations.ts'
import { eventsPath, streamBeside, streamPath } from '../contract/events-path.ts'
import { defaultRevision } from '../contract/revisions/index.ts'
import type { Revision } from '../contract/revisions/revision.ts'
import { EventTable } from '../oracle/event-table.ts'
import type { Finding } from '../oracle/finding.ts'
import {
  type History,
  type KnownThread,
  type ListExchange,
  ofTheApi,
  type StreamExchange,
} from '../oracle/history.ts'
import { type ListQuery, queryString, type TypeSpelling } from '../oracle/pagination/list-query.ts'
import { isCursor } from '../oracle/pagination/next-page.ts'
import { idsOf } from '../oracle/pagination/page.ts'
import type { Traversal } from '../oracle/pagination/traversal.ts'
import { expectedFrames } from '../oracle/stream/history-replay.ts'
import { frameId, readFrame, readFrames } from '../oracle/stream/read-frames.ts'
import type { Connection, WireClient } from '../wire/client.ts'
import type { Exchange, Frame, HeaderPair } from '../wire/exchange.ts'
import { shortened } from '../wire/exchange-record.ts'
import type { SecretRegistry } from '../wire/secrets.ts'
import { type ReadList, readList, withReadFrames } from './kept-exchange.ts'
import { chainRequests, nextTurn, RequestAttribution, type RequestTurn } from './request-attribution.ts'
import type { ThreadSnapshot } from './thread-snapshot.ts'

export interface ListOptions {
  readonly snapshot?: ThreadSnapshot
  readonly spelling?: TypeSpelling
  /** Accept lines; `application/json` unless given, none at all for an empty array. */
  readonly accept?: readonly string[]
  readonly connection?: Connection
  /** Further headers, which must not change what is answered. */
  readonly headers?: readonly HeaderPair[]
  /** Send a request even if the same list was requested before. */
  readonly fresh?: boolean
  /** Whether the next request depends on this one. */
  readonly urgent?: boolean
  /** Marks requests, by the same object, that are sent at once even if others go out one at a time. */
  readonly together?: object
}

export interface StreamOptions extends ListOptions {
  readonly types?: readonly string[]
  readonly after?: string
  /** When to stop reading; by default when all known events have arrived. */
  readonly until?: (frames: readonly Frame[]) => boolean
  /** Called when the request goes out. */
  readonly onSend?: () => void
  /** Called once the stream is open. */
  readonly onOpen?: () => void
  readonly onFrame?: (frame: Frame) => void
  /** Closes the stream when it is aborted. */
  readonly leave?: AbortSignal
  /** How long to go on reading after that, in milliseconds. */
  readonly lingerMs?: number
}

/** A request to the route that is no plain list or stream; ids default to those of the judged thread. */
export interface RouteRequest {
  readonly purpose?: string
  readonly sessionId?: string
  readonly threadId?: string
  /** Path and query after the base, in place of the one made from the ids. */
  readonly target?: string
  readonly query?: string
  readonly method?: 'GET' | 'HEAD'
  readonly accept?: readonly string[]
  readonly authorization?: string | null
  readonly headers?: readonly HeaderPair[]
  readonly connection?: Connection
  readonly until?: (frames: readonly Frame[]) => boolean
  /** How many frames of a stream to read, where it is not `until` that decides; without it, the stream only opens. */
  readonly frames?: number
  /** How long to go on reading a stream after that, in milliseconds. */
  readonly lingerMs?: number
  /** Sends `Accept: text/event-stream` to the list's path in every revision. */
  readonly asWritten?: true
  /** Sends it before other requests that wait, so that several go out at about the same time. */
  readonly urgent?: true
  /** Marks requests, by the same object, that are sent at once even if others go out one at a time. */
  readonly together?: object
}

/** The media types of the two representations, as Accept lines. */
export const listAccept = ['application/json'] as const
export const streamAccept = ['text/event-stream'] as const

/** How a client pages by cursors: whether no earlier response is used again, and how many pages it reads at most. */
interface TraversalOptions {
  readonly fresh: boolean
  readonly most?: number
}

/** How a client follows `next_page`; `between` runs after each page but the last, with the number of the page. */
export interface FollowOptions {
  readonly fresh: boolean
  readonly most?: number | undefined
  readonly between?: (page: number) => Promise<void>
}

/** Purposes of requests about data of the suite's own making, which are judged where they are made. */
export type SeparatePurpose = 'generated' | 'live'
const apart: ReadonlySet<string> = new Set<SeparatePurpose>(['generated', 'live'])

/** How much of a body the record keeps, in characters. */
const keptChars = 16_000

type TrackedThread = Omit<KnownThread, 'foreign' | 'mirror'> & {
  foreign: ReadonlySet<string>
  mirror?: string | undefined
}
type TrackedList = Omit<ListExchange, 'known'> & { known: number }

/** Sends the contract's requests to the target, and keeps the responses for the judges of the whole history. */
export class RouteClient {
  /** The requirements and observations that caused each exchange. */
  readonly reasons = new RequestAttribution()
  readonly #client: WireClient
  readonly #secrets: SecretRegistry
  readonly #events: EventTable
  readonly #lists: TrackedList[] = []
  readonly #streams: StreamExchange[] = []
  readonly #shared = new Map<string, Promise<ListExchange>>()
  readonly #sharedStreams = new Map<string, Promise<StreamExchange>>()
  readonly #probes = new Map<string, Promise<Exchange>>()
  /** The turns of requests that several checks share. */
  readonly #turns = new Map<string, RequestTurn | undefined>()
  readonly #again = new Map<number, () => Promise<History>>()
  readonly #threads = new Map<ThreadSnapshot, TrackedThread>()
  readonly #purpose: string | undefined
  readonly #earlier: number
  /** The revision of the requests. */
  readonly revision: Revision
  #address: { sessionId: string; threadId: string } | undefined
  #onList: ((list: ListExchange) => void) | undefined

  /**
   * @param purpose what all its requests are for, where they are no part of the history of the plain checks
   * @param earlier how many exchanges of the client were made before, and are no part of the history
   */
  constructor(
    client: WireClient,
    secrets: SecretRegistry,
    purpose?: SeparatePurpose,
    revision: Revision = defaultRevision,
    earlier = 0,
  ) {
    this.#earlier = earlier
    this.revision = revision
    this.#events = new EventTable(revision.events)
    this.#client = client
    this.#secrets = secrets
    this.#purpose = purpose
  }

  /** Names the ids that requests without ids of their own go to. */
  setAddress(sessionId: string, threadId: string): void {
    this.#address = { sessionId, threadId }
  }

  /** Makes the readings known, so that an event of one is recognised in another's answers. */
  setSnapshots(snapshots: readonly ThreadSnapshot[]): void {
    for (const snapshot of snapshots) {
      const others = snapshots.filter((other) => other !== snapshot)
      // Without labels, lists of the whole session look the same.
      const mirror = this.revision.events.labels
        ? others.find((other) => isMirror(snapshot, other))
        : undefined
      const thread = this.#thread(snapshot)
      thread.mirror = mirror?.threadId
      const foreign = others.filter((other) => other !== mirror)
      thread.foreign = new Set(foreign.flatMap((other) => idsOf(other.events)))
    }
  }

  /** Calls this with each list from now on, once it is answered. */
  onList(told: (list: ListExchange) => void): void {
    this.#onList = told
  }

  /** Tells the exchanges that read a thread for the first time how long it was when that began. */
  settle(snapshot: ThreadSnapshot): void {
    const thread = this.#thread(snapshot)
    for (const list of this.#lists) if (list.thread === thread) list.known = snapshot.initialLength
  }

  /** All exchanges of the plain checks so far, with those of which the right answer is known. */
  history(): History {
    const own = this.#client.exchanges.slice(this.#earlier)
    const plain = own.filter(({ purpose }) => !apart.has(purpose))
    return ofTheApi({ exchanges: plain, lists: this.#lists, streams: this.#streams })
  }

  /** Every exchange of the run so far. */
  get exchanges(): readonly Exchange[] {
    return this.#client.exchanges
  }

  /** Repeats the exchanges that a finding cites; resolves to whether any of the responses is wrong by itself. */
  async violatesAgain({ exchanges }: Pick<Finding, 'exchanges'>): Promise<boolean> {
    return violationsOf(await this.repeat(exchanges)).length > 0
  }

  /** The reading behind a thread of the history. */
  snapshotOf(thread: KnownThread): ThreadSnapshot | undefined {
    for (const [snapshot, known] of this.#threads) if (known === thread) return snapshot
    return undefined
  }

  /** Makes a text a secret, under the name that stands for it in reports. */
  hide(name: string, value: string): void {
    this.#secrets.add(name, value)
  }

  /** A single kept-alive connection to the target. */
  connection(): Connection {
    return this.#client.connection()
  }

  /** Requests one list. Equal requests share one exchange unless `fresh` is set. */
  async list(snapshot: ThreadSnapshot, query: ListQuery, options: ListOptions = {}): Promise<ListExchange> {
    const turn = nextTurn()
    const list = await this.#sharedList(snapshot, query, options, turn)
    this.reasons.note(list.exchange.id, turn)
    return list
  }

  /** Takes an exchange that was made before as the response to a plain list of a thread. */
  adopt(snapshot: ThreadSnapshot, query: ListQuery, answered: Exchange): void {
    const target = eventsPath(snapshot) + queryString(query)
    const list = this.#keep(snapshot, query, target, listAccept, readList(answered, this.#events, keptChars))
    this.#shared.set(keyOfList(target, listAccept), Promise.resolve(list))
  }

  #sharedList(
    snapshot: ThreadSnapshot,
    query: ListQuery,
    options: ListOptions,
    turn: RequestTurn | undefined,
  ): Promise<ListExchange> {
    const target = eventsPath(snapshot) + queryString(query, options.spelling)
    const accept = options.accept ?? listAccept
    if (options.fresh === true || options.connection !== undefined)
      return this.#list(snapshot, query, target, accept, options, turn)
    const key = keyOfList(target, accept, options.headers)
    this.#takeEarlierTurn(key, turn)
    const asked = this.#shared.get(key) ?? this.#list(snapshot, query, target, accept, options, turn)
    this.#shared.set(key, asked)
    return asked
  }

  // A shared request takes the earliest turn of those that share it.
  #takeEarlierTurn(key: string, turn: RequestTurn | undefined): void {
    if (!this.#turns.has(key)) this.#turns.set(key, turn)
    const first = this.#turns.get(key)
    if (first !== undefined) first.value = Math.min(first.value, turn?.value ?? -1)
  }

  async #list(
    snapshot: ThreadSnapshot,
    query: ListQuery,
    target: string,
    accept: readonly string[],
    { connection, urgent, headers, together }: Omit<ListOptions, 'spelling' | 'accept' | 'fresh'> = {},
    rank?: RequestTurn,
  ): Promise<ListExchange> {
    const known = snapshot.events.length
    let read: ReadList | undefined
    const whole = await this.#client.ask({
      purpose: this.#purpose ?? 'list',
      target,
      accept: accept.length === 0 ? undefined : accept,
      headers,
      connection,
      urgent: this.#isUrgent(urgent),
      together,
      rank,
      until: () => true,
      keep: (answered) => {
        read = readList(answered, this.#events, keptChars)
        return read.record
      },
    })
    return this.#keep(
      snapshot,
      query,
      target,
      accept,
      read ?? readList(whole, this.#events, keptChars),
      headers,
      known,
    )
  }

  #keep(
    snapshot: ThreadSnapshot,
    query: ListQuery,
    target: string,
    accept: readonly string[],
    { exchange, page }: ReadList,
    headers?: readonly HeaderPair[],
    known = snapshot.events.length,
  ): TrackedList {
    const list: TrackedList = { exchange, thread: this.#thread(snapshot), query, known, page }
    this.#lists.push(list)
    this.#again.set(exchange.id, async () => {
      const repeated = await this.#list(
        snapshot,
        query,
        target,
        accept,
        headers === undefined ? {} : { headers },
      )
      return { exchanges: [repeated.exchange], lists: [repeated], streams: [] }
    })
    this.#onList?.(list)
    return list
  }

  /**
   * Opens a stream and reads it until every known event has arrived, or a deadline ends it. Equal requests share one
   * exchange unless `fresh` is set, or they are read in different ways.
   */
  async stream(snapshot: ThreadSnapshot, options: StreamOptions = {}): Promise<StreamExchange> {
    const turn = nextTurn()
    const { types, after, spelling, headers, accept, ...reading } = options
    if (Object.values(reading).some((value) => value !== undefined && value !== false))
      return this.#stream(snapshot, options, turn)
    const key = JSON.stringify(['stream', eventsPath(snapshot), types, after, spelling, headers, accept])
    this.#takeEarlierTurn(key, turn)
    const asked = this.#sharedStreams.get(key) ?? this.#stream(snapshot, options, turn)
    this.#sharedStreams.set(key, asked)
    const stream = await asked
    this.reasons.note(stream.exchange.id, turn)
    return stream
  }

  /** Notes that the current requirement uses a stream that was read before. */
  reuse({ exchange }: StreamExchange): void {
    this.reasons.note(exchange.id, nextTurn())
  }

  async #stream(
    snapshot: ThreadSnapshot,
    options: StreamOptions,
    turn: RequestTurn | undefined,
  ): Promise<StreamExchange> {
    const known = snapshot.events.length
    const { types, after, lingerMs, connection, onSend, onOpen, onFrame, leave } = options
    const thread = this.#thread(snapshot)
    const due = new Set(expectedFrames({ thread, types, after }, known))
    let kept: Exchange | undefined
    const whole = await this.#client.ask({
      purpose: this.#purpose ?? 'stream',
      target:
        streamPath(snapshot, this.revision) +
        queryString(types === undefined ? {} : { types }, options.spelling),
      accept: options.accept ?? streamAccept,
      headers: [
        ...(after === undefined ? [] : ([['Last-Event-ID', after]] as const)),
        ...(options.headers ?? []),
      ],
      until: options.until ?? allOf(due),
      lingerMs,
      onSend,
      onOpen,
      onFrame,
      leave,
      connection,
      urgent: this.#isUrgent(),
      rank: turn,
      keepFrame: (frame) => readFrame(frame, this.#events),
      keep: (answered) => {
        kept = withReadFrames(answered, this.#events)
        return shortened(kept, keptChars)
      },
    })
    const exchange = kept ?? whole
    this.reasons.note(exchange.id, turn)
    const stream = {
      exchange,
      thread,
      types,
      after,
      known,
      frames: readFrames(exchange.stream?.frames ?? []),
    }
    this.#streams.push(stream)
    this.#again.set(exchange.id, async () => {
      const { connection: _once, leave: _left, ...same } = options
      const repeated = await this.#stream(snapshot, same, nextTurn())
      return { exchanges: [repeated.exchange], lists: [], streams: [repeated] }
    })
    return stream
  }

  /** Sends any other request to the route. Equal requests share one exchange unless `fresh` is set. */
  async ask(request: RouteRequest, fresh = false): Promise<Exchange> {
    const turn = nextTurn()
    const exchange = await this.#sharedProbe(request, fresh, turn)
    this.reasons.note(exchange.id, turn)
    return exchange
  }

  #sharedProbe(request: RouteRequest, fresh: boolean, turn: RequestTurn | undefined): Promise<Exchange> {
    if (fresh || request.connection !== undefined || request.until !== undefined)
      return this.#ask(request, turn)
    const { accept = listAccept, ...rest } = request
    const key = JSON.stringify([accept, rest])
    const listKey = this.#keyOfSameList(accept, rest)
    const list = listKey === undefined ? undefined : this.#shared.get(listKey)
    this.#takeEarlierTurn(list === undefined || listKey === undefined ? key : listKey, turn)
    const asked = this.#probes.get(key) ?? list?.then(({ exchange }) => exchange) ?? this.#ask(request, turn)
    this.#probes.set(key, asked)
    return asked
  }

  // A probe that differs from a list of the thread in nothing but its form.
  #keyOfSameList(
    accept: readonly string[],
    { query = '', ...rest }: Omit<RouteRequest, 'accept'>,
  ): string | undefined {
    if (this.#address === undefined || Object.values(rest).some((value) => value !== undefined))
      return undefined
    return keyOfList(eventsPath(this.#address) + query, accept)
  }

  async #ask(request: RouteRequest, rank?: RequestTurn): Promise<Exchange> {
    const sessionId = request.sessionId ?? this.#address?.sessionId
    const threadId = request.threadId ?? this.#address?.threadId
    if (request.target === undefined && (sessionId === undefined || threadId === undefined))
      throw new Error('A request without ids was made before any ids were known.')
    const accept = request.accept ?? listAccept
    const target =
      request.target ??
      eventsPath({ sessionId: sessionId ?? '', threadId: threadId ?? '' }) + (request.query ?? '')
    const streamed = request.asWritten !== true && accept.join() === streamAccept.join()
    let kept: Exchange | undefined
    const whole = await this.#client.ask({
      purpose: this.#purpose ?? request.purpose ?? 'probe',
      // Stream requests go to the revision's path of the stream.
      target: streamed ? streamBeside(target, this.revision) : target,
      method: request.method,
      accept,
      authorization: request.authorization,
      headers: request.headers,
      connection: request.connection,
      urgent: this.#isUrgent(request.urgent),
      together: request.together,
      rank,
      until: request.until ?? ((frames) => frames.length >= (request.frames ?? 0)),
      lingerMs: request.lingerMs,
      keepFrame: (frame) => readFrame(frame, this.#events),
      keep: (answered) => {
        const read = readList(withReadFrames(answered, this.#events), this.#events, keptChars)
        kept = read.exchange
        return read.record
      },
    })
    const exchange = kept ?? whole
    this.#again.set(exchange.id, async () => {
      const { connection: _once, ...same } = request
      return { exchanges: [await this.#ask(same)], lists: [], streams: [] }
    })
    return exchange
  }

  // Requests that are judged separately form a chain in which each depends on the one before.
  #isUrgent(urgent = false): boolean {
    return urgent || this.#purpose !== undefined
  }

  /**
   * Repeats the requests of these exchanges, one after the other.
   * @returns the history of the new exchanges alone
   */
  async repeat(ids: readonly number[]): Promise<History> {
    const parts: History[] = []
    for (const id of ids) {
      const repeat = this.#again.get(id)
      parts.push(repeat === undefined ? await this.#askPlainly(id) : await repeat())
    }
    const [snapshot] = this.#threads.keys()
    const unreached = parts.some(({ exchanges }) => exchanges.some(({ origin }) => origin === 'gateway'))
    // A plain list shows whether the gateway fails for this request only.
    if (unreached && snapshot !== undefined) {
      const plain = await this.list(snapshot, {}, { fresh: true })
      parts.push({ exchanges: [plain.exchange], lists: [plain], streams: [] })
    }
    return ofTheApi({
      exchanges: parts.flatMap((part) => part.exchanges),
      lists: parts.flatMap((part) => part.lists),
      streams: parts.flatMap((part) => part.streams),
    })
  }

  // The requests of discovery precede all snapshots, and are always plain lists.
  async #askPlainly(id: number): Promise<History> {
    const asked = this.#client.exchanges.find((exchange) => exchange.id === id)
    if (asked === undefined) return { exchanges: [], lists: [], streams: [] }
    const { purpose, request } = asked
    const repeated = { purpose, target: request.target, accept: listAccept, until: () => true }
    return { exchanges: [await this.#client.ask(repeated)], lists: [], streams: [] }
  }

  /** Pages as a client does: `after_id = last_id` or `before_id = first_id` while `has_more` is true. */
  traverse(
    snapshot: ThreadSnapshot,
    query: ListQuery,
    direction: Traversal['direction'],
    options: TraversalOptions,
  ): Promise<Traversal> {
    return chainRequests(() => this.#traverse(snapshot, query, direction, options))
  }

  async #traverse(
    snapshot: ThreadSnapshot,
    query: ListQuery,
    direction: Traversal['direction'],
    options: TraversalOptions,
  ): Promise<Traversal> {
    const lists: ListExchange[] = []
    const parts: string[][] = []
    const cursors = new Set<string>()
    // Without a limit, pagination may take as many pages as the thread has, plus some for appended events.
    const mostRecords =
      options.most === undefined ? 2 * snapshot.events.length + 200 : Number.POSITIVE_INFINITY
    let records = 0
    const { after: _after, before: _before, page: _page, ...rest } = query
    const done = (end: Traversal['end']): Traversal => {
      const ids = (direction === 'forward' ? parts : [...parts].reverse()).flat()
      return { direction, lists, ids, end }
    }
    for (let next = query; ; ) {
      const list = await this.list(snapshot, next, { fresh: options.fresh, urgent: true })
      lists.push(list)
      if (typeof list.page === 'string') return done('no-list')
      parts.push(idsOf(list.page.events))
      records += list.page.events.length
      const cursor = direction === 'forward' ? list.page.lastId : list.page.firstId
      if (list.page.hasMore !== true || typeof cursor !== 'string') return done('end')
      if (cursors.has(cursor)) return done('cycle')
      if (lists.length > (options.most ?? lists.length) || records > mostRecords) return done('too-long')
      cursors.add(cursor)
      next = { ...rest, ...(direction === 'forward' ? { after: cursor } : { before: cursor }) }
    }
  }

  /** Follows pages as a client does: `page = next_page` until it is null. */
  followPages(snapshot: ThreadSnapshot, query: ListQuery, options: FollowOptions): Promise<Traversal> {
    return chainRequests(() => this.#followPages(snapshot, query, options))
  }

  async #followPages(
    snapshot: ThreadSnapshot,
    query: ListQuery,
    { fresh, most, between }: FollowOptions,
  ): Promise<Traversal> {
    const lists: ListExchange[] = []
    const ids: string[] = []
    const cursors = new Set<string>()
    const { limit } = query
    const mostRecords = 2 * snapshot.events.length + 200
    const done = (end: Traversal['end']): Traversal => ({
      direction: 'forward',
      by: 'next_page',
      lists,
      ids,
      end,
    })
    for (let next = query; ; ) {
      const list = await this.list(snapshot, next, { fresh, urgent: true })
      lists.push(list)
      if (typeof list.page === 'string') return done('no-list')
      ids.push(...idsOf(list.page.events))
      const { nextPage, events } = list.page
      const last = events.at(-1)?.id ?? next.page?.after
      if (!isCursor(nextPage) || last === undefined) return done('end')
      if (cursors.has(nextPage)) return done('cycle')
      if (lists.length > (most ?? lists.length) || ids.length > mostRecords) return done('too-long')
      cursors.add(nextPage)
      await between?.(lists.length)
      next = { ...(limit === undefined ? {} : { limit }), page: { cursor: nextPage, after: last } }
    }
  }

  #thread(snapshot: ThreadSnapshot): TrackedThread {
    const known = this.#threads.get(snapshot) ?? {
      ...address(snapshot),
      sequence: snapshot,
      foreign: new Set(),
      revision: this.revision,
    }
    this.#threads.set(snapshot, known)
    return known
  }
}

function keyOfList(target: string, accept: readonly string[], headers?: readonly HeaderPair[]): string {
  return JSON.stringify([target, accept, headers])
}

function address({ sessionId, threadId }: ThreadSnapshot) {
  return { sessionId, threadId }
}

function allOf(due: ReadonlySet<string>): (frames: readonly Frame[]) => boolean {
  const open = new Set(due)
  let read = 0
  return (frames) => {
    for (const frame of frames.slice(read)) open.delete(frameId(readFrame(frame)))
    read = frames.length
    return open.size === 0
  }
}

/** Whether two threads show the same events, each as its own: a mock that returns one example does so. */
function isMirror(one: ThreadSnapshot, other: ThreadSnapshot): boolean {
  const own = ({ events, threadId }: ThreadSnapshot) =>
    events.every((event) => event.thread === undefined || event.thread === threadId)
  const ids = new Set(idsOf(other.events))
  return (
    one.threadId !== other.threadId &&
    one.events.length > 0 &&
    one.events.length === ids.size &&
    one.events.every(({ id }) => ids.has(id)) &&
    own(one) &&
    own(other)
  )
}
