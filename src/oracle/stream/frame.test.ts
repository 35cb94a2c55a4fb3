import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../../contract/json.ts'
import { anEvent, anExchange, aStream, aThread, five, fiveEvents, kindOf, one } from '../history-fixture.ts'
import { judgeFrameEvent, judgeFrameFields, judgeFraming, judgeStreamHead } from './frame.ts'
import { judgeFlow } from './history-replay.ts'
import { readFrame } from './read-frames.ts'

const stream = aStream(aThread(fiveEvents.slice(0, 4)), fiveEvents)
const frameOf = (data: JsonValue | string, id: string | undefined = 'evt_5', event = 'a.b') =>
  readFrame({ id, event, data: typeof data === 'string' ? data : JSON.stringify(data), atMs: 1 })
const unlisted = (more: Readonly<Record<string, JsonValue>>) => frameOf(anEvent('evt_5', 5, more).value)

describe('the head of a stream (SSE-01)', () => {
  const head = (status: number, type: string) => kindOf(judgeStreamHead(anExchange('', { status, type })))
  test('is 200 with the media type of a stream', () => {
    expect(head(200, 'text/event-stream')).toBeUndefined()
    expect(head(200, 'Text/Event-Stream; charset=utf-8')).toBeUndefined()
  })
  test('is wrong with another type or status', () => {
    expect(head(200, 'application/json')).toBe('media-type')
    expect(head(202, 'text/event-stream')).toBe('status')
    expect(head(404, 'application/json')).toBe('status')
  })
  test('is judged by its headers if the body never ended', () => {
    const failure = { kind: 'timeout', message: 'the response did not end in time' } as const
    const { response } = anExchange('', { type: 'text/plain' })
    expect(kindOf(judgeStreamHead(anExchange('', { response, failure })))).toBe('media-type')
  })
  test('is not judged on a rate limit, a broken server, or no answer', () => {
    expect([head(429, 'text/plain'), head(503, 'text/plain')]).toEqual(['undecided', 'undecided'])
    const failure = { kind: 'reset', message: 'it broke' } as const
    expect(judgeStreamHead(anExchange('', { response: undefined, failure }))).toBe('undecided')
  })
})

describe('the data of a frame (SSE-02)', () => {
  const event = (frame: ReturnType<typeof frameOf>) => kindOf(judgeFrameEvent(stream, frame))
  test('is one event', () => {
    expect(event(unlisted({}))).toBeUndefined()
    expect(event(unlisted({ content: '调研 😀', unknown: [1] }))).toBeUndefined()
  })
  test.for<JsonValue | string>(['', 'x', '[]', '"text"', '{"a":', 'null', [five.value]])(
    '%j is no JSON object',
    (data) => {
      expect(event(frameOf(data))).toBe('json')
    },
  )
  test.for<[string, Readonly<Record<string, JsonValue>>]>([
    ['schema: EVT-01', { type: '' }],
    ['schema: EVT-05', { created_at: '2026-01-01 ' }],
    ['schema: EVT-06', { type: 'session.thread_status_running' }],
    ['label-session', { session_id: 'sess_b' }],
  ])('is wrong: %s', ([kind, more]) => {
    expect(event(unlisted(more))).toBe(kind)
  })
  test('that is wrapped in another object is not a flat event', () => {
    expect(event(frameOf({ event: five.value }))).toBe('schema: EVT-01')
  })
  test('that is the same in the list is judged there', () => {
    const wrong = anEvent('evt_w', 1, { type: '' })
    const listed = aStream(aThread([wrong]), [wrong])
    expect(judgeFrameEvent(listed, frameOf(wrong.value))).toBeUndefined()
  })
})

describe('the fields of a frame (SSE-03)', () => {
  const fields = (id: string | undefined, type: string | undefined) =>
    kindOf(judgeFrameFields(stream.exchange, { ...frameOf(one.value), data: '', id, event: type }))
  test("are the event's id and type", () => {
    expect(fields('evt_1', 'a.b')).toBeUndefined()
  })
  test('are wrong one by one', () => {
    expect([fields('evt_2', 'a.b'), fields(undefined, 'a.b')]).toEqual(['id-field', 'id-field'])
    expect([fields('evt_1', 'message'), fields('evt_1', undefined)]).toEqual(['event-field', 'event-field'])
  })
  test('are not judged if the data has neither', () => {
    expect(judgeFrameFields(stream.exchange, frameOf('x'))).toBe('undecided')
    expect(judgeFrameFields(stream.exchange, frameOf({ id: 'evt_1' }))).toBe('undecided')
  })
})

test('a stream whose events no blank line separates is not framed, and not silent (SSE-02)', () => {
  const unframed = (unseparated: boolean) => {
    const seen = aStream(aThread(fiveEvents), [])
    const record = seen.exchange.stream
    const more = {
      end: 'idle' as const,
      leftover: 500,
      ...(unseparated ? { unseparated: true as const } : {}),
    }
    return { ...seen, exchange: { ...seen.exchange, stream: record && { ...record, ...more } } }
  }
  expect(kindOf(judgeFraming(unframed(true), 5))).toBe('framing')
  expect(judgeFlow(unframed(true))).toBeUndefined()
  expect(judgeFraming(unframed(false), 5)).toBeUndefined()
  expect(kindOf(judgeFlow(unframed(false)))).toBe('silent')
})
