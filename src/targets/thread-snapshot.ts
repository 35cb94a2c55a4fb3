import { defaultRevision } from '../contract/revisions/index.ts'
import type { Revision } from '../contract/revisions/revision.ts'
import { differenceOf } from '../oracle/difference.ts'
import { isKnown, type KnownEvent, type SeenEvent, sameId, sameValue } from '../oracle/event.ts'
import { isMessageOfAnother } from '../oracle/isolation/shared-message.ts'
import { firstInversion } from '../oracle/order/inversion.ts'
import type { LateEvent, Sequence } from '../oracle/pagination/expected-window.ts'
import { defaultLimit, type ListQuery, largestLimit } from '../oracle/pagination/list-query.ts'
import { mergeTraversals } from '../oracle/pagination/merge-traversals.ts'
import { isCursor } from '../oracle/pagination/next-page.ts'
import { idsOf, type Page } from '../oracle/pagination/page.ts'
import { SeenIds } from '../oracle/seen-ids.ts'

/**
 * Requests one page: the page, or a clause that says what was returned instead. `fresh`: the response to an earlier
 * request must not be used.
 */
export type PageReader = (
  query: ListQuery,
  snapshot: ThreadSnapshot,
  fresh: boolean,
) => Promise<Page | string>

/**
 * The pauses, in milliseconds, in which the list may catch up with what another answer showed already. They add up to
 * the two seconds that the contract allows.
 */
export const pausesMs: readonly number[] = [20, 40, 80, 160, 320, 640, 740]
/** A target that shows so many events that its list never has is not waited for any more. */
const mostHopeless = 8
/** A thread that was read anew so often for nothing is not read for late events any more. */
const mostFruitless = 4

/** One thread as it was read: shared by all checks, and extended when the thread is seen to have grown. */
export class ThreadSnapshot implements Sequence {
  readonly sessionId: string
  readonly threadId: string
  /** The revision that it is read by. */
  readonly revision: Revision
  /** How many events the thread had when its reading began. */
  initialLength = 0
  #events: KnownEvent[] = []
  readonly #ask: PageReader
  readonly #maxEvents: number
  #complete = false
  #descending: readonly KnownEvent[] | undefined
  #sampled = false
  #problem: string | undefined
  #sharedId: string | undefined
  #agreed = false
  #growing: Promise<boolean> | undefined
  #queued: Promise<boolean> | undefined
  readonly #neverListed = new Set<string>()
  readonly #late: LateEvent[] = []
  readonly #strays = new Set<string>()
  #fruitless = 0
  #nameless = false
  #listsMessages = false
  /** How the thread is read from its oldest event. */
  #from: Pick<ListQuery, 'order'> = {}

  constructor(
    place: { sessionId: string; threadId: string },
    maxEvents: number,
    ask: PageReader,
    revision: Revision = defaultRevision,
  ) {
    this.revision = revision
    this.sessionId = place.sessionId
    this.threadId = place.threadId
    this.#maxEvents = maxEvents
    this.#ask = ask
  }

  /** The events known so far, oldest first. */
  get events(): readonly KnownEvent[] {
    return this.#events
  }

  /** The events as `order=desc` showed them, where these are the same events in another order than the reverse. */
  get descending(): readonly KnownEvent[] | undefined {
    return this.#descending
  }

  /** Events that appeared in the middle of the thread since it was read. */
  get late(): readonly LateEvent[] {
    return this.#late
  }

  /** Ids of listed events that name another thread as theirs. They are not in `events`. */
  get strays(): ReadonlySet<string> {
    return this.#strays
  }

  /** Whether the thread has events, and none of them an id. */
  get nameless(): boolean {
    return this.#events.length === 0 && this.#nameless
  }

  /** Whether all events of the thread are known. */
  get complete(): boolean {
    return this.#complete
  }

  /** Whether the thread is longer than what was to be read of it. */
  get sampled(): boolean {
    return this.#sampled
  }

  /** Why nothing can be judged by this reading, where that is so. */
  get problem(): string | undefined {
    return this.#problem
  }

