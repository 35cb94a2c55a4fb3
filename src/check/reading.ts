import { isKnown, type KnownEvent, sameValue } from '../oracle/event.ts'
import { mergeReadings } from '../oracle/merge.ts'
import type { Page } from '../oracle/page.ts'
import { defaultLimit, type ListQuery, largestLimit } from '../oracle/query.ts'
import type { Sequence } from '../oracle/window.ts'

/** How a reading asks for one page: the page, or one clause that says what came instead. */
export type AskPage = (query: ListQuery) => Promise<Page | string>

/** One thread as it was read: shared by all checks, and extended when the thread is seen to have grown. */
export interface Reading extends Sequence {
  readonly sessionId: string
  readonly threadId: string
  readonly events: readonly KnownEvent[]
  /** Whether all events of the thread are known. */
  readonly complete: boolean
  /** Why nothing can be judged by this reading, where that is so. */
  readonly problem: string | undefined
  /** An id that two different events share: positions are then ambiguous. */
  readonly sharedId: string | undefined
  /** Reads what was appended since; resolves to whether the thread has grown. */
  refresh(): Promise<boolean>
}

export interface ReadingOptions {
  readonly sessionId: string
  readonly threadId: string
  readonly maxEvents: number
  readonly ask: AskPage
}

/**
 * Reads a thread from both ends, ignoring `has_more`, so that neither a wrong flag nor an event lost at a
 * page boundary in one direction hides part of the thread from the judges.
 */
export async function readThread(options: ReadingOptions): Promise<Reading> {
  const { ask, maxEvents, sessionId, threadId } = options
  const [forward, backward] = await Promise.all([
    collect(ask, { order: undefined }, maxEvents),
    collect(ask, { order: 'desc' }, maxEvents),
  ])
  const whole = forward.ended && forward.problem === undefined
  const events = whole
    ? mergeReadings(forward.events, backward.ended ? [...backward.events].reverse() : [])
    : forward.events
  let growing: Promise<boolean> | undefined
  const reading = {
    sessionId,
    threadId,
    events,
    complete: whole,
    problem: forward.events.length === 0 ? forward.problem : undefined,
    sharedId: forward.sharedId,
    async refresh() {
      growing ??= extend().finally(() => {
        growing = undefined
      })
      return growing
    },
  }
  async function extend(): Promise<boolean> {
    const last = events.at(-1)
    if (!reading.complete) return false
    const known = new Set(events.map((event) => event.id))
    const tail = await collect(ask, last === undefined ? {} : { after: last.id }, maxEvents)
    const fresh = tail.events.filter((event) => !known.has(event.id) && event.thread === threadId)
    events.push(...fresh)
    return fresh.length > 0
  }
  return reading
}

interface Collected {
  readonly events: KnownEvent[]
  readonly ended: boolean
  readonly problem: string | undefined
  readonly sharedId: string | undefined
}

async function collect(
  ask: AskPage,
  from: { order?: 'desc' | undefined; after?: string },
  maxEvents: number,
): Promise<Collected> {
  const events = new Map<string, KnownEvent>()
  let sharedId: string | undefined
  let after = from.after
  const order = from.order === undefined ? {} : { order: from.order }
  let size: { limit?: number } = { limit: largestLimit }
  for (;;) {
    let page = await ask({ ...size, ...order, ...(after === undefined ? {} : { after }) })
    if (typeof page === 'string' && events.size === 0 && size.limit !== undefined) {
      size = {}
      page = await ask({ ...size, ...order, ...(after === undefined ? {} : { after }) })
    }
    if (typeof page === 'string')
      return { events: [...events.values()], ended: false, problem: page, sharedId }
    const before = events.size
    for (const event of page.events.filter(isKnown)) {
      const twin = events.get(event.id)
      if (twin !== undefined && onOnePage(page, twin) && !sameValue(twin, event)) sharedId = event.id
      if (twin === undefined) events.set(event.id, event)
    }
    const list = [...events.values()]
    after = page.events.filter(isKnown).at(-1)?.id
    const short = page.events.length < (size.limit ?? defaultLimit) && page.hasMore !== true
    if (after === undefined || short) return { events: list, ended: true, problem: undefined, sharedId }
    if (events.size === before)
      return { events: list, ended: false, problem: 'the cursor does not advance', sharedId }
    if (events.size >= maxEvents)
      return { events: list.slice(0, maxEvents), ended: false, problem: undefined, sharedId }
  }
}

function onOnePage(page: Page, event: KnownEvent): boolean {
  return page.events.includes(event)
}
