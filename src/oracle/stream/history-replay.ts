import type { Exchange } from '../../wire/exchange.ts'
import { diffContext } from '../diff-context.ts'
import { differenceOf } from '../difference.ts'
import { isPartialResponse } from '../envelope/partial-response.ts'
import type { Finding } from '../finding.ts'
import type { StreamExchange } from '../history.ts'
import { isMessageOfAnother } from '../isolation/shared-message.ts'
import { headerValues, mediaType } from '../media-type.ts'
import { earlier, ofTypes } from '../pagination/expected-window.ts'
import { expectedBut, gotStatus } from '../said.ts'
import { isChronologicalReplay } from './chronological-replay.ts'
import { frameId } from './read-frames.ts'

/**
 * What was returned instead of a stream, in one clause.
 * @returns `undefined` when the exchange is an event stream that was answered 200.
 */
export function streamProblem(exchange: Exchange): string | undefined {
  const { response, failure, stream } = exchange
  if (response === undefined) return failure?.message ?? 'got no response'
  if (response.status !== 200) return gotStatus(exchange)
  if (stream === undefined) return `got ${mediaType(response) ?? 'a body without a single media type'}`
  return undefined
}

/** The ids that the history part of a stream must contain, in order, for the thread's first `length` events. */
export function expectedFrames(
  stream: Pick<StreamExchange, 'thread' | 'types' | 'after'>,
  length: number,
): string[] {
  const { events } = earlier(stream.thread.sequence, length)
  const from = stream.after === undefined ? 0 : events.findIndex((event) => event.id === stream.after) + 1
  // Whether a stream has the messages of another thread that the list has is left open.
  const rest = events.slice(from).filter((event) => !isMessageOfAnother(event, stream.thread.threadId))
  return (stream.types === undefined ? rest : rest.filter(ofTypes(stream.types))).map((event) => event.id)
}

/**
 * Whether the suite's own timeout or size limit ended a stream that had sent events, all of them right: the rest may
 * still be on its way, and being slow is not a failure. If something other than events reached the limit, it is not.
 */
export function wasCutShort(stream: StreamExchange): boolean {
  const end = stream.exchange.stream?.end
  if (end !== 'total' && end !== 'too-large') return false
  const expected = expectedFrames(stream, stream.known)
  const sent = stream.frames.map(frameId)
  if (sent.length === 0 || sent.length >= expected.length) return false
  if (end === 'too-large' && !isMostlyEvents(stream)) return false
  return sent.every((id, at) => id === expected[at])
}

/**
 * Whether the suite stopped waiting for a stream before it was complete. What is missing then is a finding only if the
 * same request, made again, lacks it again: a busy machine looks the same once.
 */
export function endedByDeadline({ exchange }: StreamExchange): boolean {
  const end = exchange.stream?.end
  return (
    end === 'idle' ||
    end === 'first-byte' ||
    (exchange.stream === undefined && exchange.failure?.kind === 'timeout')
  )
}

/**
 * Whether no response arrived in time to a request for a stream without history. Servers and proxies may hold the
 * response headers back until the first event, so this says nothing.
 */
export function hadNothingToSend(stream: StreamExchange): boolean {
  const { response, failure } = stream.exchange
  if (response !== undefined || failure?.kind !== 'timeout') return false
  if (!stream.thread.sequence.complete) return false
  return expectedFrames(stream, stream.known).length === 0 || isChronologicalReplay(stream, [])
}

function isMostlyEvents({ exchange, frames }: StreamExchange): boolean {
  const characters = frames.reduce((sum, { data }) => sum + data.length, 0)
  return characters * 2 >= (exchange.response?.bytes ?? 0)
}

/**
 * Judges which events a stream sent, and in which order (the whole history, each once).
 * Events that the thread gained since are allowed after the known ones.
 */
