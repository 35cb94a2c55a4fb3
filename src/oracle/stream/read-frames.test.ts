import { expect, test } from 'vitest'
import { anExchange } from '../history-fixture.ts'
import { judgeKeepAlives } from './frame.ts'
import { readFrames } from './read-frames.ts'

const frame = (event: string | undefined, data: string, id?: string) => ({ id, event, data, atMs: 0 })

test('keep-alives, errors and the end mark carry no event', () => {
  const carried = frame('a.b', '{"id":"evt_1"}', 'evt_1')
  const frames = [
    frame('heartbeat', '{}'),
    frame('ping', '{"type":"ping"}'),
    frame('error', '{"message":"no"}'),
    frame(undefined, '[DONE]'),
    carried,
    frame('ping', '{"id":"evt_2","type":"ping"}', 'evt_2'),
  ]
  expect(readFrames(frames).map(({ id }) => id)).toEqual(['evt_1', 'evt_2'])
})

test('a keep-alive frame with an id breaks SSE-03', () => {
  const stream = (frames: ReturnType<typeof frame>[]) =>
    anExchange('', {
      stream: { frames, comments: 0, heartbeats: 0, leftover: 0, parseErrors: [], end: 'enough' },
    })
  expect(judgeKeepAlives(stream([frame('ping', '{}')]))).toBeUndefined()
  expect(judgeKeepAlives(stream([frame('ping', '{}', 'p1')]))).toMatchObject({ kind: 'keep-alive-id' })
  expect(judgeKeepAlives(stream([frame('a.b', '{"id":"evt_1"}', 'evt_1')]))).toBe('undecided')
})
