import { expect, test } from 'vitest'
import { anEvent, aStream, aThread, five, fiveEvents, four, one, three, two } from '../history-fixture.ts'
import { idsOf } from '../pagination/page.ts'
import { judgeFollowed, judgeFollowedFrames, judgeFollowedIsolation } from './live-delivery.ts'
import { readFrame } from './read-frames.ts'

const thread = aThread(fiveEvents, ['evt_other'])
const due = idsOf(fiveEvents)
const followed = (...streams: (readonly (typeof one)[])[]) =>
  judgeFollowed(
    streams.map((frames) => aStream(thread, frames)),
    due,
    'The stream',
  )

test('passes if every event arrives once and in order, over one stream or several', () => {
  expect(followed(fiveEvents)).toBeUndefined()
  expect(followed([one, two], [], [three, four, five])).toBeUndefined()
})

test.for<[string, (typeof one)[][], string]>([
  ['lost between history and live', [[one, two, four, five]], 'missing'],
  ['in both of them', [[one, two, two, three, four, five]], 'repeated'],
  [
    'again after the connection was made again',
    [
      [one, two, three],
      [three, four, five],
    ],
    'repeated',
  ],
  ['in another order', [[one, two, four, three, five]], 'order'],
  ['never', [[one, two, three]], 'missing'],
])('an event that came %s is found', ([, streams, kind]) => {
  expect(followed(...streams)).toMatchObject({ kind })
})

test('a frame without any id is no event that came too much', () => {
  const stream = aStream(thread, fiveEvents)
  const empty = readFrame({ id: undefined, event: undefined, data: '', atMs: 0 })
  const frames = [...stream.frames.slice(0, 4), empty, ...stream.frames.slice(4)]
  expect(judgeFollowed([{ ...stream, frames }], due, 'The stream')).toBeUndefined()
  expect(judgeFollowedFrames([{ ...stream, frames }])).toBeDefined()
  expect(judgeFollowedFrames([stream])).toBeUndefined()
})

test('no stream at all is a finding of its own', () => {
  expect(judgeFollowed([], due, 'The stream')).toMatchObject({ kind: 'no-stream' })
})

test("another thread's event is a leak, not an unexpected event", () => {
  const foreign = anEvent('evt_other', 3, { session_thread_id: 'sthr_b' })
  const streams = [aStream(thread, [one, two, foreign, three, four, five])]
  expect(judgeFollowed(streams, due, 'The stream')).toBeUndefined()
  expect(judgeFollowedIsolation(streams)?.kind).toBe('leak')
  expect(judgeFollowedIsolation([aStream(thread, fiveEvents)])).toBeUndefined()
})

test('at the total timeout, a stream that was right so far is not judged, and a wrong one fails', () => {
  const until = (frames: readonly (typeof one)[], end: 'total' | 'idle') => {
    const stream = aStream(thread, frames)
    const { stream: record, ...exchange } = stream.exchange
    return { ...stream, exchange: { ...exchange, stream: record && { ...record, end } } }
  }
  const judge = (...streams: Parameters<typeof judgeFollowed>[0]) => judgeFollowed(streams, due, 'The stream')
  expect(judge(until([one, two], 'total'))).toBe('undecided')
  expect(judge(until([one, two], 'idle'))).toMatchObject({ kind: 'missing' })
  expect(judge(until([one, three], 'total'))).toMatchObject({ kind: 'missing' })
})