export function judgeHistory(stream: StreamExchange): Finding | undefined {
  if (isPartialResponse(stream.exchange) || hadNothingToSend(stream)) return undefined
  const what = describedStream(stream)
  const problem = streamProblem(stream.exchange)
  if (problem !== undefined)
    return {
      kind: 'no-stream',
      message: `${what}: ${expectedBut('an event stream', problem)}.`,
      expected: '200 with text/event-stream',
      actual: problem,
      exchanges: [stream.exchange.id],
    }
  const expected = expectedFrames(stream, stream.known)
  const due = new Set(expected)
  const later = new Set([
    ...expectedFrames(stream, stream.thread.sequence.events.length).filter((id) => !due.has(id)),
    ...(stream.thread.sequence.late ?? []).map(({ event }) => event.id),
    ...stream.thread.sequence.events
      .filter((event) => isMessageOfAnother(event, stream.thread.threadId))
      .map(({ id }) => id),
    // What the list has of another thread is judged there.
    ...(stream.thread.sequence.strays ?? []),
  ])
  const sent = stream.frames.map(frameId)
  const wanted = stream.thread.sequence.complete ? sent : sent.slice(0, expected.length)
  const actual = wanted.filter((id) => !later.has(id))
  const difference = differenceOf(expected, actual)
  if (difference === undefined || isChronologicalReplay(stream, actual)) return undefined
  const at = Math.max(
    0,
    expected.findIndex((id, index) => id !== actual[index]),
  )
  const foreign = actual.find((id) => stream.thread.foreign.has(id))
  const note = foreign === undefined ? '' : ` (${foreign} belongs to another thread)`
  return {
    kind: difference.kind,
    message: `${what}: ${difference.sentence}${note}${ending(stream)}.`,
    ...diffContext(expected, actual, at),
    exchanges: [stream.exchange.id],
  }
}

/**
 * SSE-08: the history is delivered while the connection is open. Broken when events are expected and the stream
 * stays open without any, or stops in the middle of a frame.
 */
export function judgeFlow(stream: StreamExchange): Finding | undefined {
  const record = stream.exchange.stream
  const due = expectedFrames(stream, stream.known).length
  if (record === undefined || due === 0) return undefined
  const gaveUp = record.end === 'first-byte' || record.end === 'idle' || record.end === 'total'
  // A stream that sends keep-alives is not buffered: it has no history.
  const isOpen = record.frames.length > 0 || record.comments > 0 || record.heartbeats > 0
  if (!gaveUp || (isOpen && record.leftover === 0)) return undefined
  // What is there is not framed, which is not a question of time.
  if (record.frames.length === 0 && record.unseparated === true) return undefined
  const what = record.frames.length === 0 ? 'no frame' : `${record.frames.length} frames and part of another`
  return {
    kind: record.frames.length === 0 ? 'silent' : 'held-back',
    message: `${describedStream(stream)} stayed open, but sent ${what} of ${due} within ${Math.round(stream.exchange.totalMs)} ms.${proxyRemedy(stream.exchange)}`,
    expected: `${due} frames while the stream is open`,
    actual: what,
    exchanges: [stream.exchange.id],
  }
}

// An API that streams through a proxy tells it not to buffer by X-Accel-Buffering: no.
function proxyRemedy({ response }: Exchange): string {
  if (response === undefined) return ''
  const value = (name: string) => headerValues(response, name)[0]
  const via = value('via')
  const server = value('server')
  const name =
    server !== undefined && proxies.test(server) ? server : via === undefined ? undefined : `Via: ${via}`
  if (name === undefined || value('x-accel-buffering') === 'no') return ''
  return ` The response passed through a proxy (${name.slice(0, 60)}), which probably buffers it. Turn buffering off for this route (nginx: proxy_buffering off), or send X-Accel-Buffering: no with the stream.`
}

const proxies =
  /nginx|openresty|tengine|envoy|haproxy|varnish|cloudflare|cloudfront|awselb|apache|caddy|traefik/i

/** A stream request in words. */
export function describedStream(stream: Partial<Pick<StreamExchange, 'types' | 'after'>>): string {
  const filter = stream.types === undefined ? '' : ` of ${stream.types.join(', ')}`
  const resumed = stream.after === undefined ? '' : ` after Last-Event-ID ${stream.after}`
  return `The stream${filter}${resumed}`
}

function ending({ exchange, frames }: StreamExchange): string {
  const end = exchange.stream?.end
  if (end === 'server') return '; the target closed the stream'
  if (end === 'idle' || end === 'first-byte' || end === 'total')
    return `; stopped by the ${end} timeout after ${Math.round(exchange.totalMs)} ms`
  if (end === 'too-large')
    return `; stopped by the size limit after ${frames.length} frames and ${exchange.response?.bytes} bytes`
  return ''
}
