import { describe, expect, test } from 'vitest'
import type { KnownEvent } from '../oracle/event.ts'
import type { ListExchange } from '../oracle/history.ts'
import { aHistory, aList, anEvent, aStream, aThread } from '../oracle/history-fixture.ts'
import { windowOf } from '../oracle/pagination/expected-window.ts'
import { type ListQuery, queryString, type TypeSpelling } from '../oracle/pagination/list-query.ts'
import { violationsOf } from './violations.ts'

const types = ['a.one', 'b.two', 'c.three']
const events = Array.from({ length: 50 }, (_, at) => anEvent(`evt_${at}`, at, { type: types[at % 3] ?? '' }))
const thread = aThread(events, ['evt_s'])
const id = (at: number) => events[at]?.id ?? ''
const right = (query: ListQuery) => windowOf(thread.sequence, query)?.events ?? []

function listed(
  query: ListQuery,
  shown: readonly KnownEvent[] = right(query),
  spelling: TypeSpelling = 'comma',
  of = thread,
): ListExchange {
  const list = aList(of, query, shown)
  const target = `/sessions/sess_a/threads/sthr_a/events${queryString(query, spelling)}`
  return { ...list, exchange: { ...list.exchange, request: { ...list.exchange.request, target } } }
}

/** A message that another thread sent to this one. */
function aMessage(name: string, second: number): KnownEvent {
  return anEvent(name, second, {
    session_thread_id: 'sthr_b',
    from_session_thread_id: 'sthr_b',
    to_session_thread_id: 'sthr_a',
  })
}

/** The requirement that each of these lists breaks. */
function causes(...lists: ListExchange[]): (string | undefined)[] {
  const violations = violationsOf(aHistory(lists))
  return lists.map(({ exchange }) => violations.find((one) => one.exchange === exchange.id)?.requirement)
}

/** The same list with further headers. */
function withHeaders(list: ListExchange, ...headers: (readonly [string, string])[]): ListExchange {
  const { exchange } = list
  return { ...list, exchange: { ...exchange, request: { ...exchange.request, headers } } }
}

describe('a header', () => {
  const saving = ['Save-Data', 'on'] as const
  const short = right({}).slice(0, 10)

  test('that changes the list makes it no list that changed when requested again', () => {
    expect(causes(listed({}), withHeaders(listed({}, short), saving))).toEqual([undefined, 'PAG-01'])
    expect(causes(listed({}), listed({}, short))).toEqual([undefined, 'INP-03'])
  })

  test('that moves the list does not explain what is wrong without it', () => {
    const moved = withHeaders(listed({}, events.slice(1, 21)), saving)
    const query = { limit: 3, after: id(5) }
    const page = listed(query, events.slice(7, 10))
    const [alone] = causes(page)
    expect(alone).toBe('PAG-03')
    expect(causes(moved, page)[1]).toBe(alone)
    expect(causes(moved, withHeaders(page, saving))[1]).toBe(causes(moved)[0])
  })

  test('among others is cited by itself where it was sent alone', () => {
    const together = withHeaders(listed({}, short), ['DNT', '1'], saving)
    const alone = withHeaders(listed({}, short), saving)
    const [first] = violationsOf(aHistory([together, alone]))
    expect(first?.finding.exchanges).toEqual([alone.exchange.id])
  })
})

describe('a cursor', () => {
  test('that returns its own event does so at the ends too', () => {
    const middle = { before: id(10), limit: 3 }
    const end = { before: id(0), limit: 3 }
    expect(causes(listed(middle, events.slice(8, 11)), listed(end, events.slice(0, 1)))).toEqual([
      'PAG-04',
      'PAG-04',
    ])
  })

  test('behind which the right events are reversed is wrong itself, not the order of the list', () => {
    const query = { before: id(10), limit: 3 }
    expect(causes(listed(query, right(query).toReversed()))).toEqual(['PAG-04'])
  })

  test('that reverses simultaneous events reverses its pages where it reverses others too', () => {
    const tied = aThread([anEvent('evt_x', 0), anEvent('evt_y', 0), ...events.slice(1, 10)])
    const page = (query: ListQuery) =>
      listed(query, windowOf(tied.sequence, query)?.events.toReversed(), 'comma', tied)
    const [short, long] = [{ before: id(1) }, { before: id(5) }]
    expect(causes(page(short), page(long))).toEqual(['PAG-04', 'PAG-04'])
    expect(causes(page(short), listed(long, windowOf(tied.sequence, long)?.events, 'comma', tied))).toEqual([
      'ORD-04',
      undefined,
    ])
  })

  test('that is right in the middle breaks PAG-07 at the end', () => {
    const end = { after: id(49), limit: 3 }
    expect(causes(listed({ after: id(10), limit: 3 }), listed(end, events.slice(0, 3)))).toEqual([
      undefined,
      'PAG-07',
    ])
  })

  test('behind which each page is one short, with a limit and without, loses the event', () => {
    const [plain, limited] = [{ after: id(2) }, { after: id(5), limit: 4 }]
    expect(
      causes(listed(plain, right(plain).slice(0, -1)), listed(limited, right(limited).slice(0, -1))),
    ).toEqual(['PAG-03', 'PAG-03'])
  })

  test('behind which the limit alone is disregarded leaves PAG-02', () => {
    const limited = { after: id(5), limit: 4 }
    expect(causes(listed({ after: id(5) }), listed(limited, right({ after: id(5) })))).toEqual([
      undefined,
      'PAG-02',
    ])
  })
})

