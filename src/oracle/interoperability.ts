import type { StreamExchange } from './history.ts'
import { isKeepAlive, readFrame } from './stream/read-frames.ts'

/** Something that the contract allows and that some clients stumble over. It never decides a verdict. */
export interface InteroperabilityNote {
  readonly id: `interoperability-${string}`
  readonly question: string
  /** What the target does, and which kind of client suffers from it. */
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
    seen: 'yes: they are frames (event: heartbeat). Clients that skip only comments and pings, as @anthropic-ai/sdk does, hand them to the program as empty events. Comment lines reach no program.',
    shows: ({ exchange: { stream } }) =>
      stream !== undefined &&
      (stream.heartbeats > 0 ||
        stream.frames.some((frame) => frame.event !== 'ping' && isKeepAlive(readFrame(frame)))),
  },
  {
    name: 'unicode-line-ends',
    question: 'Does the data of frames contain unescaped U+0085, U+2028 or U+2029?',
    seen: 'yes. Clients whose reader splits lines at every line end of Unicode, as splitlines of Python does, cut the JSON there. Escape them (\\u2028).',
    shows: ({ exchange: { stream } }) =>
      stream?.frames.some(({ data }) => unicodeLineEnds.test(data)) === true,
  },
  {
    name: 'lone-cr',
    question: 'Do lines of the stream end in CR alone?',
    seen: 'yes. Clients that know only LF and CRLF never see a frame end. End lines with LF.',
    shows: ({ exchange: { stream } }) => stream?.loneCr === true,
  },
]

/** What the streams of a run show that some clients stumble over, each with one exchange that shows it. */
export function interoperabilityNotes(streams: readonly StreamExchange[]): InteroperabilityNote[] {
  return traps.flatMap(({ name, question, seen, shows }) => {
    const stream = streams.find(shows)
    if (stream === undefined) return []
    return [{ id: `interoperability-${name}` as const, question, seen, exchanges: [stream.exchange.id] }]
  })
}
