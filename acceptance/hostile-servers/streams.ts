import type { Behaviour } from '../../src/reference/behaviour.ts'
import { gzipBomb } from './compression.ts'
import { type HostileServer, impatient } from './hostile-server.ts'
import { conformantExcept } from './serve.ts'

type AfterHistory = Behaviour['afterHistory']

/** The reference server with another stream: no history, and then what `send` writes. */
function streaming(send: AfterHistory, more: Partial<Behaviour> = {}) {
  return conformantExcept(() => ({ history: () => [], afterHistory: send, ...more }))
}

/** Writes the same text again and again until the reader goes. */
function endless(text: string, times = Number.POSITIVE_INFINITY): AfterHistory {
  return async (_call, sink): Promise<'stay'> => {
    for (let written = 0; written < times && !sink.closed; written++) {
      await sink.write(text)
      // Without a turn of the event loop in between, no other connection would be served.
      if (written % 16 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    return 'stay'
  }
}

/** For streams that end at a bound: no deadline comes before it, on a slow machine either. */
const floodPlan = { maxBodyBytes: 500_000, streamIdleMs: 3_000, streamTotalMs: 60_000 } as const

const kilobytes = 'x'.repeat(64_000)

/** Targets whose streams have no end, no frames, or the wrong ones. */
export const streams: readonly HostileServer[] = [
  {
    name: 'stream-without-frames',
    what: 'Opens streams and sends nothing.',
    serve: () => streaming(() => 'stay'),
    expects: { findings: ['SSE-08'], saying: /stayed open, but sent no frame/ },
  },
  {
    name: 'stream-without-a-head',
    what: 'Accepts requests for a stream and never answers them.',
    serve: () => conformantExcept(() => ({ openFeed: () => new Promise(() => undefined) })),
    plan: impatient,
    expects: { findings: ['NEG-01'], saying: /no response within/ },
  },
  {
    name: 'stream-of-comments',
    what: 'Sends endless comments and never an event.',
    serve: () => streaming(endless(`${': still here\n'.repeat(2_000)}\n`)),
    plan: floodPlan,
    expects: { findings: ['SSE-04'], saying: /stopped by the size limit/ },
  },
  {
    name: 'stream-of-one-event-and-comments',
    what: 'Sends the first expected event, and then endless comments.',
    serve: () =>
      conformantExcept(() => ({
        deliver: (_call, batch, phase) => (phase === 'history' ? batch.slice(0, 1) : []),
        afterHistory: endless(`${': still here\n'.repeat(2_000)}\n`),
      })),
    plan: floodPlan,
    expects: { findings: ['SSE-04'], saying: /stopped by the size limit/ },
  },
  {
    name: 'stream-of-one-line',
    what: 'Sends one endless line.',
    serve: () => streaming(endless(kilobytes), { preamble: () => 'data: ' }),
    plan: floodPlan,
    expects: { findings: ['SSE-04'], saying: /stopped by the size limit/ },
  },
  {
    name: 'stream-of-tiny-frames',
    what: 'Sends a million frames of one character each.',
    serve: () => streaming(endless('data:1\n\n'.repeat(1_000), 1_000)),
    plan: { maxEvents: 50 },
    expects: { findings: ['SSE-02'], saying: /not a JSON object/ },
  },
  {
    name: 'stream-of-a-huge-frame',
    what: 'Sends a frame of 100 megabytes.',
    serve: () => streaming(endless(kilobytes, 1_600), { preamble: () => 'data: ' }),
    plan: floodPlan,
    expects: { findings: ['SSE-04'], saying: /stopped by the size limit/ },
  },
  {
    name: 'stream-of-many-lines',
    what: 'Sends one frame with endless data lines.',
    serve: () => streaming(endless('data: x\n'.repeat(2_000))),
    plan: floodPlan,
    expects: { findings: ['SSE-04'], saying: /stopped by the size limit/ },
  },
  {
    name: 'nul-in-ids',
    what: 'Puts NUL into the id of every frame.',
    serve: () =>
      conformantExcept((base) => ({
        frame: (call, entry) => base.frame(call, entry).replace('id: evt', 'id: \u0000evt'),
      })),
    expects: { findings: ['SSE-03'] },
  },
  {
    name: 'frames-of-other-threads',
    what: 'Streams the events of other threads only.',
    serve: () =>
      conformantExcept(() => ({
        watched: (call) => [...call.session.threads.values()].filter((thread) => thread !== call.thread),
      })),
    expects: { findings: ['ISO-04', 'SSE-04'] },
  },
  {
    name: 'stream-that-breaks-off',
    what: 'Drops the connection in the middle of the first frame.',
    serve: () =>
      conformantExcept((base) => ({
        async writeText(call, text, sink) {
          await base.writeText(call, text.slice(0, 30), sink)
          sink.response.destroy()
        },
      })),
    expects: { findings: ['SSE-04'] },
  },
  {
    name: 'stream-bomb',
    what: 'Compresses a stream of 400 megabytes of comments.',
    serve: () => {
      const packed = gzipBomb(':', 400)
      return streaming(
        async (_call, sink): Promise<'stay'> => {
          await sink.write(packed)
          return 'stay'
        },
        {
          streamHead: () => ({
            status: 200,
            headers: { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' },
          }),
        },
      )
    },
    // Its bound on bytes ends each stream; on a busy machine no deadline may come first.
    plan: { maxBodyBytes: 500_000, streamIdleMs: 10_000, streamTotalMs: 20_000 },
    expects: { findings: ['SSE-04'] },
  },
]