  /** An id that two different events share: positions are then ambiguous. */
  get sharedId(): string | undefined {
    return this.#sharedId
  }

  /**
   * Reads the thread from both ends, ignoring `has_more`, so that neither a wrong flag nor an event lost at
   * a page boundary in one direction hides part of the thread from the judges.
   */
  async load(): Promise<void> {
    const collected = await Promise.all([this.#collect({}, false), this.#collectAgain()])
    const [plain, backward] = [this.#own(collected[0]), this.#own(collected[1])]
    let forward = await this.#fromOldest(plain)
    if (isReverse(forward, backward)) {
      this.#events = forward.events
      this.#complete = true
      this.#sharedId = forward.sharedId
      this.initialLength = forward.events.length
      this.#agreed = true
      return
    }
    if (forward.flagged && !startsAlike(forward, backward)) forward = await this.#pastFlag(forward)
    const { complete, reversed } = bothEnds(forward, backward)
    this.#complete = complete
    this.#sampled = !complete && forward.problem === undefined
    // Spread into arguments, a million events would be more than a call can take.
    for (const event of complete ? mergeTraversals(forward.events, reversed) : forward.events)
      this.#events.push(event)
    this.#problem = forward.events.length === 0 ? forward.problem : undefined
    this.#sharedId = forward.sharedId
    const [ascending, descending] = [idsOf(forward.events), idsOf(reversed)]
    const sameEvents =
      ascending.length === descending.length &&
      new Set([...ascending, ...descending]).size === ascending.length
    if (forward.ended && sameEvents && ascending.some((id, at) => id !== descending[at]))
      this.#descending = backward.events
    const shorter = ascending.length < descending.length && sameStart(ascending, descending, ascending.length)
    this.initialLength =
      shorter && (await this.#grewSince(forward)) ? ascending.length : initialLength(this.#events, reversed)
    this.#agreed = sameStart(ascending, descending, this.initialLength)
  }

  /** Reads the thread from its oldest event alone, for a reader that judges little by it. */
  async loadForward(): Promise<void> {
    const forward = await this.#fromOldest(this.#own(await this.#collect({}, false)))
    this.#events = forward.events
    this.#complete = forward.ended
    this.#sampled = !forward.ended && forward.problem === undefined
    this.#problem = forward.events.length === 0 ? forward.problem : undefined
    this.#sharedId = forward.sharedId
    this.initialLength = forward.events.length
    this.#agreed = true
  }

  async #fromOldest(plain: Collected): Promise<Collected> {
    return isNewestFirst(plain.events) ? this.#oldestFirst(plain) : plain
  }

  // A list that begins with the newest events is read in the order that the contract has by default.
  async #oldestFirst(plain: Collected): Promise<Collected> {
    if (this.revision.extensions.has('order')) {
      const ascending = this.#own(await this.#collect({ order: 'asc' }, false))
      if (ascending.events.length > 0 && firstInversion(ascending.events) === undefined) {
        this.#from = { order: 'asc' }
        return ascending
      }
    }
    return plain.ended ? { ...plain, events: plain.events.toReversed(), flagged: false } : plain
  }

  // A server that returns fewer events than the limit may take that for the end of the thread.
  async #pastFlag(forward: Collected): Promise<Collected> {
    const last = forward.events.at(-1)
    if (last === undefined) return forward
    const rest = this.#own(await this.#collect({ ...this.#from, after: last.id }, false, 'after', false))
    const known = new Set(idsOf(forward.events))
    const further = rest.events.filter(({ id }) => !known.has(id))
    if (further.length === 0) return { ...forward, flagged: rest.events.length > 0 || !rest.ended }
    return {
      ...rest,
      events: [...forward.events, ...further],
      sharedId: forward.sharedId ?? rest.sharedId,
    }
  }

  /**
   * Takes in what a stream showed of the thread. Only where the two readings of the list disagree: a list that
   * is the same from both ends is believed, and a stream that shows more is then the one that errs.
   */
  absorb(streamed: readonly SeenEvent[]): void {
    if (this.#agreed || !this.#complete) return
    const own = streamed.filter(isKnown).filter((event) => this.#mayBeOwn(event))
    this.#events = mergeTraversals(this.#events, own)
    this.initialLength = this.#events.length
  }

  // Without `order`, the other reading follows `next_page` where the revision has it, and is reversed here.
  async #collectAgain(): Promise<Collected> {
    const { extensions } = this.revision
    if (extensions.has('order')) return this.#collect({ order: 'desc' }, false)
    const read = await this.#collect({}, false, extensions.has('page') ? 'page' : 'after')
    return { ...read, events: read.events.toReversed() }
  }

  // What only the backward reading shows was lost by the forward one, or came after it: then the forward one's
  // last page is another by now.
  async #grewSince({ last, events }: Collected): Promise<boolean> {
    const known = new Set(idsOf(events))
    const page = await this.#ask(last, this, true)
    return typeof page !== 'string' && page.events.some((event) => isKnown(event) && !known.has(event.id))
  }

  // What carries another thread's label does not belong here, and says nothing of what does. Where nothing
  // carries the right label, labels cannot tell.
  #own(read: Collected): Collected {
    if (read.events.every((event) => this.#mayBeOwn(event))) return read
    const own = read.events.filter((event) => this.#mayBeOwn(event))
    if (own.length === 0) return read
    for (const event of read.events) if (!this.#mayBeOwn(event)) this.#strays.add(event.id)
    return { ...read, events: own }
  }

  // An event without a label is known by its id alone. A message between two threads may be in both lists: it is in
  // this one where a page that no cursor shifts has such messages.
  #mayBeOwn(event: SeenEvent): boolean {
    if (event.thread === undefined || event.thread === this.threadId) return true
    return this.#listsMessages && isMessageOfAnother(event, this.threadId)
  }

  /**
   * Reads the events that were appended until now, with new requests. Resolves to whether there were any. The contract
   * does not say that a stream and a list include an event at the same time: an event that a response contained and the
   * list lacks is awaited for a short time.
   * @param shown the events of that response
   */
  async refresh(shown: readonly SeenEvent[] = []): Promise<boolean> {
    let grown = await this.#readOn()
    if (this.#awaited(shown).length > 0 && this.#fruitless < mostFruitless) {
      grown = (await this.#readLate()) || grown
      // Another check may have read the same late events meanwhile.
      if (this.#awaited(shown).length > 0) this.#fruitless += 1
    }
    for (const pauseMs of pausesMs) {
      if (this.#awaited(shown).length === 0) return grown
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      grown = (await this.#readOn()) || grown
    }
    for (const id of this.#awaited(shown)) this.#neverListed.add(id)
    return grown
  }

  #awaited(shown: readonly SeenEvent[]): string[] {
    if (!this.#complete || this.#neverListed.size >= mostHopeless) return []
    const listed = new Set([...idsOf(this.#events), ...this.#late.map(({ event }) => event.id)])
    const own = shown.filter(isKnown).filter((event) => this.#mayBeOwn(event))
    return idsOf(own).filter((id) => !listed.has(id) && !this.#neverListed.has(id))
  }

  /** Reads the thread once more, for events that committed late and so are not behind the last one. */
  async #readLate(): Promise<boolean> {
    const { events, ended } = await this.#collect(this.#from, true)
    const known = new Set(idsOf(this.#events))
    const noted = new Set(this.#late.map(({ event }) => event.id))
    const newest = events.findLastIndex(({ id }) => known.has(id))
    const fresh = events.slice(0, newest + 1).flatMap((event, at) => {
      if (known.has(event.id) || noted.has(event.id) || !this.#mayBeOwn(event)) return []
      return isInPlace(events, at) ? [{ event, behind: events[at - 1]?.id }] : []
    })
    // A list that lacks what it showed before has not grown, whatever else it shows.
    const whole = ended && this.#events.every(({ id }) => events.some((event) => event.id === id))
    if (!whole || fresh.length === 0) return false
    this.#late.push(...fresh)
    return true
  }

  #readOn(): Promise<boolean> {
    if (this.#growing === undefined) return this.#start()
    // The one under way may have been answered before what the caller saw was appended.
    this.#queued ??= this.#growing.then(() => {
      this.#queued = undefined
      return this.#start()
    })
    return this.#queued
  }

  #start(): Promise<boolean> {
    this.#growing = this.#extend().finally(() => {
      this.#growing = undefined
    })
    return this.#growing
  }

  async #extend(): Promise<boolean> {
    if (!this.#complete) return false
    const last = this.#events.at(-1)
    const known = new Set(this.#events.map((event) => event.id))
    const tail = await this.#collect(
      { ...this.#from, ...(last === undefined ? {} : { after: last.id }) },
      true,
    )
    const fresh = tail.events.filter((event) => !known.has(event.id) && this.#mayBeOwn(event))
    for (const event of fresh) this.#events.push(event)
    return fresh.length > 0
  }

  async #collect(
    from: Pick<ListQuery, 'order' | 'after'>,
    fresh: boolean,
    by: 'after' | 'page' = 'after',
    trustsFlag = true,
  ): Promise<Collected> {
    const events: KnownEvent[] = []
    const ids = new SeenIds()
    let sharedId: string | undefined
    let saidLast = false
    let full = false
    let next: ListQuery = { limit: largestLimit, ...from }
    const result = (ended: boolean, problem?: string, claimed = problem !== undefined): Collected => ({
      events: events.length > this.#maxEvents ? events.slice(0, this.#maxEvents) : events,
      ended: ended && events.length <= this.#maxEvents,
      claimed,
      flagged: false,
      problem,
      sharedId,
      last: next,
    })
    for (;;) {
      let page = await this.#ask(next, this, fresh)
      if (typeof page === 'string' && events.length === 0 && next.limit !== undefined) {
        // A server that cannot serve its largest page may still serve its default one.
        const { limit: _largest, ...rest } = next
        next = rest
        page = await this.#ask(next, this, fresh)
      }
      // Where the cursor is refused, what the page before said of its end is all that there is.
      if (typeof page === 'string') return result(saidLast && (!full || (await this.#flagTells(fresh))), page)
      const before = events.length
      const shown = page.events.filter(isKnown)
      if (shown.length < page.events.length) this.#nameless = true
      if (next.after === undefined && shown.some((event) => isMessageOfAnother(event, this.threadId)))
        this.#listsMessages = true
      for (const event of shown) {
        if (ids.add(event)) events.push(event)
        else if (differsOnPage(event, shown)) sharedId = event.id
      }
      const after = shown.at(-1)?.id
      if (after === undefined) return result(true)
      if (events.length === before) {
        const ended = saidLast && (!full || (await this.#flagTells(fresh)))
        return result(ended, 'the cursor does not advance')
      }
      const short = page.events.length < (next.limit ?? defaultLimit)
      if (short && page.hasMore === false && trustsFlag) return { ...result(true), flagged: true }
      if (short && typeof page.hasMore !== 'boolean' && (await this.#isEnd(page, next, fresh)))
        return result(true, undefined, true)
      if (events.length > this.#maxEvents) return result(false)
      saidLast = page.hasMore === false
      full = !short
      if (by === 'after') next = { ...next, after }
      else if (isCursor(page.nextPage)) next = { limit: largestLimit, page: { cursor: page.nextPage, after } }
      else return result(page.nextPage === null)
    }
  }

  // A full page may be the last one. Its flag alone says so only where the flag is not false on a page of one event too.
  async #flagTells(fresh: boolean): Promise<boolean> {
    const first = await this.#ask({ ...this.#from, limit: 1 }, this, fresh)
    return typeof first !== 'string' && (first.events.length !== 1 || first.hasMore !== false)
  }

  // Without has_more a short page is the last one where limits are known to be kept: one less gives one less.
  async #isEnd(page: Page, query: ListQuery, fresh: boolean): Promise<boolean> {
    const { nextPage } = page
    if (nextPage !== undefined) return nextPage === null
    const fewer = page.events.length - 1
    if (fewer < 1) return true
    const smaller = await this.#ask({ ...query, limit: fewer }, this, fresh)
    return typeof smaller !== 'string' && smaller.events.length === fewer
  }
}

/**
 * Whether two readings together show the whole thread. Each that came to its end does. Where cursors do not work, the
 * oldest and the newest events do if they overlap. Two ends that have nothing in common have a gap between them.
 */
function bothEnds(
  forward: Collected,
  backward: Collected,
): { readonly complete: boolean; readonly reversed: KnownEvent[] } {
  const reversed = backward.events.toReversed()
  const ignored = backward.events.length > 1 && sameIds(forward.events, backward.events)
  const ended = backward.ended ? reversed : []
  if (ignored) return { complete: forward.ended, reversed: forward.ended ? forward.events : [] }
  const known = new Set(idsOf(forward.events))
  const apart = reversed.length > 0 && !reversed.some(({ id }) => known.has(id))
  if (forward.ended) return { complete: !(apart && (forward.claimed || forward.flagged)), reversed: ended }
  const start = forward.events.findIndex(({ id }) => id === reversed[0]?.id)
  const shared = start === -1 ? [] : forward.events.slice(start)
  const overlap = shared.length > 0 && sameIds(shared, reversed.slice(0, shared.length))
  const stuck = forward.problem !== undefined && backward.problem !== undefined
  return { complete: stuck && overlap, reversed: stuck && overlap ? reversed : [] }
}

/** Whether a backward reading came to the event that the forward one began with. */
function startsAlike(forward: Collected, backward: Collected): boolean {
  const [first, oldest] = [forward.events[0], backward.events.at(-1)]
  if (first === undefined || oldest === undefined || !backward.ended) return false
  return sameId(first, oldest) && !sameIds(forward.events, backward.events)
}

function isNewestFirst(events: readonly KnownEvent[]): boolean {
  return firstInversion(events) !== undefined && firstInversion(events.toReversed()) === undefined
}

// Usually both readings show the whole thread, and comparing a long one in any other way is expensive.
function isReverse(forward: Collected, backward: Collected): boolean {
  const last = backward.events.length - 1
  if (!forward.ended || !backward.ended || forward.events.length !== last + 1) return false
  return forward.events.every((event, at) => {
    const other = backward.events[last - at]
    return other !== undefined && sameId(event, other)
  })
}

// Whether another event of the page has the same id.
function differsOnPage(event: KnownEvent, shown: readonly KnownEvent[]): boolean {
  const first = shown.find(({ id }) => id === event.id)
  return first !== undefined && first !== event && !sameValue(first, event)
}

function sameIds(left: readonly KnownEvent[], right: readonly KnownEvent[]): boolean {
  return differenceOf(idsOf(left), idsOf(right)) === undefined
}

// By its time it belongs where it is, between its neighbours.
function isInPlace(events: readonly KnownEvent[], at: number): boolean {
  const around = events.slice(Math.max(0, at - 1), at + 2)
  return firstInversion(around) === undefined
}

function sameStart(left: readonly string[], right: readonly string[], length: number): boolean {
  return differenceOf(left.slice(0, length), right.slice(0, length)) === undefined
}

// The newest event that the backward reading began with was the last one then; what follows it came later.
function initialLength(events: readonly KnownEvent[], reversed: readonly KnownEvent[]): number {
  const newest = events.findIndex((event) => event.id === reversed.at(-1)?.id)
  const trustworthy = newest !== -1 && reversed[0]?.id === events[0]?.id
  return trustworthy ? newest + 1 : events.length
}

interface Collected {
  readonly events: KnownEvent[]
  readonly ended: boolean
  /** Whether its end is known by the page alone, since no cursor went on from there. */
  readonly claimed: boolean
  /** Whether its end is known by `has_more` of a page with fewer events than the limit. */
  readonly flagged: boolean
  readonly problem: string | undefined
  readonly sharedId: string | undefined
  /** The query of the last page. */
  readonly last: ListQuery
}
