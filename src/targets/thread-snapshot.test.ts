import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { revision202607 } from '../contract/revisions/2026-07.ts'
import type { KnownEvent } from '../oracle/event.ts'
import { aList, anEvent, aThread } from '../oracle/history-fixture.ts'
import { windowOf } from '../oracle/pagination/expected-window.ts'
import type { ListQuery } from '../oracle/pagination/list-query.ts'
import type { Page } from '../oracle/pagination/page.ts'
import { type PageReader, ThreadSnapshot } from './thread-snapshot.ts'

const event = (at: number) => anEvent(`evt_${at}`, at, { session_thread_id: 'sthr_a' })
const firstEvents = (count: number) => Array.from({ length: count }, (_, at) => event(at))

/** A thread that tells what was asked of it, and answers as it is when asked. */
function target(events: KnownEvent[], maxEvents = 1_000) {
  const asked: { readonly query: ListQuery; readonly fresh: boolean }[] = []
  const answer = (query: ListQuery): Page | string => {
    const window = windowOf({ events: [...events], complete: true }, query)
    return window === undefined
      ? 'status 400 came'
      : aList(aThread(events), query, window.events, { hasMore: window.hasMore ?? false }).page
  }
  const snapshot = new ThreadSnapshot(
    { sessionId: 'sess_a', threadId: 'sthr_a' },
    maxEvents,
    async (query, _one, fresh) => {
      asked.push({ query, fresh })
      return answer(query)
    },
  )
  return { snapshot, asked, answer }
}

describe('refreshing a reading', () => {
  test('sends the request again, although the same request had a different response before', async () => {
    const events = firstEvents(3)
    const { snapshot, asked } = target(events)
    await snapshot.load()
    expect(await snapshot.refresh()).toBe(false)
    events.push(event(3))
    expect(await snapshot.refresh()).toBe(true)
    expect(snapshot.events).toHaveLength(4)
    const tails = asked.filter(({ query }) => query.after === 'evt_2')
    expect(tails.map(({ fresh }) => fresh)).toEqual([true, true])
  })

  test('begins after the call, not with one that was under way', async () => {
    const events = firstEvents(3)
    const { snapshot } = target(events)
    await snapshot.load()
    const before = snapshot.refresh()
    events.push(event(3))
    const [grew] = await Promise.all([snapshot.refresh(), before])
    expect(snapshot.events).toHaveLength(4)
    expect(grew).toBe(true)
  })
})

describe('what a stream showed before the list', () => {
  test('is waited for until the list has it', async () => {
    const events = firstEvents(3)
    const { snapshot, asked } = target(events)
    await snapshot.load()
    const before = asked.length
    const refreshed = snapshot.refresh([event(2), event(3)])
    await vi.waitUntil(() => asked.length > before + 1)
    events.push(event(3))
    expect(await refreshed).toBe(true)
    expect(snapshot.events).toHaveLength(4)
  })

  test('is given up if it never arrives, and is not awaited again', async () => {
    vi.useFakeTimers()
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const { snapshot, asked } = target(firstEvents(3))
    await snapshot.load()
    const refreshed = snapshot.refresh([event(7)])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await refreshed).toBe(false)
    const before = asked.length
    expect(await snapshot.refresh([event(7)])).toBe(false)
    expect(asked.length).toBe(before + 1)
  })

  test("is not waited for where it is another thread's", async () => {
    const { snapshot, asked } = target(firstEvents(3))
    await snapshot.load()
    const before = asked.length
    expect(await snapshot.refresh([{ ...event(7), thread: 'sthr_b' }])).toBe(false)
    expect(asked.length).toBe(before + 1)
  })
})

