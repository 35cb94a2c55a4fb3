import { describe, expect, test } from 'vitest'
import { differenceOf } from './difference.ts'
import { aList, anEvent, anExchange, aStream, aThread } from './history-fixture.ts'
import { judgeChronology } from './judge-chronology.ts'
import { judgeEmpty, judgeEnds, judgeHasMore, judgeRepresentation, judgeShape } from './judge-envelope.ts'
import { judgeErrorMessage, judgeErrorType } from './judge-error.ts'
import { judgeListIsolation, judgeStreamIsolation } from './judge-isolation.ts'
import { judgeSameness } from './judge-sameness.ts'
import { judgeFlow, judgeHistory } from './judge-stream.ts'
import { judgeTies } from './judge-ties.ts'
import { judgeWalk } from './judge-walk.ts'
import { judgeWindow } from './judge-window.ts'
import { mergeReadings } from './merge.ts'
import type { Page } from './page.ts'

const events = [1, 2, 3, 4, 5].map((at) => anEvent(`evt_${at}`, at))
const [one, two, three, four, five] = events as [
  (typeof events)[0],
  (typeof events)[0],
  (typeof events)[0],
  (typeof events)[0],
  (typeof events)[0],
]
const thread = aThread(events)
const kindOf = (finding: unknown) =>
  typeof finding === 'object' && finding !== null && 'kind' in finding ? finding.kind : finding
const pageOf = (list: ReturnType<typeof aList>): Page => {
  if (typeof list.page === 'string') throw new Error(list.page)
  return list.page
}

describe('judgeWindow', () => {
  const judge = (list: ReturnType<typeof aList>) => kindOf(judgeWindow(list, pageOf(list)))
  test('the right page is right', () => {
    expect(
      judge(aList(thread, { after: 'evt_2', limit: 2 }, [three, four], { hasMore: true })),
    ).toBeUndefined()
    expect(judge(aList(thread, { before: 'evt_4', limit: 2 }, [two, three]))).toBeUndefined()
    expect(judge(aList(thread, { order: 'desc', after: 'evt_4', limit: 2 }, [three, two]))).toBeUndefined()
  })
  test('each kind of wrong page is named', () => {
    const query = { after: 'evt_2', limit: 2 }
    expect(judge(aList(thread, query, [two, three]))).toBe('other')
    expect(judge(aList(thread, query, [three]))).toBe('missing')
    expect(judge(aList(thread, query, [three, four, five]))).toBe('surplus')
    expect(judge(aList(thread, query, [four, three]))).toBe('reversed')
    expect(judge(aList(thread, query, [three, three]))).toBe('repeated')
    expect(judge(aList(thread, query, []))).toBe('empty')
  })
  test('the oldest records instead of the nearest are wrong under before_id', () => {
    expect(judge(aList(thread, { before: 'evt_5', limit: 2 }, [one, two]))).toBe('other')
  })
  test('a page is right that was right when it was asked for, or at any time since', () => {
    for (const known of [3, 4, 5]) {
      expect(judge(aList(thread, { limit: 20 }, events.slice(0, 4), { known }))).toBe(
        known === 5 ? 'missing' : undefined,
      )
    }
  })
  test('a shared timestamp next to the cursor is told', () => {
    const tied = aThread([one, anEvent('evt_x', 1), two])
    const finding = judgeWindow(
      aList(tied, { after: 'evt_1' }, [two]),
      pageOf(aList(tied, { after: 'evt_1' }, [two])),
    )
    expect(finding).toMatchObject({ message: expect.stringContaining('same created_at as the cursor') })
  })
})

describe('envelope judges', () => {
  test('has_more is judged where the page is right, and not where it is not', () => {
    expect(kindOf(judgeHasMore(aList(thread, { limit: 5 }, events, { hasMore: true })))).toBe(
      'has-more-surplus',
    )
    expect(kindOf(judgeHasMore(aList(thread, { limit: 4 }, events.slice(0, 4))))).toBe('has-more-missing')
    expect(kindOf(judgeHasMore(aList(thread, { limit: 4 }, events.slice(0, 4), { hasMore: 'yes' })))).toBe(
      'has-more-type',
    )
    expect(judgeHasMore(aList(thread, { limit: 4 }, events.slice(0, 4), { hasMore: true }))).toBeUndefined()
    expect(judgeHasMore(aList(thread, { limit: 4 }, [five], { hasMore: true }))).toBe('skip')
  })
  test('the flag may be made up after the page, when an event came in between', () => {
    expect(
      judgeHasMore(aList(thread, { limit: 4 }, events.slice(0, 4), { hasMore: true, known: 4 })),
    ).toBeUndefined()
  })
  test('first_id and last_id frame the page, and are null on an empty one', () => {
    const right = aList(thread, { limit: 2 }, [one, two])
    expect(judgeEnds(right)).toBeUndefined()
    const wrong = { ...right, page: { ...pageOf(right), lastId: 'evt_1' } }
    expect(kindOf(judgeEnds(wrong))).toBe('last-id')
    expect(judgeEnds(aList(thread, {}, []))).toBe('skip')
    expect(judgeEmpty(aList(thread, {}, []))).toBeUndefined()
    const empty = aList(thread, {}, [])
    expect(kindOf(judgeEmpty({ ...empty, page: { ...pageOf(empty), firstId: '' } }))).toBe('first-id')
  })
  test('status, shape, media type and encoding each have a finding of their own', () => {
    const list = aList(thread, {}, events)
    const with_ = (exchange: typeof list.exchange) => ({ ...list, exchange })
    expect(kindOf(judgeShape(with_(anExchange({}, { status: 503 }))))).toBe('status')
    expect(kindOf(judgeShape(with_(anExchange({ data: [] }))))).toBe('schema')
    expect(judgeShape(with_(anExchange('', { status: 429 })))).toBe('skip')
    expect(kindOf(judgeRepresentation(with_(anExchange({}, { type: 'text/json' }))))).toBe('media-type')
    expect(
      judgeRepresentation(with_(anExchange({}, { type: 'Application/JSON; charset=utf-8' }))),
    ).toBeUndefined()
    expect(kindOf(judgeRepresentation(with_(anExchange('[1,'))))).toBe('json')
  })
})

