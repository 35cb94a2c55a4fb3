import type { RequirementId } from '../contract/catalogue.ts'
import type { Blame } from '../oracle/blame.ts'
import type { Finding } from '../oracle/finding.ts'
import { isSetAside, type ListExchange, type StreamExchange } from '../oracle/history.ts'
import { judgeRefusal } from '../oracle/judge-refusal.ts'
import { judgeSame } from '../oracle/judge-same.ts'
import { judgeHistory, wasCutShort } from '../oracle/judge-stream.ts'
import { judgeWalk, type Walk } from '../oracle/judge-walk.ts'
import { judgeWindow } from '../oracle/judge-window.ts'
import type { Page } from '../oracle/page.ts'
import { defaultLimit, type ListQuery, spell } from '../oracle/query.ts'
import { ofTypes } from '../oracle/window.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { Asker, ListOptions, RouteAsk, StreamOptions } from './asker.ts'
import type { Facts } from './facts.ts'
import type { Missing } from './needs.ts'
import type { Reading } from './reading.ts'
import { shownBy, shownOn } from './shown.ts'

/** Thrown by a check that finds out only while it runs that something is missing. */
export class NotExercised extends Error {
  readonly missing: Missing

  constructor(missing: Missing) {
    super(missing.missing)
    this.missing = missing
  }
}

/**
 * One run of one check: how it asks the target and where it leaves its findings.
 * The `expect…` functions judge and record; they never throw for what the target did.
 */
export class Trial {
  readonly facts: Facts
  readonly asker: Asker
  readonly findings: Finding[] = []
  readonly blames: Blame[] = []
  judgedCases = 0
  /** Why something could not be judged; matters where nothing else could be either. */
  setback: Missing | undefined
  readonly #fresh: boolean
  /** Exchanges that the API did not answer itself, by their number. */
  readonly #setAside = new Map<number, Missing>()

  constructor(facts: Facts, asker: Asker, fresh: boolean) {
    this.facts = facts
    this.asker = asker
    this.#fresh = fresh
  }

  /** The thread that is judged. */
  get thread(): Reading {
    return present(this.facts.thread, 'a thread')
  }

  /** Another thread of the session. */
  get sibling(): Reading {
    return present(this.facts.sibling, 'a sibling thread')
  }

  /** Ids of a session and thread to name in a path. */
  get address(): { sessionId: string; threadId: string } {
    return {
      sessionId: present(this.facts.sessionId, 'a session id'),
      threadId: present(this.facts.threadId, 'a thread id'),
    }
  }

  /** Asks for a list of the judged thread (or of `options.reading`). Equal requests are asked once. */
  async list(query: ListQuery = {}, options: ListOptions = {}): Promise<ListExchange> {
    const list = await this.asker.list(options.reading ?? this.thread, query, {
      fresh: this.#fresh,
      ...options,
    })
    this.#noteOrigin(list.exchange)
    return list
  }