describe('a filter', () => {
  const one = ['a.one']

  test('that is applied after the limit fails for the type alone, and explains unions and pages of any size', () => {
    const [alone, union, small] = [{ types: one }, { types: ['a.one', 'b.two'] }, { types: one, limit: 2 }]
    const first = events.slice(0, 5).filter(({ type }) => type === 'a.one')
    const both = events.slice(0, 5).filter(({ type }) => type !== 'c.three')
    expect(causes(listed(union, both), listed(small, []), listed(alone, first))).toEqual([
      'FLT-01',
      'FLT-01',
      'FLT-01',
    ])
  })

  test('under which the limit has no effect breaks FLT-05 where the type alone is right', () => {
    const long = aThread(Array.from({ length: 50 }, (_, at) => anEvent(`evt_${at}`, at, { type: 'a.one' })))
    const query = { types: one, limit: 30 }
    const alone = aList(long, { types: one }, long.sequence.events.slice(0, 20))
    const limited = aList(long, query, long.sequence.events.slice(0, 20))
    expect(causes(alone, limited)).toEqual([undefined, 'FLT-05'])
  })

  test('that ignores a type named twice does not explain brackets', () => {
    const twice = { types: ['a.one', 'a.one'] }
    expect(causes(listed(twice, []), listed({ types: one }), listed({ types: one }, [], 'brackets'))).toEqual(
      ['FLT-02', undefined, 'FLT-03'],
    )
  })

  test('that an unknown name empties does so with any unknown name, in brackets too', () => {
    const comma = { types: ['a.one', 'x.unknown'] }
    const brackets = { types: ['a.one', 'y.unknown', 'z.unknown', 'b.two'] }
    expect(causes(listed(comma, []), listed(brackets, [], 'brackets'), listed({ types: one }))).toEqual([
      'FLT-02',
      'FLT-02',
      undefined,
    ])
  })

  test('that is refused together with order=asc is right without it', () => {
    const refused = { ...listed({ types: one, order: 'asc' }), page: 'got 400' }
    const response = refused.exchange.response
    const exchange = {
      ...refused.exchange,
      response: response === undefined ? response : { ...response, status: 400 },
    }
    expect(causes(listed({ types: one }), { ...refused, exchange })).toEqual([undefined, 'FLT-05'])
  })
})

describe('a list that is newest first by default', () => {
  const reversed = events.toReversed()

  test('breaks ORD-01, and so does every other request without order', () => {
    const behind = { after: id(10), limit: 3 }
    expect(causes(listed({}, reversed.slice(0, 20)), listed(behind, reversed.slice(0, 3)))).toEqual([
      'ORD-01',
      'ORD-01',
    ])
  })

  test('does not explain requests with an order', () => {
    const [descending, ascending] = [
      { after: id(10), order: 'desc' as const },
      { before: id(10), order: 'asc' as const, limit: 3 },
    ]
    expect(
      causes(
        listed({}, reversed.slice(0, 20)),
        listed(descending, reversed.slice(0, 20)),
        listed(ascending, events.slice(0, 3)),
      ),
    ).toEqual(['ORD-01', 'PAG-03', 'PAG-04'])
  })
})

test('messages of another thread on a page behind a cursor belong to the leak that others show', () => {
  const unlisted = aMessage('evt_s', 10)
  const foreign = anEvent('evt_f', 10, { session_thread_id: 'sthr_c' })
  const [one, other] = [
    { after: id(3), limit: 2 },
    { after: id(9), limit: 2 },
  ]
  const found = causes(listed(one, [...events.slice(4, 5), foreign]), listed(other, [unlisted]))
  expect(found).toEqual(['ISO-02', 'ISO-02'])
})