describe('judgeWalk', () => {
  const walk = (ids: readonly string[], end: 'end' | 'cycle' | 'too-long' = 'end') => ({
    direction: 'forward' as const,
    lists: [aList(thread, { limit: 5 }, events)],
    ids,
    end,
  })
  const all = ['evt_1', 'evt_2', 'evt_3']
  test('each record once is right; lost, repeated and endless are wrong', () => {
    expect(judgeWalk(walk(all), all, new Set())).toBeUndefined()
    expect(kindOf(judgeWalk(walk(['evt_1', 'evt_3']), all, new Set()))).toBe('missing')
    expect(kindOf(judgeWalk(walk([...all, 'evt_3']), all, new Set()))).toBe('repeated')
    expect(kindOf(judgeWalk(walk([...all, ...all], 'cycle'), all, new Set()))).toBe('cycle')
    expect(kindOf(judgeWalk(walk(all, 'too-long'), all, new Set()))).toBe('too-long')
  })
  test('what was appended meanwhile may come, or not', () => {
    expect(judgeWalk(walk([...all, 'evt_new']), all, new Set(['evt_new']))).toBeUndefined()
    expect(judgeWalk(walk(all), all, new Set(['evt_new']))).toBeUndefined()
  })
})

describe('streams', () => {
  test('the history is due in order, each once, filtered and from where it resumes', () => {
    expect(judgeHistory(aStream(thread, events))).toBeUndefined()
    expect(kindOf(judgeHistory(aStream(thread, [one, two, three, four])))).toBe('missing')
    expect(kindOf(judgeHistory(aStream(thread, [...events, five])))).toBe('repeated')
    expect(kindOf(judgeHistory(aStream(thread, events.toReversed())))).toBe('reversed')
    expect(judgeHistory(aStream(thread, [four, five], { after: 'evt_3' }))).toBeUndefined()
    expect(kindOf(judgeHistory(aStream(thread, [three, four, five], { after: 'evt_3' })))).toBe('surplus')
    expect(judgeHistory(aStream(thread, [], { types: ['x.y'] }))).toBeUndefined()
  })
  test('events that came after the request was sent are welcome, and need not come', () => {
    for (const came of [events.slice(0, 3), events])
      expect(judgeHistory(aStream(thread, came, { known: 3 }))).toBeUndefined()
  })
  test('a stream that stays open without its frames is held back; one that closes is not', () => {
    const silent = aStream(thread, [])
    const record = {
      ...silent.exchange.stream,
      frames: [],
      comments: 3,
      heartbeats: 0,
      leftover: 0,
      parseErrors: [],
      retryField: undefined,
    }
    const ended = (end: 'idle' | 'server') => ({
      ...silent,
      exchange: { ...silent.exchange, stream: { ...record, end } },
    })
    expect(kindOf(judgeFlow(ended('idle')))).toBe('silent')
    expect(judgeFlow(ended('server'))).toBeUndefined()
  })
})

describe('isolation', () => {
  const stranger = anEvent('evt_s', 3, { session_thread_id: 'sthr_b' })
  const known = aThread(events, ['evt_s', 'evt_t'])
  test('a label or an id of another thread is a leak, in lists and streams', () => {
    expect(kindOf(judgeListIsolation(aList(known, {}, [one, stranger])))).toBe('leak')
    expect(kindOf(judgeListIsolation(aList(known, {}, [one, anEvent('evt_t', 3)])))).toBe('leak')
    expect(judgeListIsolation(aList(known, {}, events))).toBeUndefined()
    expect(kindOf(judgeStreamIsolation(aStream(known, [stranger])))).toBe('leak')
    expect(judgeStreamIsolation(aStream(known, events))).toBeUndefined()
  })
  test('without a sibling nothing is said', () => {
    expect(judgeListIsolation(aList(thread, {}, events))).toBe('skip')
  })
})

