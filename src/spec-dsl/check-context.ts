import type { Capability } from '../capabilities/capabilities.ts'
import { type Feature, isOffered, rootOf } from '../capabilities/request-features.ts'
import type { RequirementId } from '../contract/catalogue.ts'
import type { Extension, Revision } from '../contract/revisions/revision.ts'
import type { Attribution } from '../oracle/attribution/attribution.ts'
import type { Case } from '../oracle/case.ts'
import { judgeRefusal } from '../oracle/errors/refusal.ts'
import { judgeEquivalentQueries } from '../oracle/filter/equivalent-queries.ts'
import type { Finding } from '../oracle/finding.ts'
import { isSetAside, type ListExchange, type StreamExchange } from '../oracle/history.ts'
import { eventsOfStream, eventsOnPage } from '../oracle/observed-events.ts'
import { ofTypes } from '../oracle/pagination/expected-window.ts'
import {
  defaultLimit,
  type ListQuery,
  queryString,
  type TypeSpelling,
} from '../oracle/pagination/list-query.ts'
import type { Page } from '../oracle/pagination/page.ts'
import { judgeWindow } from '../oracle/pagination/page-window.ts'
import { judgeTraversal, type Traversal } from '../oracle/pagination/traversal.ts'
import { expectedBut } from '../oracle/said.ts'
import { endedByDeadline, judgeHistory, wasCutShort } from '../oracle/stream/history-replay.ts'
import type { UnmetPrecondition } from '../record/unmet-precondition.ts'
import { wholeThread } from '../targets/preconditions.ts'
import type { ListOptions, RouteClient, RouteRequest, StreamOptions } from '../targets/route-client.ts'
import type { TargetState } from '../targets/target-state.ts'
import type { ThreadSnapshot } from '../targets/thread-snapshot.ts'
import type { Exchange } from '../wire/exchange.ts'
import { NotExercised } from './not-exercised.ts'

/** A case with the way to judge it once more, on new answers to the same requests. */
export interface RepeatableCase extends Case {
  readonly repeat?: () => Promise<Finding | undefined>
}

/**
 * One run of one check: how it asks the target and where it leaves its findings.
 * The `expect…` functions judge and record; they never throw for what the target did.
 */
export class CheckContext {
  readonly state: TargetState
  readonly routeClient: RouteClient
  /** Every case so far, in the order of judging. */
  readonly cases: RepeatableCase[] = []
  /** Findings of other requirements than the one that is checked. */
  readonly attributions: Attribution[] = []
  /** Why something could not be judged; matters where nothing else could be either. */
  unmet: UnmetPrecondition | undefined
  readonly #fresh: boolean
  readonly #unusable = new Set<Feature>()
  /** Exchanges that the API did not answer itself, by their number. */
  readonly #setAside = new Map<number, UnmetPrecondition>()

  constructor(state: TargetState, routeClient: RouteClient, fresh: boolean) {
    this.state = state
    this.routeClient = routeClient
    this.#fresh = fresh
  }

  /** The revision that the target is judged by. */
  get revision(): Revision {
    return this.routeClient.revision
  }

  /** The thread that is judged. */
  get thread(): ThreadSnapshot {
    return present(this.state.thread, 'a thread')
  }

  /** Another thread of the session. */
  get sibling(): ThreadSnapshot {
    return present(this.state.sibling, 'a sibling thread')
  }

  /** Ids of a session and thread to name in a path. */
  get address(): { sessionId: string; threadId: string } {
    return {
      sessionId: present(this.state.sessionId, 'a session id'),
      threadId: present(this.state.threadId, 'a thread id'),
    }
  }

  /**
   * Whether a feature is none of the revision, has no effect on this target, or is refused: then what relies on it is not asked, and the check
   * is blocked by the feature's requirement where nothing else is left of it.
   */
  isUnusable(...features: readonly Feature[]): boolean {
    const offered = features.filter((feature) => isOffered(feature, this.revision))
    const unusable = offered.filter((feature) => this.state.capabilities.some(isHopeless(feature)))
    for (const feature of unusable) this.#unusable.add(feature)
    return unusable.length > 0 || offered.length < features.length
  }