describe('a thread that was read by a list that leaks', () => {
  const unlisted = aMessage('evt_x', 4)
  const foreign = anEvent('evt_y', 49, { session_thread_id: 'sthr_c' })
  const read = [...events.slice(0, 5), unlisted, ...events.slice(5)]
  const reading = aThread(read, ['evt_y'])
  const shown = (query: ListQuery, page: readonly KnownEvent[]) => listed(query, page, 'comma', reading)
  const leaking = shown({ limit: 100 }, [...read, foreign])
  const wrongly = (list: ListExchange) =>
    violationsOf(aHistory([leaking, list])).find(({ exchange }) => exchange === list.exchange.id)?.requirement

  test('explains a page without the leaked events', () => {
    expect(wrongly(shown({}, events.slice(0, 20)))).toBe('ISO-01')
  })

  test('does not explain a page that lacks an event of the thread itself', () => {
    const [, ...others] = events.slice(0, 21)
    expect(wrongly(shown({ limit: 20 }, others))).toBe('PAG-05')
  })

  test('does not explain a page whose own events are out of order', () => {
    const [first, second] = events
    if (first === undefined || second === undefined) throw new Error('The thread has two events.')
    const turned = shown({ limit: 6 }, [second, first, ...events.slice(2, 5), foreign])
    const found = violationsOf(aHistory([leaking, turned]))
    expect(
      found.filter(({ exchange }) => exchange === turned.exchange.id).map(({ requirement }) => requirement),
    ).toEqual(['ISO-01', 'PAG-05'])
  })
})

describe('a stream', () => {
  const streamCauses = (...streams: ReturnType<typeof aStream>[]) =>
    violationsOf({ ...aHistory([listed({ after: id(3) }, events.slice(5, 25))]), streams })
      .filter(({ exchange }) => streams.some((stream) => stream.exchange.id === exchange))
      .map(({ requirement }) => requirement)

  test('that names a type twice is wrong as the list is', () => {
    const twice = { types: ['a.one', 'a.one'] }
    const stream = aStream(thread, [], { types: ['b.two', 'a.one', 'b.two'] })
    const list = listed(twice, [])
    const found = violationsOf({ ...aHistory([list]), streams: [stream] })
    expect(found.map(({ requirement }) => requirement)).toEqual(['FLT-02', 'FLT-02'])
  })

  test('that lacks the last event explains a stream that resumes before it and stays silent', () => {
    const open = (stream: ReturnType<typeof aStream>) => {
      const record = stream.exchange.stream
      return {
        ...stream,
        exchange: { ...stream.exchange, stream: record && { ...record, end: 'idle' as const } },
      }
    }
    const whole = open(aStream(thread, events.slice(0, -1)))
    const resumed = open(aStream(thread, [], { after: events.at(-2)?.id ?? '' }))
    expect(streamCauses(whole, resumed)).toEqual(['SSE-04', 'SSE-04'])
    expect(streamCauses(resumed)).toEqual(['SSE-05'])
  })

  test('that is short only with a header does not explain one without it', () => {
    const short = aStream(thread, events.slice(-10))
    const request = { ...short.exchange.request, headers: [['Save-Data', 'on'] as const] }
    const saving = { ...short, exchange: { ...short.exchange, request } }
    const resumed = aStream(thread, events.slice(5), { after: id(3) })
    expect(streamCauses(saving, resumed)).toEqual(['SSE-04', 'SSE-05'])
    expect(streamCauses(short, resumed)).toEqual(['SSE-04', 'SSE-04'])
  })

  test('that resumes with the cursor itself is wrong whatever cursors of lists do', () => {
    const resumed = aStream(thread, events.slice(3), { after: id(3) })
    expect(streamCauses(resumed)).toEqual(['SSE-05'])
  })

  test('that resumes after the last event and sends one is wrong', () => {
    const last = events.length - 1
    const resumed = aStream(thread, events.slice(last), { after: id(last) })
    expect(streamCauses(resumed)).toEqual(['SSE-05'])
    expect(streamCauses(aStream(thread, [], { after: id(last) }))).toEqual([])
  })
})

test('short pages with a limit are the fault of the limit, although the default page is short too', () => {
  const short = (query: ListQuery) => listed(query, right(query).slice(0, -2))
  expect(causes(short({}), short({ limit: 10 }), short({ limit: 30 }))).toEqual([
    'PAG-01',
    'PAG-02',
    'PAG-02',
  ])
  expect(causes(listed({}, right({ limit: 10 })), listed({ limit: 30 }))).toEqual(['PAG-01', undefined])
})
