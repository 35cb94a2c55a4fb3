import { gzipSync } from 'node:zlib'
import type { Override } from '../behaviour.ts'
import type { Sink } from '../http/sink.ts'
import type { Variant } from './variant.ts'

const heartbeatFrame = 'event: heartbeat\ndata: {}\n\n'

async function inPieces(text: string, size: number, sink: Sink): Promise<void> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) await sink.write(bytes.subarray(at, at + size))
}

/** Frames with a heartbeat before each. */
function beating(beat: string): Override {
  return (base) => ({ heartbeat: () => beat, frame: (call, entry) => beat + base.frame(call, entry) })
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

export const streamFlowVariants: readonly Variant[] = [
  {
    name: 'heartbeat-comments-often',
    sentence: 'A heartbeat comment precedes every frame, and another is sent every three milliseconds.',
    server: { heartbeatMs: 3 },
    override: beating(': heartbeat\n\n'),
  },
  {
    name: 'heartbeat-frames-often',
    sentence: 'A heartbeat frame precedes every frame, and another is sent every three milliseconds.',
    server: { heartbeatMs: 3 },
    override: beating(heartbeatFrame),
  },
  {
    name: 'heartbeats-of-both-forms',
    sentence: 'Heartbeats alternate between comments and frames, with different frame names.',
    override: beating(`:\n\n${heartbeatFrame}: ping 1781510400\n\ndata:{}\nevent:heartbeat\n\n`),
  },
  {
    name: 'one-byte-chunks',
    sentence: 'The stream is written byte by byte.',
    override: () => ({ writeText: (_call, text, sink) => inPieces(text, 1, sink) }),
  },
  {
    name: 'history-in-one-chunk',
    sentence: 'The whole history is sent in one chunk.',
    override: () => {
      const held = new WeakMap<object, string>()
      return {
        async writeText(call, text, sink) {
          if (held.get(call) === '') await sink.write(text)
          else held.set(call, (held.get(call) ?? '') + text)
        },
        async afterHistory(call, sink): Promise<'stay'> {
          await sink.write(held.get(call) ?? '')
          held.set(call, '')
          return 'stay'
        },
      }
    },
  },
  {
    name: 'frames-drip',
    sentence: 'Each frame is sent in two pieces with a pause between them.',
    override: () => ({
      async writeText(_call, text, sink) {
        const bytes = Buffer.from(text)
        const half = Math.floor(bytes.length / 2)
        await sink.write(bytes.subarray(0, half))
        await turn()
        await sink.write(bytes.subarray(half))
      },
    }),
  },
  {
    name: 'frames-cut-anywhere',
    sentence: 'Chunks end every 113 bytes, also inside characters.',
    override: () => ({ writeText: (_call, text, sink) => inPieces(text, 113, sink) }),
  },
  {
    name: 'stream-late-to-begin',
    sentence: 'The headers of a stream are sent immediately, the first frame later.',
    override: (base) => ({
      async deliver(call, batch, phase) {
        if (phase === 'history') await new Promise((resolve) => setTimeout(resolve, 60))
        return base.deliver(call, batch, phase)
      },
    }),
  },
  {
    name: 'stream-head-with-the-first-frame',
    sentence: 'The headers of a stream are sent together with its first frame, and heartbeats are rare.',
    server: { heartbeatMs: 60_000 },
    override: () => ({ sendsHeadAtOnce: () => false }),
  },
  {
    name: 'stream-closes-when-the-thread-rests',
    sentence: 'The stream ends some milliseconds after the history.',
    override: () => ({
      async afterHistory(): Promise<'close'> {
        await new Promise((resolve) => setTimeout(resolve, 5))
        return 'close'
      },
    }),
  },
  {
    name: 'stream-compressed',
    sentence: 'The stream is compressed with gzip, a member for each piece of text.',
    override: (base) => ({
      streamHead(call) {
        const head = base.streamHead(call)
        return { ...head, headers: { ...head.headers, 'content-encoding': 'gzip' } }
      },
      writeText: (_call, text, sink) => sink.write(gzipSync(text)),
    }),
  },
]
