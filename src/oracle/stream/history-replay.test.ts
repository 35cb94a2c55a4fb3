import { describe, expect, test } from 'vitest'
import type { StreamEnd } from '../../wire/exchange.ts'
import type { StreamExchange } from '../history.ts'
import {
  anEvent,
  anExchange,
  aStream,
  aThread,
  five,
  fiveEvents,
  four,
  kindOf,
  one,
  three,
  two,
} from '../history-fixture.ts'
import { judgeFlow, judgeHistory, wasCutShort } from './history-replay.ts'

const thread = aThread(fiveEvents)

describe('the history of a stream (SSE-04 to SSE-06)', () => {
  test('is replayed in order without duplicates', () => {
    expect(judgeHistory(aStream(thread, fiveEvents))).toBeUndefined()
  })
  test.for([
    ['missing', [one, two, three, four]],
    ['repeated', [...fiveEvents, five]],
    ['reversed', fiveEvents.toReversed()],
    ['order', [two, one, three, four, five]],
    ['surplus', [...fiveEvents, anEvent('evt_x', 9)]],
    ['empty', []],
  ] as const)('is wrong: %s', ([kind, came]) => {
    expect(kindOf(judgeHistory(aStream(thread, came)))).toBe(kind)
  })
  test('resumes right after the event that Last-Event-ID names', () => {
    const after = 'evt_3'
    expect(judgeHistory(aStream(thread, [four, five], { after }))).toBeUndefined()
    expect(kindOf(judgeHistory(aStream(thread, [three, four, five], { after })))).toBe('surplus')
    expect(kindOf(judgeHistory(aStream(thread, [five], { after })))).toBe('missing')
    expect(kindOf(judgeHistory(aStream(thread, fiveEvents, { after })))).toBe('surplus')
  })
  test('may be chronological or as listed where the list is out of order', () => {
    const disordered = aThread([two, one, three, four, five])
    const judge = (came: readonly (typeof one)[], after?: string) =>
      kindOf(judgeHistory(aStream(disordered, came, after === undefined ? {} : { after })))
    expect(judge(fiveEvents)).toBeUndefined()
    expect(judge([two, one, three, four, five])).toBeUndefined()
    expect(judge([three, one, two, four, five])).toBe('order')
    expect(judge([two, three, four, five], 'evt_1')).toBeUndefined()
    expect(judge([three, four, five], 'evt_1')).toBeUndefined()
    expect(judge([four, five], 'evt_1')).toBe('missing')
    expect(judge([...fiveEvents, one])).toBe('repeated')
    const twin = anEvent('evt_twin', 3)
    const withTwin = aThread([two, one, three, twin, four, five])
    expect(judgeHistory(aStream(withTwin, [one, two, twin, three, four, five]))).toBeUndefined()
  })
  test('contains exactly the filtered events', () => {
    const mixed = aThread([one, anEvent('evt_x', 2, { type: 'a.bc' })])
    expect(judgeHistory(aStream(mixed, [one], { types: ['a.b'] }))).toBeUndefined()
    expect(kindOf(judgeHistory(aStream(mixed, mixed.sequence.events, { types: ['a.b'] })))).toBe('surplus')
    expect(judgeHistory(aStream(thread, [], { types: ['x.y'] }))).toBeUndefined()
  })
  test('is not judged if a stream without history gets no response in time', () => {
    const failure = { kind: 'timeout', message: 'no response' } as const
    const unanswered = (types: readonly string[]) => {
      const seen = aStream(thread, [], { types })
      return { ...seen, exchange: { ...seen.exchange, stream: undefined, response: undefined, failure } }
    }
    expect(judgeHistory(unanswered(['x.y']))).toBeUndefined()
    expect(kindOf(judgeHistory(unanswered(['a.b'])))).toBe('no-stream')
  })
  test('may or may not include events added after the request was sent', () => {
    for (const came of [fiveEvents.slice(0, 3), fiveEvents.slice(0, 4), fiveEvents])
      expect(judgeHistory(aStream(thread, came, { known: 3 }))).toBeUndefined()
    expect(kindOf(judgeHistory(aStream(thread, [one, three, four], { known: 3 })))).toBe('missing')
  })
  test('is judged as far as the thread was read', () => {
    const part = { ...thread, sequence: { events: [one, two], complete: false } }
    expect(judgeHistory(aStream(part, [one, two, anEvent('evt_later', 9)]))).toBeUndefined()
    expect(kindOf(judgeHistory(aStream(part, [two, one])))).toBe('reversed')
  })
  test.for([
    [anExchange({ data: [] }), 'got application/json'],
    [anExchange('', { status: 503 }), 'got 503'],
    [anExchange('', { response: undefined, failure: { kind: 'reset', message: 'it broke' } }), 'it broke'],
  ] as const)('reports a response that is not a stream: %$', ([exchange, actual]) => {
    expect(judgeHistory({ ...aStream(thread, []), exchange })).toMatchObject({ kind: 'no-stream', actual })
  })
})