describe('sameness', () => {
  const changed = anEvent('evt_1', 1, { processed_at: '2026-01-01T00:00:09Z' })
  const history = (...lists: ReturnType<typeof aList>[]) => ({ exchanges: [], lists, streams: [] })
  test('a value that comes back after it differed is certain', () => {
    const { findings } = judgeSameness(
      history(aList(thread, {}, [one]), aList(thread, {}, [changed]), aList(thread, {}, [one])),
    )
    expect(findings.map(kindOf)).toEqual(['value'])
  })
  test('a value that changed once may have changed over time', () => {
    const verdict = judgeSameness(
      history(aList(thread, {}, [one]), aList(thread, {}, [changed]), aList(thread, {}, [changed])),
    )
    expect([verdict.findings.length, verdict.tentative.length]).toEqual([0, 1])
  })
  test('key order and the spelling of numbers do not count', () => {
    const left = anEvent('evt_9', 1, { a: 1, b: [1, { c: 2, d: 3 }] })
    const right = anEvent('evt_9', 1, { b: [1, { d: 3, c: 2 }], a: 1 })
    expect(judgeSameness(history(aList(thread, {}, [left]), aList(thread, {}, [right])))).toMatchObject({
      findings: [],
      tentative: [],
      judged: 1,
    })
  })
})

describe('order', () => {
  const judged = (list: ReturnType<typeof aList>) =>
    judgeChronology({ exchanges: [], lists: [list], streams: [] })
  test('nanoseconds and zones decide', () => {
    const late = anEvent('evt_n2', '2026-01-01T00:00:00.000000002Z')
    const early = anEvent('evt_n1', '2026-01-01T01:00:00.000000001+01:00')
    const sorted = aThread([early, late])
    expect(judged(aList(sorted, {}, [early, late])).findings).toEqual([])
    expect(judged(aList(sorted, {}, [late, early])).findings.map(kindOf)).toEqual(['inversion'])
    expect(judged(aList(sorted, { order: 'desc' }, [late, early])).findings).toEqual([])
  })
  test('events of one instant say nothing', () => {
    const tied = [anEvent('evt_1', 1), anEvent('evt_2', 1)]
    expect(judged(aList(aThread(tied), {}, tied)).judged).toBe(0)
  })
  test('ties that change places between two reads are found', () => {
    const members = new Set(['evt_1', 'evt_2'])
    expect(
      judgeTies(members, [aList(thread, {}, [one, two]), aList(thread, { limit: 3 }, [one, two])]),
    ).toBeUndefined()
    expect(
      kindOf(judgeTies(members, [aList(thread, {}, [one, two]), aList(thread, { limit: 3 }, [two, one])])),
    ).toBe('tie-order')
  })
})

describe('errors', () => {
  const error = (message: string, more: { status?: number; type?: string } = {}) =>
    anExchange({ type: 'error', error: { type: 'invalid_request_error', message } }, { status: 400, ...more })
  test.for([
    'limit must be an integer from 1 to 100.',
    'Not found: /sessions/sess_a/threads/sthr_a/events',
    'Select a smaller limit, from the range 1 to 100.',
    'Where did the token go?',
    'The cursor "evt_1" is not in this thread (see https://example.com/docs/paging).',
  ])('a harmless message is harmless: %s', (message) => {
    expect(judgeErrorMessage(error(message))).toBeUndefined()
  })
  test.for([
    'x\n    at parse (/srv/app/dist/query.js:41:13)',
    'Traceback (most recent call last):',
    'SELECT id FROM events WHERE thread = $1',
    'ENOENT: /var/lib/api/threads/1.json',
    'java.lang.NPE at com.example.Api.list(Api.java:88)',
    'SQLSTATE[22021]',
  ])('internals are found: %s', (message) => {
    expect(kindOf(judgeErrorMessage(error(message)))).toBe('internals 400')
  })
  test('status and type agree, where the errors page speaks of the status', () => {
    expect(judgeErrorType(error('x'))).toBeUndefined()
    expect(kindOf(judgeErrorType(error('x', { status: 404 })))).toBe('error-type 404')
    expect(judgeErrorType(error('x', { status: 406 }))).toBe('skip')
  })
})

test('mergeReadings puts what only one end shows behind its neighbour', () => {
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)
  expect(ids(mergeReadings([one, two, four], [two, three, four]))).toEqual([
    'evt_1',
    'evt_2',
    'evt_3',
    'evt_4',
  ])
  expect(ids(mergeReadings([two], [one, two, three]))).toEqual(['evt_1', 'evt_2', 'evt_3'])
  expect(ids(mergeReadings([one, two], []))).toEqual(['evt_1', 'evt_2'])
})

test('differenceOf tells the kinds of difference apart', () => {
  expect(differenceOf(['a', 'b'], ['a', 'b'])).toBeUndefined()
  expect(differenceOf(['a', 'b', 'c'], ['a', 'c', 'b'])?.kind).toBe('order')
  expect(differenceOf([], ['a'])?.kind).toBe('not-empty')
})
