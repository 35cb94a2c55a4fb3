import { describe, expect, test } from 'vitest'
import { aList, anEvent, anExchange, aStream, aThread, fiveEvents, kindOf, one } from '../history-fixture.ts'
import { judgeListIsolation, judgeNothingOf, judgeStreamIsolation } from './isolation.ts'

const labelled = anEvent('evt_s', 3, { session_thread_id: 'sthr_b' })
// A server may put the label of the thread that was asked for on whatever it gives.
const relabelled = anEvent('evt_t', 3)
const thread = aThread(fiveEvents, ['evt_s', 'evt_t'])

describe('lists (ISO-01, ISO-02)', () => {
  test('with only events of this thread pass', () => {
    expect(judgeListIsolation(aList(thread, {}, fiveEvents))).toBeUndefined()
  })
  test.for([labelled, relabelled, anEvent('evt_u', 3, { session_thread_id: 'sthr_b' })])(
    'that hold $id leak',
    (unlisted) => {
      expect(kindOf(judgeListIsolation(aList(thread, {}, [one, unlisted])))).toBe('leak')
    },
  )
  test('may contain a message that names both threads as sender and receiver', () => {
    const between = { from_session_thread_id: 'sthr_b', to_session_thread_id: 'sthr_a' }
    const message = anEvent('evt_s', 3, between)
    expect(judgeListIsolation(aList(thread, {}, [one, message]))).toBeUndefined()
    const elsewhere = anEvent('evt_s', 3, { ...between, to_session_thread_id: 'sthr_c' })
    expect(kindOf(judgeListIsolation(aList(thread, {}, [one, elsewhere])))).toBe('leak')
  })
  test('are not judged if they are empty or unreadable, or if no other thread is known', () => {
    expect(judgeListIsolation(aList(thread, {}, []))).toBe('undecided')
    expect(judgeListIsolation({ ...aList(thread, {}, []), page: 'got 500' })).toBe('undecided')
    expect(judgeListIsolation(aList(aThread(fiveEvents), {}, fiveEvents))).toBe('undecided')
  })
})

describe('streams (ISO-04)', () => {
  test('with only events of this thread pass', () => {
    expect(judgeStreamIsolation(aStream(thread, fiveEvents))).toBeUndefined()
  })
  test.for([labelled, relabelled])('that carry $id leak', (unlisted) => {
    expect(kindOf(judgeStreamIsolation(aStream(thread, [...fiveEvents, unlisted])))).toBe('leak')
  })
  test('with frames that name a foreign event fail, although their data does not', () => {
    const stream = aStream(thread, [])
    const frames = [{ id: 'evt_s', event: 'a.b', data: 'x', seen: undefined }]
    expect(kindOf(judgeStreamIsolation({ ...stream, frames }))).toBe('leak')
  })
  test('are not judged if no frame names the thread of its event', () => {
    const frames = [{ id: undefined, event: undefined, data: '{"event":{}}', seen: undefined }]
    expect(judgeStreamIsolation({ ...aStream(thread, []), frames })).toBe('undecided')
  })
  test('are not judged without frames, or if no other thread is known', () => {
    expect(judgeStreamIsolation(aStream(thread, []))).toBe('undecided')
    expect(judgeStreamIsolation(aStream(aThread(fiveEvents), fiveEvents))).toBe('undecided')
  })
})

describe('a response that must not contain events of another thread (ISO-03, ISO-05)', () => {
  const owner = { threadId: 'sthr_b', events: [labelled, relabelled] }
  const shown = (...came: (typeof one)[]) =>
    kindOf(judgeNothingOf(anExchange({ data: came.map(({ value }) => value) }), owner, 'A cursor'))
  test('shows none by its label or its id', () => {
    expect(shown(...fiveEvents)).toBeUndefined()
    expect(shown(one, labelled)).toBe('leak')
    expect(shown(relabelled)).toBe('leak')
  })
  test('shows none as a stream either', () => {
    expect(kindOf(judgeNothingOf(aStream(thread, [labelled]).exchange, owner, 'A token'))).toBe('leak')
  })
  test('may refuse', () => {
    expect(judgeNothingOf(anExchange('', { status: 404 }), owner, 'A token')).toBeUndefined()
  })
})