describe('the length that a thread had when its reading began', () => {
  async function loadWhileGrowing(later: 'forward' | 'backward'): Promise<ThreadSnapshot> {
    const [before, after] = [target(firstEvents(5)), target(firstEvents(6))]
    const early = later === 'forward' ? 'desc' : undefined
    const seen = new Set<string | undefined>()
    const snapshot = new ThreadSnapshot({ sessionId: 'sess_a', threadId: 'sthr_a' }, 1_000, async (query) => {
      const first = !seen.has(query.order)
      seen.add(query.order)
      return (first && query.order === early ? before : after).answer(query)
    })
    await snapshot.load()
    return snapshot
  }

  test.for(['forward', 'backward'] as const)(
    'is the smaller one when it grew between the two readings, the %s one being the later',
    async (later) => {
      const snapshot = await loadWhileGrowing(later)
      expect([snapshot.events.length, snapshot.initialLength]).toEqual([6, 5])
    },
  )

  test('is the whole of it when one direction loses an event', async () => {
    const events = firstEvents(5)
    const { answer } = target(events)
    const snapshot = new ThreadSnapshot({ sessionId: 'sess_a', threadId: 'sthr_a' }, 1_000, async (query) =>
      query.order === 'desc'
        ? answer(query)
        : aList(aThread(events), query, events.slice(0, 4), { hasMore: false }).page,
    )
    await snapshot.load()
    expect([snapshot.events.length, snapshot.initialLength]).toEqual([5, 5])
  })
})

test('a thread beyond the read limit is marked as partly read', async () => {
  const { snapshot } = target(firstEvents(250), 120)
  await snapshot.load()
  expect([snapshot.events.length, snapshot.complete, snapshot.sampled]).toEqual([120, false, true])
})

describe('a thread on a server that departs from the contract', () => {
  interface Departure {
    readonly cursors?: 'ignored' | 'refused'
    readonly order?: 'ignored'
    readonly largest?: number
    readonly limit?: 'ignored'
    readonly bare?: true
    /** Whether `has_more` compares the page with the limit that was asked for. */
    readonly hasMore?: 'by-limit' | 'always false'
  }

  async function read(count: number, { cursors, order, limit, largest = 100, bare, hasMore }: Departure) {
    const events = firstEvents(count).map((one) => ({ ...one, session: undefined, thread: undefined }))
    let requests = 0
    const snapshot = new ThreadSnapshot({ sessionId: 'sess_a', threadId: 'sthr_a' }, 1_000, async (query) => {
      requests += 1
      if (cursors === 'refused' && query.after !== undefined) return 'status 400 came'
      const asked: ListQuery = {
        limit: Math.min(largest, limit === 'ignored' ? largest : (query.limit ?? 20)),
        ...(order === 'ignored' || query.order === undefined ? {} : { order: query.order }),
        ...(cursors === 'ignored' || query.after === undefined ? {} : { after: query.after }),
      }
      const window = windowOf({ events, complete: true }, asked)
      const { page } = aList(aThread(events), asked, window?.events ?? [], {
        hasMore:
          hasMore === 'by-limit'
            ? (window?.events.length ?? 0) >= (query.limit ?? 20)
            : hasMore === undefined && (window?.hasMore ?? false),
      })
      if (typeof page === 'string' || bare !== true) return page
      return { ...page, firstId: undefined, lastId: undefined, hasMore: undefined, value: { data: [] } }
    })
    await snapshot.load()
    expect(requests).toBeLessThan(20)
    return { events: snapshot.events.length, complete: snapshot.complete, problem: snapshot.problem }
  }

  test.for([
    ['joins both ends where cursors are ignored', 150, { cursors: 'ignored' }, 150, true],
    ['joins both ends where cursors are refused', 199, { cursors: 'refused' }, 199, true],
    ['knows of a gap between both ends', 250, { cursors: 'refused' }, 100, false],
    ['knows its beginning alone', 144, { cursors: 'ignored', order: 'ignored' }, 100, false],
    ['believes has_more: false', 100, { cursors: 'ignored', order: 'ignored' }, 100, true],
    [
      'does not believe has_more: false of a full page where a page of one event says the same',
      118,
      { cursors: 'ignored', order: 'ignored', hasMore: 'always false' },
      100,
      false,
    ],
    ['ends with a short page', 57, { cursors: 'refused', order: 'ignored', bare: true }, 57, true],
    [
      'does not take a small page for the end',
      90,
      { cursors: 'ignored', order: 'ignored', bare: true, limit: 'ignored', largest: 20 },
      20,
      false,
    ],
    [
      'does not take a smaller largest page for the end',
      120,
      { cursors: 'ignored', bare: true, largest: 50 },
      50,
      false,
    ],
    [
      'does not believe has_more: false of a smaller page',
      230,
      { largest: 50, hasMore: 'by-limit' },
      230,
      true,
    ],
    [
      'reads past has_more: false where the order is ignored',
      230,
      { largest: 50, hasMore: 'by-limit', order: 'ignored' },
      230,
      true,
    ],
    [
      'knows of a gap behind has_more: false',
      230,
      { largest: 50, hasMore: 'by-limit', cursors: 'ignored' },
      50,
      false,
    ],
    ['goes on by ids without first_id and last_id', 250, { bare: true }, 250, true],
  ] as const)('%s', async ([, count, departure, known, complete]) => {
    expect(await read(count, departure)).toEqual({ events: known, complete, problem: undefined })
  })

  test('knows events without labels when they are appended', async () => {
    const events = firstEvents(3).map((one) => ({ ...one, thread: undefined }))
    const { snapshot } = target(events)
    await snapshot.load()
    events.push({ ...event(3), thread: undefined })
    expect(await snapshot.refresh()).toBe(true)
    expect(snapshot.events).toHaveLength(4)
  })
})