  /** Opens a stream of the judged thread and reads it until every event that is due has come. */
  async stream(options: StreamOptions = {}): Promise<StreamExchange> {
    const stream = await this.asker.stream(options.reading ?? this.thread, { fresh: this.#fresh, ...options })
    this.#noteOrigin(stream.exchange)
    return stream
  }

  /** Asks the route anything: another path, another header, another token. */
  async ask(request: RouteAsk): Promise<Exchange> {
    const exchange = await this.asker.ask(request, this.#fresh)
    this.#noteOrigin(exchange)
    return exchange
  }

  /** Records that a case was judged. A check that judged none is inconclusive. */
  judged(cases = 1): void {
    this.judgedCases += cases
  }

  /** Records a finding, unless it rests on an answer that was not the API's: then the case counts as not judged. */
  fail(finding: Finding): void {
    const reason = finding.exchanges.map((id) => this.#setAside.get(id)).find((one) => one !== undefined)
    if (reason === undefined) {
      this.findings.push(finding)
      return
    }
    this.setback ??= reason
    this.judgedCases = Math.max(0, this.judgedCases - 1)
  }

  #noteOrigin(exchange: Exchange): void {
    if (isSetAside(exchange)) this.#setAside.set(exchange.id, notFromTheApi(exchange))
  }

  /** Records a finding of another requirement than the one that is checked. */
  blame(id: RequirementId, finding: Finding): void {
    this.blames.push({ id, finding })
  }

  /** Judges a condition, and records a finding when it does not hold. */
  expect(holds: boolean, finding: () => Finding): void {
    this.judged()
    if (!holds) this.fail(finding())
  }

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
    if (typeof page === 'string') {
      this.judged()
      return this.fail(noList(list, page))
    }
    let finding = judge(list, page)
    if (finding !== undefined && finding !== 'unknown' && (await this.#mayHaveGrown(list, finding)))
      finding = judge(list, page)
    if (finding === 'unknown') return
    this.judged()
    if (finding !== undefined) this.fail(finding)
  }

  /** Judges that two queries give the same page; a pair between which the thread grew is asked for again. */
  async expectSame(left: ListQuery, right: ListQuery): Promise<void> {
    for (let tries = 0; tries < 3; tries++) {
      const options = { fresh: tries > 0 || this.#fresh }
      const [one, other] = await Promise.all([this.list(left, options), this.list(right, options)])
      const finding = judgeSame(one, other)
      if (finding !== undefined && (await this.thread.refresh([one, other].flatMap(shownOn)))) continue
      if (finding === undefined && typeof one.page === 'string') return
      this.judged()
      if (finding !== undefined) this.fail(finding)
      return
    }
  }

  /** Walks from page to page as a client does, and judges that each record came exactly once. */
  async expectWalk(
    query: ListQuery,
    direction: Walk['direction'],
    options: { readonly most?: number; readonly reading?: Reading } = {},
  ): Promise<void> {
    const reading = options.reading ?? this.thread
    const known = reading.events.length
    // Of a thread that was read in part, only a walk from its oldest event or from a cursor can be foretold.
    if (
      !reading.complete &&
      (direction === 'backward' || (query.order === 'desc' && query.after === undefined))
    )
      return
    const most = reading.complete
      ? options.most
      : Math.max(1, Math.floor(known / (query.limit ?? defaultLimit)) - 1)
    const walked = await this.asker.walk(reading, query, direction, {
      fresh: this.#fresh,
      ...(most === undefined ? {} : { most }),
    })
    // A page that was asked for before may be older than what is known by now.
    const length = Math.min(known, ...walked.lists.map((list) => list.known))
    const start = query.after ?? query.before
    let records =
      query.order === 'desc'
        ? [...reading.events.slice(0, length)].reverse()
        : reading.events.slice(0, length)
    const at = records.findIndex((event) => event.id === start)
    if (start !== undefined) records = direction === 'forward' ? records.slice(at + 1) : records.slice(0, at)
    if (query.types !== undefined) records = records.filter(ofTypes(query.types))
    const { walk, expected } = comparable(
      walked,
      records.map((event) => event.id),
      { sampled: !reading.complete, bounded: most !== undefined },
    )
    for (const { exchange } of walk.lists) this.#noteOrigin(exchange)
    let finding = judgeWalk(walk, expected, new Set())
    if (finding !== undefined) await reading.refresh(walk.lists.flatMap(shownOn))
    if (finding !== undefined && reading.events.length > length)
      finding = judgeWalk(walk, expected, new Set(reading.events.slice(length).map((event) => event.id)))
    this.judged()
    if (finding !== undefined) this.fail(finding)
  }

  /** Judges that a stream gave exactly the events that were due, in order, each once. */
  async expectHistory(stream: StreamExchange): Promise<void> {
    this.#noteOrigin(stream.exchange)
    if (wasCutShort(stream)) {
      this.setback = {
        missing: `the rest of a stream: the suite's own bound ended it after ${stream.frames.length} events, all of them right`,
        provide:
          'Raise CONFORMANCE_STREAM_TOTAL_MS and CONFORMANCE_MAX_BODY_BYTES, or name a shorter thread.',
      }
      return
    }
    let finding = judgeHistory(stream)
    const reading = this.asker.readingOf(stream.thread)
    if (finding !== undefined) await reading?.refresh(shownBy(stream))
    if (finding !== undefined && stream.thread.sequence.events.length > stream.known)
      finding = judgeHistory(stream)
    this.judged()
    if (finding !== undefined) this.fail(finding)
  }

  /** Judges that a request was refused with one of these statuses (and this error type, where named). */
  expectRefusal(exchange: Exchange, statuses: readonly number[], what: string, type?: string): void {
    this.judged()
    const finding = judgeRefusal(exchange, statuses, what, type)
    if (finding !== undefined) this.fail(finding)
  }

  /** Ends the check without a verdict. */
  missing(missing: string, provide: string): never {
    throw new NotExercised({ missing, provide })
  }

  async #mayHaveGrown(list: ListExchange, finding: Finding): Promise<boolean> {
    const known = new Set(list.thread.sequence.events.map((event) => event.id))
    const unknown =
      typeof list.page !== 'string' &&
      list.page.events.some((event) => event.id !== undefined && !known.has(event.id))
    if (unknown || finding.kind === 'has-more-surplus')
      await this.asker.readingOf(list.thread)?.refresh(shownOn(list))
    return list.thread.sequence.events.length > list.known
  }
}

// A walk that was stopped, and a thread that was read in part, are compared as far as both go.
function comparable(
  walked: Walk,
  expected: readonly string[],
  { sampled, bounded }: { sampled: boolean; bounded: boolean },
): { walk: Walk; expected: readonly string[] } {
  const beyond = sampled && walked.ids.length >= expected.length
  if (beyond) return { walk: { ...walked, ids: walked.ids.slice(0, expected.length), end: 'end' }, expected }
  if (!bounded || walked.end !== 'too-long') return { walk: walked, expected }
  return { walk: { ...walked, end: 'end' }, expected: expected.slice(0, walked.ids.length) }
}

function notFromTheApi({ origin, response, failure }: Exchange): Missing {
  if (origin === 'rate-limit')
    return {
      missing: 'an answer of the API: the request was rate limited (429) for longer than the suite waits',
      provide:
        'Lower CONFORMANCE_MAX_RPS and CONFORMANCE_CONCURRENCY, or raise CONFORMANCE_MAX_RATE_LIMIT_WAIT_MS.',
    }
  const seen = response === undefined ? (failure?.message ?? 'no response') : `status ${response.status}`
  return {
    missing: `an answer of the API: a gateway before it answered (${seen})`,
    provide: 'Fix the gateway, or set CONFORMANCE_BASE_URL to an address that leads to the API without it.',
  }
}

function noList(list: ListExchange, page: string): Finding {
  return {
    kind: 'no-list',
    message: `The list ${decodeURIComponent(spell(list.query))}: a list had to come, but ${page}.`,
    expected: '200 with a list',
    actual: page,
    exchanges: [list.exchange.id],
  }
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The check uses ${what} without stating that it needs one.`)
  return value
}