  /** The queries of the revision that use no feature which has no effect on this target, apart from those that the check is about. */
  usable<Query extends ListQuery>(
    queries: readonly Query[],
    own: readonly Feature[] = [],
    spelling: TypeSpelling = 'comma',
  ): Query[] {
    let tried = 0
    return queries.filter((query) => {
      const features = featuresOfQuery(query, spelling)
      const others = features.filter((feature) => !own.includes(feature))
      if (this.isUnusable(...others) || !features.every((one) => isOffered(one, this.revision))) return false
      const hopeless = features.some((feature) => this.state.capabilities.some(isHopeless(feature)))
      // That a feature has no effect takes a few requests to show, and not all.
      if (hopeless) tried += 1
      return !hopeless || tried <= enoughOfUnusable
    })
  }

  /** Of these query strings, those that use only what the revision has. */
  offered<Query extends string>(queries: readonly Query[]): Query[] {
    return queries.filter((query) =>
      [...new URLSearchParams(query).keys()].every((name) => {
        const extension = extensionOfParameter[name]
        return extension === undefined || this.revision.extensions.has(extension)
      }),
    )
  }

  /** The requirements of the features that kept requests from being made. */
  get blockedBy(): RequirementId[] {
    return [...this.#unusable].map((feature) => rootOf[feature])
  }

  /** Asks for a list of the judged thread (or of `options.reading`). Equal requests are asked once. */
  async list(query: ListQuery = {}, options: ListOptions = {}): Promise<ListExchange> {
    const list = await this.routeClient.list(options.snapshot ?? this.thread, query, {
      fresh: this.#fresh,
      ...options,
    })
    this.#noteOrigin(list.exchange)
    return list
  }

  /** Opens a stream of the judged thread and reads it until every event that is due has come. */
  async stream(options: StreamOptions = {}): Promise<StreamExchange> {
    const stream = await this.routeClient.stream(options.snapshot ?? this.thread, {
      fresh: this.#fresh,
      ...options,
    })
    this.#noteOrigin(stream.exchange)
    return stream
  }

  /** Asks the route anything: another path, another header, another token. */
  async ask(request: RouteRequest): Promise<Exchange> {
    const exchange = await this.routeClient.ask(request, this.#fresh)
    this.#noteOrigin(exchange)
    return exchange
  }

  /** How many cases were judged. */
  get judgedCases(): number {
    return this.cases.length
  }

  /** Records that a case was judged. A check that judged none is inconclusive. */
  judged(): void {
    this.record([], undefined)
  }

  /** Records a finding, for the case that was judged last if that has none. */
  fail(finding: Finding): void {
    const last = this.cases.at(-1)
    if (last !== undefined && last.exchanges.length === 0 && last.finding === undefined) this.cases.pop()
    this.record(finding.exchanges, finding)
  }

  /**
   * Records a case that was judged.
   * @param exchanges everything that the judgement relies on
   * @param finding nothing where the promise is kept
   */
  record(
    exchanges: readonly number[],
    finding: Finding | undefined,
    more: Pick<RepeatableCase, 'paged' | 'because' | 'repeat'> = {},
  ): void {
    const reason = exchanges.map((id) => this.#setAside.get(id)).find((one) => one !== undefined)
    // What is not the API's answer says nothing of the API.
    if (reason === undefined)
      this.cases.push({ exchanges, ...(finding === undefined ? {} : { finding }), ...more })
    else this.unmet ??= reason
  }

  #noteOrigin(exchange: Exchange): void {
    if (isSetAside(exchange)) this.#setAside.set(exchange.id, notFromTheApi(exchange))
  }

  /** Records a finding of another requirement than the one that is checked. */
  attribute(id: RequirementId, finding: Finding): void {
    this.attributions.push({ id, finding })
  }

  /** Judges a condition, and records a finding when it does not hold. */
  /** Judges that a page holds exactly the records that its query must give (with `flag`: has_more too). */
  async expectWindow(list: ListExchange, options: { flag?: boolean } = {}): Promise<void> {
    await this.expectPage(list, (seen, page) => judgeWindow(seen, page, options.flag))
  }

  /** Judges one page; a judgement that new events would explain is made again with them known. */
  async expectPage(
    list: ListExchange,
    judge: (list: ListExchange, page: Page) => Finding | undefined | 'unknown',
  ): Promise<void> {
    const { page } = list
    const repeat = async () => {
      const [again] = (await this.routeClient.repeat([list.exchange.id])).lists
      return again === undefined ? undefined : judgedOnce(again, judge)
    }
    if (typeof page === 'string') return this.record([list.exchange.id], noList(list, page), { repeat })
    let finding = judge(list, page)
    if (finding !== undefined && finding !== 'unknown' && (await this.#mayHaveGrown(list, finding)))
      finding = judge(list, page)
    if (finding === 'unknown') return
    this.record([list.exchange.id], finding, { repeat })
  }

  /** Judges that two queries give the same page; a pair between which the thread grew is asked for again. */
  async expectEquivalent(left: ListQuery, right: ListQuery): Promise<void> {
    const compared = await this.#compare(left, right, this.#fresh)
    if (compared === undefined) return
    const repeat = async () => (await this.#compare(left, right, true))?.finding
    this.record(compared.exchanges, compared.finding, { repeat })
  }

  async #compare(left: ListQuery, right: ListQuery, fresh: boolean) {
    for (let tries = 0; tries < 3; tries++) {
      const options = { fresh: tries > 0 || fresh }
      const [one, other] = await Promise.all([this.list(left, options), this.list(right, options)])
      const finding = judgeEquivalentQueries(one, other)
      const grew = finding !== undefined && (await this.thread.refresh([one, other].flatMap(eventsOnPage)))
      // Pages that others asked for too may lie far apart in time, and that it grew may be known by now.
      if (finding !== undefined && (grew || !options.fresh)) continue
      if (finding === undefined && typeof one.page === 'string') return undefined
      return { finding, exchanges: [one.exchange.id, other.exchange.id] }
    }
    return undefined
  }

  /** Pages through a list as a client does, and judges that each event is returned exactly once. */
  async expectTraversal(
    query: ListQuery,
    direction: Traversal['direction'],
    options: { readonly most?: number; readonly snapshot?: ThreadSnapshot } = {},
  ): Promise<void> {
    const snapshot = options.snapshot ?? this.thread
    const known = snapshot.events.length
    const unusable = this.isUnusable(
      direction === 'forward' ? 'after_id' : 'before_id',
      ...featuresOfQuery(query),
    )
    if (unusable) return
    // For a partly read thread, only a traversal from its oldest event or from a cursor is predictable.
    if (
      !snapshot.complete &&
      (direction === 'backward' || (query.order === 'desc' && query.after === undefined))
    ) {
      this.unmet ??= wholeThread(this.state)
      return
    }
    const most = snapshot.complete
      ? options.most
      : Math.max(1, Math.floor(known / (query.limit ?? defaultLimit)) - 1)
    const once = (fresh: boolean) => this.#walkOnce(query, direction, snapshot, { fresh, known, most })
    const { finding, exchanges } = await once(this.#fresh)
    this.record(exchanges, finding, { paged: true, repeat: async () => (await once(true)).finding })
  }

  /** As {@link expectTraversal}, by `next_page` until it is null. */
  async expectPagesFollowed(query: ListQuery, options: { readonly most?: number } = {}): Promise<void> {
    const snapshot = this.thread
    if (this.isUnusable('page', ...featuresOfQuery(query))) return
    const known = snapshot.events.length
    const most = snapshot.complete
      ? options.most
      : Math.max(1, Math.floor(known / (query.limit ?? defaultLimit)) - 1)
    const once = (fresh: boolean) =>
      this.#walkOnce(query, 'forward', snapshot, { fresh, known, most }, (bounds) =>
        this.routeClient.followPages(snapshot, query, bounds),
      )
    const { finding, exchanges } = await once(this.#fresh)
    this.record(exchanges, finding, {
      paged: 'next_page',
      repeat: async () => (await once(true)).finding,
    })
  }

  async #walkOnce(
    query: ListQuery,
    direction: Traversal['direction'],
    snapshot: ThreadSnapshot,
    { fresh, known, most }: { fresh: boolean; known: number; most: number | undefined },
    walk = (bounds: { fresh: boolean; most?: number }) =>
      this.routeClient.traverse(snapshot, query, direction, bounds),
  ) {
    const walked = await walk({ fresh, ...(most === undefined ? {} : { most }) })
    // A page that was asked for before may be older than what is known by now.
    const length = Math.min(known, ...walked.lists.map((list) => list.known))
    const start = query.after ?? query.before
    let records =
      query.order === 'desc'
        ? [...snapshot.events.slice(0, length)].reverse()
        : snapshot.events.slice(0, length)
    const at = records.findIndex((event) => event.id === start)
    if (start !== undefined) records = direction === 'forward' ? records.slice(at + 1) : records.slice(0, at)
    if (query.types !== undefined) records = records.filter(ofTypes(query.types))
    const { traversal, expected } = comparable(
      walked,
      records.map((event) => event.id),
      { sampled: !snapshot.complete, bounded: most !== undefined },
    )
    for (const { exchange } of traversal.lists) this.#noteOrigin(exchange)
    let finding = judgeTraversal(traversal, expected, new Set())
    if (finding !== undefined) await snapshot.refresh(traversal.lists.flatMap(eventsOnPage))
    const later = [...snapshot.events.slice(length), ...snapshot.late.map(({ event }) => event)]
    if (finding !== undefined && later.length > 0)
      finding = judgeTraversal(traversal, expected, new Set(later.map((event) => event.id)))
    return { finding, exchanges: walked.lists.map(({ exchange }) => exchange.id) }
  }

  /** Judges that a stream contains exactly the expected events, in order, each once. */
  async expectHistory(stream: StreamExchange): Promise<void> {
    this.#noteOrigin(stream.exchange)
    if (wasCutShort(stream)) {
      this.unmet = {
        missing: `the rest of a stream: the suite stopped reading after ${stream.frames.length} events, all of them right`,
        provide:
          'Raise CONFORMANCE_STREAM_TOTAL_MS and CONFORMANCE_MAX_BODY_BYTES, or configure a shorter thread.',
      }
      return
    }
    let finding = judgeHistory(stream)
    const snapshot = this.routeClient.snapshotOf(stream.thread)
    if (finding !== undefined) await snapshot?.refresh(eventsOfStream(stream))
    const { events, late = [] } = stream.thread.sequence
    if (finding !== undefined && (events.length > stream.known || late.length > 0))
      finding = judgeHistory(stream)
    const repeat = async () => {
      const [again] = (await this.routeClient.repeat([stream.exchange.id])).streams
      return again === undefined || wasCutShort(again) ? undefined : judgeHistory(again)
    }
    if (finding !== undefined && endedByDeadline(stream) && (await repeat()) === undefined) {
      this.unmet = {
        missing: `a stream that is complete in time: one ended at a deadline after ${stream.frames.length} events, and was complete when requested again`,
        provide:
          'Raise CONFORMANCE_STREAM_IDLE_MS and CONFORMANCE_TIMEOUT_MS, or lower CONFORMANCE_CONCURRENCY.',
      }
      return
    }
    this.record([stream.exchange.id], finding, { repeat })
  }

  /**
   * Judges that a request was refused with one of these statuses. The body is judged by the requirements about errors.
   * @param because requirements that break in the same way for a simpler request
   */
  expectRefusal(
    exchange: Exchange,
    statuses: readonly number[],
    what: string,
    because: readonly RequirementId[] = [],
  ): void {
    const repeat = async () => {
      const [again] = (await this.routeClient.repeat([exchange.id])).exchanges
      return again === undefined ? undefined : judgeRefusal(again, statuses, what)
    }
    const finding = judgeRefusal(exchange, statuses, what)
    this.record([exchange.id], finding, { repeat, ...(because.length === 0 ? {} : { because }) })
  }

  /** Ends the check without a verdict. */
  missing(missing: string, provide: string, blockedBy: readonly RequirementId[] = []): never {
    throw new NotExercised({ missing, provide, blockedBy })
  }

  async #mayHaveGrown(list: ListExchange, finding: Finding): Promise<boolean> {
    const known = new Set(list.thread.sequence.events.map((event) => event.id))
    const unknown =
      typeof list.page !== 'string' &&
      list.page.events.some((event) => event.id !== undefined && !known.has(event.id))
    if (unknown || finding.kind === 'has-more-surplus')
      await this.routeClient.snapshotOf(list.thread)?.refresh(eventsOnPage(list))
    const { events, late = [] } = list.thread.sequence
    return events.length > list.known || late.length > 0
  }
}

// A stopped traversal and a partly read thread are compared as far as both reach.
function comparable(
  walked: Traversal,
  expected: readonly string[],
  { sampled, bounded }: { sampled: boolean; bounded: boolean },
): { traversal: Traversal; expected: readonly string[] } {
  const beyond = sampled && walked.ids.length >= expected.length
  if (beyond)
    return { traversal: { ...walked, ids: walked.ids.slice(0, expected.length), end: 'end' }, expected }
  if (!bounded || walked.end !== 'too-long') return { traversal: walked, expected }
  return { traversal: { ...walked, end: 'end' }, expected: expected.slice(0, walked.ids.length) }
}

/** How many requests with a feature that has no effect are made by the check that is about it. */
const enoughOfUnusable = 3

const extensionOfParameter: Readonly<Record<string, Extension>> = {
  order: 'order',
  type: 'filter',
  'types[]': 'filter',
  page: 'page',
}

function isHopeless(feature: Feature): (capability: Capability) => boolean {
  return (one) => one.feature === feature && (one.state === 'ignored' || one.state === 'refused')
}

function featuresOfQuery(
  { limit, order, after, before, page, types }: ListQuery,
  spelling: TypeSpelling = 'comma',
): Feature[] {
  return [
    ...(limit === undefined ? [] : (['limit'] as const)),
    ...(order === 'desc' ? (['order'] as const) : []),
    ...(after === undefined ? [] : (['after_id'] as const)),
    ...(before === undefined ? [] : (['before_id'] as const)),
    ...(page === undefined ? [] : (['page'] as const)),
    ...(types === undefined ? [] : [spelling === 'comma' ? ('type' as const) : ('types[]' as const)]),
  ]
}

function judgedOnce(
  list: ListExchange,
  judge: (list: ListExchange, page: Page) => Finding | undefined | 'unknown',
): Finding | undefined {
  const { page } = list
  if (typeof page === 'string') return noList(list, page)
  const finding = judge(list, page)
  return finding === 'unknown' ? undefined : finding
}

function notFromTheApi({ origin, response, failure }: Exchange): UnmetPrecondition {
  if (origin === 'rate-limit')
    return {
      missing: 'a response of the API: the request was rate limited (429) for longer than the suite waits',
      provide:
        'Lower CONFORMANCE_MAX_RPS and CONFORMANCE_CONCURRENCY, or raise CONFORMANCE_MAX_RATE_LIMIT_WAIT_MS.',
    }
  const seen = response === undefined ? (failure?.message ?? 'no response') : `status ${response.status}`
  return {
    missing: `a response of the API: a gateway responded instead (${seen})`,
    provide: 'Fix the gateway, or set CONFORMANCE_BASE_URL to an address that bypasses it.',
  }
}

function noList(list: ListExchange, page: string): Finding {
  return {
    kind: 'no-list',
    message: `The list ${decodeURIComponent(queryString(list.query))}: ${expectedBut('a list', page)}.`,
    expected: '200 with a list',
    actual: page,
    exchanges: [list.exchange.id],
  }
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The check uses ${what} without stating that it needs one.`)
  return value
}
