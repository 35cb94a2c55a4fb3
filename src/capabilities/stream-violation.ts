import type { RequirementId } from '../contract/catalogue.ts'
import { differenceOf } from '../oracle/difference.ts'
import { isPartialResponse } from '../oracle/envelope/partial-response.ts'
import type { Finding } from '../oracle/finding.ts'
import { revisionOf, type StreamExchange } from '../oracle/history.ts'
import { judgeStreamIsolation } from '../oracle/isolation/isolation.ts'
import { findingIn } from '../oracle/judge-result.ts'
import { readPage } from '../oracle/pagination/page.ts'
import { judgeFrameEvent, judgeFraming } from '../oracle/stream/frame.ts'
import { expectedFrames, judgeFlow, judgeHistory, wasCutShort } from '../oracle/stream/history-replay.ts'
import { frameId } from '../oracle/stream/read-frames.ts'

/** In which way the answer to one stream request is wrong. */
export type StreamViolationKind = 'listed' | 'status' | 'flow' | 'leak' | 'unreadable' | 'records'

/** What is wrong with the answer to one stream request. */
export interface StreamViolation {
  readonly stream: StreamExchange
  readonly kind: StreamViolationKind
  readonly finding: Finding
  /** Whether the stream starts at the beginning of the thread although it was asked to resume. */
  readonly ignoresCursor: boolean
}

/** What is wrong with the answer to a stream request: of a stream that leaks, also what is wrong apart from that. */
export function streamViolations(stream: StreamExchange): StreamViolation[] {
  const first = streamViolation(stream)
  if (first?.kind !== 'leak') return first === undefined ? [] : [first]
  const { thread } = stream
  const own = stream.frames.filter((frame) => {
    const label = frame.seen?.thread
    return (label === undefined || label === thread.threadId) && !thread.foreign.has(frameId(frame))
  })
  const rest = streamViolation({ ...stream, frames: own })
  return rest === undefined || rest.kind === 'leak' ? [first] : [first, rest]
}

/** The first thing that is wrong with the answer to a stream request, or nothing. */
export function streamViolation(stream: StreamExchange): StreamViolation | undefined {
  const { exchange } = stream
  const { failure, response } = exchange
  if (failure?.kind === 'aborted' || failure?.kind === 'unsendable' || response?.status === 429)
    return undefined
  if (isPartialResponse(exchange)) return undefined
  // A stream without an event to send may keep its head back.
  const isSilent = response === undefined && failure?.kind === 'timeout'
  // An empty body of another media type is wrong in that alone.
  const isEmpty = response?.status === 200 && exchange.stream === undefined && response.body === ''
  if ((isSilent || isEmpty) && expectedFrames(stream, stream.known).length === 0) return undefined
  const violation = (kind: StreamViolationKind, finding: Finding): StreamViolation => ({
    stream,
    kind,
    finding,
    ignoresCursor: ignoresCursor(stream),
  })
  const history = judgeHistory(stream)
  if (exchange.stream === undefined || response === undefined || response.status !== 200) {
    if (history === undefined) return undefined
    return violation(typeof readPage(exchange) === 'string' ? 'status' : 'listed', history)
  }
  const flow = judgeFlow(stream)
  if (flow !== undefined) return violation('flow', flow)
  const leak = findingIn(judgeStreamIsolation(stream))
  if (leak !== undefined) return violation('leak', leak)
  if (history === undefined || wasCutShort(stream)) return undefined
  const framing = judgeFraming(stream, expectedFrames(stream, stream.known).length)
  if (framing !== undefined) return violation('unreadable', framing)
  const unreadable = stream.frames
    .filter(({ seen }) => seen?.id === undefined)
    .map((frame) => judgeFrameEvent(stream, frame))
    .find((finding) => finding !== undefined)
  return unreadable === undefined ? violation('records', history) : violation('unreadable', unreadable)
}

/** The requirement that a wrong stream breaks, given that no simpler request is answered wrongly. */
export function requirementOfStreamViolation({ stream, kind }: StreamViolation): RequirementId {
  const addressed = revisionOf(stream.thread).stream.segment === 'stream'
  if (kind === 'listed') return addressed ? 'SSE-20' : 'NEG-01'
  // A stream that flows by itself and gives nothing when it resumes or filters lacks events.
  if (kind === 'flow' && stream.types === undefined && stream.after === undefined) return 'SSE-08'
  if (kind === 'leak') return 'ISO-04'
  if (kind === 'unreadable') return 'SSE-02'
  if (stream.types !== undefined) return 'SSE-06'
  if (stream.after !== undefined) return 'SSE-05'
  if (kind === 'status') return addressed ? 'SSE-20' : 'SSE-01'
  return 'SSE-04'
}

/** Whether a stream that was to resume gave the whole history. */
function ignoresCursor(stream: StreamExchange): boolean {
  if (stream.after === undefined || stream.frames.length === 0) return false
  const whole = expectedFrames({ ...stream, after: undefined }, stream.known)
  return differenceOf(whole, stream.frames.map(frameId).slice(0, whole.length)) === undefined
}
