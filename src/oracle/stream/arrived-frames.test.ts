import { expect, test } from 'vitest'
import { anEvent, aStream, aThread, fiveEvents, four, one, three, two } from '../history-fixture.ts'
import { judgeArrivedFrames } from './arrived-frames.ts'

const thread = aThread(fiveEvents, [])
const initial = new Set([one.id, two.id])

/** A stream in which the frame of the event at a place has another `id` field. */
function misnamed(place: number) {
  const stream = aStream(thread, fiveEvents)
  return {
    ...stream,
    frames: stream.frames.map((frame, at) => (at === place ? { ...frame, id: '7' } : frame)),
  }
}

test('frames like those of the history are right', () => {
  expect(judgeArrivedFrames([aStream(thread, fiveEvents)], [], initial)).toEqual([])
})

test('a wrong id field in an arriving frame is found', () => {
  expect(judgeArrivedFrames([misnamed(3)], [], initial)).toMatchObject([{ id: 'SSE-03' }])
})

test('nothing is said where frames of the history are wrong in the same way', () => {
  expect(judgeArrivedFrames([misnamed(0), misnamed(3)], [], initial)).toEqual([])
})

test('an arriving event that differs between two streams is found', () => {
  const changed = anEvent(four.id, 4, { content: 'another text' })
  const streams = [aStream(thread, fiveEvents), aStream(thread, [one, two, three, changed])]
  expect(judgeArrivedFrames(streams, [], initial)).toMatchObject([{ id: 'EVT-08' }])
})

test('a keep-alive with an id between arriving events is found', () => {
  const beat = { id: four.id, event: 'heartbeat', data: '{}', atMs: 1 }
  const stream = aStream(thread, fiveEvents)
  const record = {
    frames: [beat],
    comments: 0,
    heartbeats: 0,
    leftover: 0,
    end: 'enough',
    parseErrors: [],
  } as const
  const beating = { ...stream, exchange: { ...stream.exchange, stream: record } }
  expect(judgeArrivedFrames([beating], [], initial)).toMatchObject([
    { id: 'SSE-03', finding: { kind: 'keep-alive-id' } },
  ])
})