describe('the flow of a stream (SSE-08)', () => {
  const ended = (stream: StreamExchange, end: StreamEnd, leftover = 0): StreamExchange => {
    const record = stream.exchange.stream
    if (record === undefined) throw new Error('no stream')
    return { ...stream, exchange: { ...stream.exchange, stream: { ...record, end, leftover } } }
  }
  test('is broken if the stream stays open without frames, or in the middle of one', () => {
    expect(kindOf(judgeFlow(ended(aStream(thread, []), 'idle')))).toBe('silent')
    expect(kindOf(judgeFlow(ended(aStream(thread, []), 'first-byte')))).toBe('silent')
    expect(kindOf(judgeFlow(ended(aStream(thread, [one]), 'idle', 20)))).toBe('held-back')
  })
  test('does not apply if the target closed the stream, or some frames were complete', () => {
    expect(judgeFlow(ended(aStream(thread, []), 'server'))).toBeUndefined()
    expect(judgeFlow(ended(aStream(thread, [one]), 'idle'))).toBeUndefined()
    expect(judgeFlow(aStream(thread, fiveEvents))).toBeUndefined()
  })
  test('is not judged if only keep-alives arrive: the history is missing instead', () => {
    const live = ended(aStream(thread, []), 'idle')
    const { stream: record } = live.exchange
    const exchange = { ...live.exchange, stream: record && { ...record, comments: 1 } }
    expect(judgeFlow({ ...live, exchange })).toBeUndefined()
    expect(kindOf(judgeHistory({ ...live, exchange }))).toBe('empty')
  })
  test('is not judged if no event is expected', () => {
    expect(judgeFlow(ended(aStream(thread, [], { types: ['x.y'] }), 'idle'))).toBeUndefined()
    expect(judgeFlow(ended(aStream(aThread([]), []), 'idle'))).toBeUndefined()
  })
})

test.for([
  ['total', [one, two], true],
  ['too-large', [one, two], true],
  ['idle', [one, two], false],
  ['server', [one, two], false],
  ['total', [one, three], false],
  ['total', [], false],
  ['total', fiveEvents, false],
] as const)('a stream that ended by %s after some frames', ([end, came, expected]) => {
  const stream = aStream(thread, came)
  const { stream: record, ...exchange } = stream.exchange
  expect(wasCutShort({ ...stream, exchange: { ...exchange, stream: record && { ...record, end } } })).toBe(
    expected,
  )
})

test('a stream whose noise reached the byte limit does not count as cut short', () => {
  const stream = aStream(thread, [one, two])
  const { stream: record, response, ...exchange } = stream.exchange
  const ended = {
    ...exchange,
    response: response && { ...response, bytes: 500_000 },
    stream: record && { ...record, end: 'too-large' as const },
  }
  expect(wasCutShort({ ...stream, exchange: ended })).toBe(false)
})

test('whether a stream has the messages of another thread that the list has is left open', () => {
  const message = anEvent('evt_m', 3, {
    session_thread_id: 'sthr_b',
    from_session_thread_id: 'sthr_b',
    to_session_thread_id: 'sthr_a',
  })
  const listing = aThread([one, two, message, four])
  expect(judgeHistory(aStream(listing, [one, two, message, four]))).toBeUndefined()
  expect(judgeHistory(aStream(listing, [one, two, four]))).toBeUndefined()
  expect(kindOf(judgeHistory(aStream(listing, [one, message, four])))).toBe('missing')
})

test('an event that the list has of another thread is not the fault of the stream', () => {
  const stray = anEvent('evt_x', 6, { session_thread_id: 'sthr_b' })
  const { sequence, ...place } = aThread(fiveEvents)
  const listed = { ...place, sequence: { ...sequence, strays: new Set(['evt_x']) } }
  expect(judgeHistory(aStream(listed, [...fiveEvents, stray]))).toBeUndefined()
  expect(kindOf(judgeHistory(aStream(thread, [...fiveEvents, stray])))).toBe('surplus')
})
