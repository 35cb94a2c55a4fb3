import fc from 'fast-check'
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
  expect([reader.retryField, reader.parseErrors.length]).toEqual([3000, 1])
  expect(reader.leftover()).toBe('data: unfinished'.length)
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

test('wherever a stream of mixed line ends is cut, it reads as the whole does', () => {
  const line = fc.constantFrom(
    'data: 😀',
    'data:調',
    'data',
    'id: evt_1',
    'id',
    'event: é',
    ': comment',
    'retry: 5',
    ' odd',
    '',
    '',
  )
  const end = fc.constantFrom('\n', '\r\n', '\r')
  const stream = fc.array(fc.tuple(line, end), { maxLength: 20 }).map((lines) => lines.flat().join(''))
  fc.assert(
    fc.property(stream, fc.array(fc.nat(200), { maxLength: 10 }), (text, places) => {
      const bytes = Buffer.from(text)
      const read = (cuts: readonly number[]) => {
        const reader = createSseReader(10_000, 100)
        for (const [at, from] of [0, ...cuts].entries()) reader.feed(bytes.subarray(from, cuts[at]), 0)
        const { frames, comments, heartbeats, retryField } = reader
        return { frames, comments, heartbeats, retryField, leftover: reader.leftover() }
      }
      expect(read(places.toSorted((a, b) => a - b))).toEqual(read([]))
    }),
  )
})

test('a byte order mark is passed over at the beginning only', () => {
  const reader = createSseReader(1_000, 100)
  reader.feed(Buffer.from('\ufeffdata: \ufeff1\n\n\ufeffdata: 2\n\n'), 0)
  expect(reader.frames.map(({ data }) => data)).toEqual(['\ufeff1'])
})

test('comments and reconnection times leave no unfinished frame', () => {
  const reader = createSseReader(1_000, 100)
  reader.feed(Buffer.from('data: 1\n\n: heartbeat\nretry: 5\n'), 0)
  expect(reader.leftover()).toBe(0)
  reader.feed(Buffer.from('id: evt_2'), 0)
  expect(reader.leftover()).toBeGreaterThan(0)
})

test('an event named heartbeat that has an id is an event', () => {
  const reader = createSseReader(1_000, 100)
  reader.feed(Buffer.from('id: evt_1\nevent: heartbeat\ndata: {}\n\n'), 7)
  expect(reader.frames).toEqual([{ id: 'evt_1', event: 'heartbeat', data: '{}', atMs: 7 }])
  expect(reader.heartbeats).toBe(0)
})

test('more frames than the bound end the reading', () => {
  const reader = createSseReader(1_000, 3)
  const fed = reader.feed(Buffer.from('data: 1\n\n'.repeat(5)), 0)
  expect([fed.length, reader.frames.length, reader.tooLarge]).toEqual([3, 3, true])
  expect(reader.feed(Buffer.from('data: 1\n\n'), 0)).toEqual([])
})

test.for([
  ['id: evt_1\nevent: a.b\ndata: {}\nid: evt_2\nevent: a.b\ndata: {}\n', true],
  ['event: a.b\ndata: {}\nevent: a.b\ndata: {}\n', true],
  // One event, of which a field is given twice.
  ['event: message\nid: evt_1\nevent: a.b\ndata: {\ndata: }\n', false],
  ['id: evt_1\ndata: {}\n\nid: evt_2\ndata: {}\n', false],
] as const)('%j: fields of several events without a blank line: %s', ([text, expected]) => {
  const reader = createSseReader(10_000, 100)
  reader.feed(Buffer.from(text), 0)
  expect(reader.unseparated()).toBe(expected)
})

test('every event is part of one inspected text, wherever the stream is cut', () => {
  const stream = ': hi\n\nid: evt_1\ndata: {}\n\nevent: a.b\nid: evt_2\ndata: []\n\ndata: unfinished'
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 6 }), (places) => {
      const texts: string[] = []
      const reader = createSseReader(10_000, 100, undefined, (text) => texts.push(text))
      const cuts = [0, ...places.toSorted((a, b) => a - b)]
      for (const [at, from] of cuts.entries()) reader.feed(Buffer.from(stream.slice(from, cuts[at + 1])), 0)
      expect(texts.join('')).toBe(stream.slice(0, stream.lastIndexOf('data')))
      expect(texts.every((text) => text.endsWith('\n\n') || text === '\n')).toBe(true)
    }),
  )
})
