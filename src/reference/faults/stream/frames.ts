import type { Behaviour } from '../../behaviour.ts'
import { headerLines, type ThreadRequestContext } from '../../request-context.ts'
import type { Entry } from '../../store/entry.ts'
import type { Fault } from '../fault.ts'

/** Writes frames in another way. */
function frame(write: (right: string, entry: Entry, call: ThreadRequestContext) => string) {
  return (base: Behaviour): Partial<Behaviour> => ({
    frame: (call, entry) => write(base.frame(call, entry), entry, call),
  })
}

/** Puts other JSON into the frames. */
function data(change: (entry: Entry) => string) {
  return (): Partial<Behaviour> => ({
    frame: (_call, entry) => `id: ${entry.event.id}\nevent: ${entry.event.type}\ndata: ${change(entry)}\n\n`,
  })
}

export const framesFaults: readonly Fault[] = [
  {
    name: 'stream-as-text-plain',
    sentence: 'The stream has the media type text/plain and ends after the history.',
    violates: ['SSE-01'],
    alsoAffects: ['NEG-01', 'NEG-02', 'NEG-05'],
    override: (base) => ({
      streamHead(call) {
        const head = base.streamHead(call)
        return { ...head, headers: { ...head.headers, 'content-type': 'text/plain' } }
      },
      afterHistory: () => 'close',
    }),
  },
  {
    name: 'stream-is-201',
    sentence: 'The stream returns 201.',
    violates: ['SSE-01'],
    alsoAffects: ['NEG-01', 'NEG-02', 'NEG-05'],
    override: (base) => ({ streamHead: (call) => ({ ...base.streamHead(call), status: 201 }) }),
  },
  {
    name: 'data-encoded-twice',
    sentence: 'The data is a JSON string that contains JSON.',
    violates: ['SSE-02'],
    seen: 'JSON.stringify on a string that is JSON already.',
    override: data(({ event }) => JSON.stringify(JSON.stringify(event))),
  },
  {
    name: 'data-wrapped',
    sentence: 'The data is wrapped in `{"event": …}`.',
    violates: ['SSE-02'],
    override: data(({ event }) => JSON.stringify({ event })),
  },
  {
    name: 'data-in-a-list',
    sentence: 'The data is an array of one event.',
    violates: ['SSE-02'],
    override: data(({ event }) => JSON.stringify([event])),
  },
  {
    name: 'pretty-data-without-prefix',
    sentence: 'Pretty-printed data has `data:` only on its first line.',
    violates: ['SSE-02'],
    override: data(({ event }) => JSON.stringify(event, null, 2)),
  },
  {
    name: 'data-without-created-at',
    sentence: 'Frames have no `created_at`.',
    violates: ['SSE-02'],
    alsoAffects: ['EVT-08'],
    override: data(({ event: { created_at: _, ...rest } }) => JSON.stringify(rest)),
  },
  {
    name: 'frame-event-always-message',
    sentence: 'Every frame has the event name `message`.',
    violates: ['SSE-03'],
    override: frame((right) => right.replace(/^event: .*$/m, 'event: message')),
  },
  {
    name: 'frame-event-wrong-for-one-type',
    sentence: 'Frames of `agent.tool_result` have the event name `agent.tool_use`.',
    violates: ['SSE-03'],
    override: frame((right) => right.replace('event: agent.tool_result\n', 'event: agent.tool_use\n')),
  },
  {
    name: 'frame-id-is-a-counter',
    sentence: 'The id of a frame is a counter.',
    violates: ['SSE-03'],
    seen: 'SSE libraries that number frames.',
    override: frame((right, { position }) => right.replace(/^id: .*$/m, `id: ${position + 1}`)),
  },
  {
    name: 'stream-buffered-to-four-kilobytes',
    sentence: 'Frames are sent in blocks of four kilobytes, so that the last ones never arrive.',
    violates: ['SSE-08'],
    alsoAffects: ['SSE-05'],
    seen: 'Proxies and compression with buffers.',
    override: () => ({
      async writeText(call, text, sink) {
        const held = `${call.memory.get('held') ?? ''}${text}`
        const whole = held.length - (held.length % 4096)
        call.memory.set('held', held.slice(whole))
        if (whole > 0) await sink.write(held.slice(0, whole))
      },
    }),
  },
  {
    name: 'stream-buffered-until-close',
    sentence: 'Nothing is sent before the stream ends.',
    violates: ['SSE-08'],
    override: () => ({ writeText: async () => undefined }),
  },
  {
    name: 'frames-without-blank-lines',
    sentence: 'A single line break ends a frame.',
    violates: ['SSE-02'],
    seen: 'Stream handlers that write the lines of a frame with `println`.',
    override: frame((right) => right.replace(/\n$/, '')),
  },
  {
    name: 'last-frame-without-blank-line',
    sentence: 'The blank line after the last frame is sent with the next frame.',
    violates: ['SSE-08'],
    override: () => ({
      // A heartbeat would bring the blank line.
      heartbeat: () => '',
      async writeText(call, text, sink) {
        const before = call.memory.get('begun') === true ? '\n' : ''
        call.memory.set('begun', true)
        await sink.write(before + text.replace(/\n$/, ''))
      },
    }),
  },
  {
    name: 'errors-inside-the-stream',
    sentence: 'Errors of a stream are sent as an event, with status 200.',
    violates: ['AUT-05', 'NFD-05'],
    alsoAffects: ['SSE-10', 'SSE-07', 'ISO-05', 'NFD-01'],
    override: (base) => ({
      finish(call, reply) {
        const accept = call.request.headers.find(([name]) => name.toLowerCase() === 'accept')?.[1]
        if (accept !== 'text/event-stream' || reply.status < 400) return base.finish(call, reply)
        const body = Buffer.from(`event: error\ndata: ${Buffer.from(reply.body).toString()}\n\n`)
        return { status: 200, headers: { ...reply.headers, 'content-type': 'text/event-stream' }, body }
      },
    }),
  },
  {
    name: 'stream-errors-as-event-stream',
    sentence: 'Errors of a stream have the media type of the stream.',
    violates: ['SSE-10'],
    alsoAffects: ['ERR-02'],
    override: (base) => ({
      errorHeaders(call, denial) {
        const accept = call.request.headers.find(([name]) => name.toLowerCase() === 'accept')?.[1]
        const headers = base.errorHeaders(call, denial)
        return accept === 'text/event-stream' ? { ...headers, 'content-type': 'text/plain' } : headers
      },
    }),
  },
  {
    name: 'stream-errors-without-a-body',
    sentence: 'A stream that is refused has an empty body.',
    violates: ['SSE-10'],
    alsoAffects: ['ERR-01'],
    seen: 'Stream handlers that call `sendStatus`, since EventSource shows no body to its user.',
    override: (base) => ({
      refuse(call, denial) {
        const reply = base.refuse(call, denial)
        const isStream = call.behaviour.wantsStream(call, headerLines(call.request, 'accept'))
        return isStream ? { ...reply, body: new Uint8Array() } : reply
      },
    }),
  },
]
