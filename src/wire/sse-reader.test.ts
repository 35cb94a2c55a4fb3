import { expect, test } from 'vitest'
import { createSseReader } from './sse-reader.ts'

const lineEnds = { LF: '\n', CRLF: '\r\n', CR: '\r' }
const text = [
  ': a comment',
  'id: evt_1',
  'event: agent.message',
  'data: {"content":"héllo 调研 😀"}',
  '',
  'event: heartbeat',
  'data: {}',
  '',
  'retry: 3000',
  'data:{"a":',
  'data: 1}',
  'id:evt_2',
  'unknown: field',
  '',
  'id: nul\0inside',
  'data: x',
  '',
  'data: unfinished',
].join('\n')

const cases = Object.entries(lineEnds).flatMap(([name, end]) =>
  [1, 2, 3, 7, 100_000].flatMap((size) => ['', '\ufeff'].map((bom) => [name, end, size, bom] as const)),
)

test.for(cases)('%s in pieces: the same frames wherever the bytes are cut (%#)', ([, end, size, bom]) => {
  const bytes = Buffer.from(bom + text.replaceAll('\n', end))
  const reader = createSseReader(10_000, 100)
  for (let at = 0; at < bytes.length; at += size) reader.feed(bytes.subarray(at, at + size), at)
  expect(reader.frames.map(({ id, event, data }) => ({ id, event, data }))).toEqual([
    { id: 'evt_1', event: 'agent.message', data: '{"content":"héllo 调研 😀"}' },
    { id: 'evt_2', event: undefined, data: '{"a":\n1}' },
    { id: undefined, event: undefined, data: 'x' },
  ])
  expect([reader.comments, reader.heartbeats]).toEqual([1, 1])
  expect(reader.leftover()).toBeGreaterThan(0)
})

test('a frame is there as soon as its blank line is, with any line end', () => {
  for (const end of Object.values(lineEnds)) {
    const reader = createSseReader(1_000, 100)
    reader.feed(Buffer.from(`data: 1${end}${end}`), 0)
    expect(reader.frames.length, JSON.stringify(end)).toBe(1)
    expect(reader.leftover()).toBe(0)
  }
})

test('a frame beyond the bound ends the reading instead of growing', () => {
  const reader = createSseReader(1_000, 100)
  for (let turn = 0; turn < 50; turn++) reader.feed(Buffer.from(`data: ${'x'.repeat(100)}\n`), 0)
  expect(reader.tooLarge).toBe(true)
  expect(reader.frames).toEqual([])
})
