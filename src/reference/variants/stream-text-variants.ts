import { writeJson } from '../../contract/json.ts'
import type { Override } from '../behaviour.ts'
import type { Variant } from './variant.ts'

/** Every frame written anew from its three fields; `data` is JSON in one line. */
function frames(write: (id: string, type: string, data: string) => string): Override {
  return () => ({
    frame: (call, entry) =>
      write(entry.event.id, entry.event.type, writeJson(call.behaviour.frameData(call, entry))),
  })
}

/** The text of the stream with other line ends. */
function lineEnds(end: string): Override {
  return (base) => ({
    frame: (call, entry) => base.frame(call, entry).replaceAll('\n', end),
    heartbeat: (call) => base.heartbeat(call).replaceAll('\n', end),
    preamble: () => `: welcome${end}${end}`,
  })
}

export const streamTextVariants: readonly Variant[] = [
  { name: 'lines-end-in-crlf', sentence: 'Stream lines end in CRLF.', override: lineEnds('\r\n') },
  { name: 'lines-end-in-cr', sentence: 'Stream lines end in a single CR.', override: lineEnds('\r') },
  {
    name: 'line-ends-mixed',
    sentence: 'Stream lines end alternately in LF, CRLF and CR.',
    override: frames((id, type, data) => `id: ${id}\revent: ${type}\r\ndata: ${data}\n\r`),
  },
  {
    name: 'byte-order-mark',
    sentence: 'The stream starts with a byte order mark.',
    override: () => ({ preamble: () => '\ufeff' }),
  },
  {
    name: 'padding-comment-first',
    sentence: 'The stream starts with two kilobytes of comments, for proxies that buffer.',
    override: () => ({ preamble: () => `:${' '.repeat(2_048)}\n\n` }),
  },
  {
    name: 'comments-everywhere',
    sentence: 'Comments and blank lines are between frames and inside them.',
    override: frames(
      (id, type, data) =>
        `: next\n\n:\n\n\nid: ${id}\n: of type\nevent: ${type}\n:data: {}\ndata: ${data}\n\n`,
    ),
  },
  {
    name: 'retry-fields',
    sentence: 'Frames have `retry` fields, and some frames consist of one only.',
    override: frames(
      (id, type, data) => `retry: 3000\n\nid: ${id}\nretry: 250\nevent: ${type}\ndata: ${data}\n\n`,
    ),
  },
  {
    name: 'unknown-stream-fields',
    sentence: 'Frames have fields that the standard says to ignore, and a line without colon.',
    override: frames(
      (id, type, data) =>
        `seq: 12\nid: ${id}\nDATA: no\nevent: ${type}\nsomething\n data: no\ndata: ${data}\n\n`,
    ),
  },
  {
    name: 'data-on-several-lines',
    sentence: 'The JSON of a frame is pretty-printed over several data lines.',
    override: () => ({
      frame(call, { event, ...rest }) {
        const data = call.behaviour.frameData(call, { event, ...rest })
        const lines = writeJson(data, 2).split('\n')
        return `id: ${event.id}\nevent: ${event.type}\n${lines.map((line) => `data: ${line}\n`).join('')}\n`
      },
    }),
  },
  {
    name: 'no-space-after-colons',
    sentence: 'No space follows the colons of a frame.',
    override: frames((id, type, data) => `id:${id}\nevent:${type}\ndata:${data}\n\n`),
  },
  {
    name: 'data-before-event-and-id',
    sentence: 'A frame has its data first and its id last.',
    override: frames((id, type, data) => `data: ${data}\nevent: ${type}\nid: ${id}\n\n`),
  },
  {
    name: 'fields-twice',
    sentence: 'Each frame has id and event twice; the last one applies.',
    override: frames(
      (id, type, data) => `event: message\nid: evt_0\nid: ${id}\nevent: ${type}\ndata: ${data}\n\n`,
    ),
  },
  {
    name: 'frames-without-data-between',
    sentence: 'Between the events are frames with an id or event name but no data.',
    override: frames(
      (id, type, data) => `event: note\n\nid: ${id}\nevent: ${type}\ndata: ${data}\n\nid: ${id}\n\n`,
    ),
  },
]