describe('a thread that is listed newest first', () => {
  const newestFirst = (events: KnownEvent[], honours: boolean) =>
    new ThreadSnapshot({ sessionId: 'sess_a', threadId: 'sthr_a' }, 1_000, async (query) => {
      const { order, ...rest } = query
      const asked: ListQuery = honours && order === 'asc' ? rest : { ...rest, order: 'desc' }
      const window = windowOf({ events, complete: true }, asked)
      return aList(aThread(events), asked, window?.events ?? [], { hasMore: window?.hasMore ?? false }).page
    })

  test.for([true, false])(
    'is known from its oldest event on, whether order=asc works (%s)',
    async (honours) => {
      const events = firstEvents(130)
      const snapshot = newestFirst(events, honours)
      await snapshot.load()
      expect(snapshot.events.map(({ id }) => id)).toEqual(events.map(({ id }) => id))
      expect(snapshot.complete).toBe(true)
    },
  )

  test('is read without `order` where the revision has none', async () => {
    const events = firstEvents(130)
    const queries: ListQuery[] = []
    const read: PageReader = async (query) => {
      queries.push(query)
      const asked: ListQuery = { ...query, order: 'desc' }
      const window = windowOf({ events, complete: true }, asked)
      const hasMore = window?.hasMore ?? false
      return aList(aThread(events), asked, window?.events ?? [], { hasMore }).page
    }
    const place = { sessionId: 'sess_a', threadId: 'sthr_a' }
    const snapshot = new ThreadSnapshot(place, 1_000, read, revision202607)
    await snapshot.load()
    expect(queries.filter(({ order }) => order !== undefined)).toEqual([])
    expect(snapshot.events.map(({ id }) => id)).toEqual(events.map(({ id }) => id))
  })
})

describe('messages of another thread that name this one', () => {
  const addressed = {
    session_thread_id: 'sthr_b',
    from_session_thread_id: 'sthr_b',
    to_session_thread_id: 'sthr_a',
  }
  const message = anEvent('evt_m', 2, addressed)

  test('belong to the thread where its plain list has them', async () => {
    const { snapshot } = target([event(1), message, event(3)])
    await snapshot.load()
    expect(snapshot.events.map(({ id }) => id)).toEqual(['evt_1', 'evt_m', 'evt_3'])
  })

  test('do not where only pages behind a cursor have them', async () => {
    const events = firstEvents(30)
    const late = anEvent('evt_m', 29, addressed)
    const snapshot = new ThreadSnapshot({ sessionId: 'sess_a', threadId: 'sthr_a' }, 1_000, async (query) => {
      const limited = { ...query, limit: Math.min(10, query.limit ?? 10) }
      const window = windowOf({ events, complete: true }, limited)
      const shown = [...(window?.events ?? []), ...(query.after === undefined ? [] : [late])]
      return aList(aThread(events), limited, shown, { hasMore: window?.hasMore ?? false }).page
    })
    await snapshot.load()
    expect(snapshot.events.some(({ id }) => id === 'evt_m')).toBe(false)
  })
})
