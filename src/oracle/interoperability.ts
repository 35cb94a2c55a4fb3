import type { StreamExchange } from './history.ts'
import { isKeepAlive, readFrame } from './stream/read-frames.ts'

/** Behaviour that the contract allows and some clients do not handle. It never changes the verdict. */
export interface InteroperabilityNote {
  readonly id: `interoperability-${string}`
  readonly question: string
  /** What the target does, and which clients it affects. */
  readonly seen: string
  readonly exchanges: readonly number[]
}

interface Trap {
  readonly name: string
  readonly question: string
  readonly seen: string
  readonly shows: (stream: StreamExchange) => boolean
}

/** Line ends of Unicode that JSON may hold unescaped: NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR. */
const unicodeLineEnds = /[\u0085\u2028\u2029]/

const traps: readonly Trap[] = [
  {
    name: 'heartbeat-frames',
    question: 'Do keep-alives reach programs as events?',
    seen: 'yes: they are frames (event: heartbeat). Clients that skip only comments and pings, as @anthropic-ai/sdk does, pass them to the program as empty events. Send comment lines instead.',
    shows: ({ exchange: { stream } }) =>
      stream !== undefined &&
      (stream.heartbeats > 0 ||
        stream.frames.some((frame) => frame.event !== 'ping' && isKeepAlive(readFrame(frame)))),
  },
  {
    name: 'unicode-line-ends',
    question: 'Does the data of frames contain unescaped U+0085, U+2028 or U+2029?',
    seen: "yes. Clients that split lines at every Unicode line break, as Python's splitlines does, cut the JSON there. Escape them (\\u2028).",
    shows: ({ exchange: { stream } }) =>
      stream?.frames.some(({ data }) => unicodeLineEnds.test(data)) === true,
  },
  {
    name: 'lone-cr',
    question: 'Do lines of the stream end in CR alone?',
    seen: 'yes. Clients that accept only LF and CRLF never see the end of a frame. End lines with LF.',
    shows: ({ exchange: { stream } }) => stream?.loneCr === true,
  },
]

/** The notes on the streams of a run, each with one exchange that shows it. */
export function interoperabilityNotes(streams: readonly StreamExchange[]): InteroperabilityNote[] {
  return traps.flatMap(({ name, question, seen, shows }) => {
    const stream = streams.find(shows)
    if (stream === undefined) return []
    return [{ id: `interoperability-${name}` as const, question, seen, exchanges: [stream.exchange.id] }]
  })
}
