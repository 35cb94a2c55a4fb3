import { jsonProblem } from '../../contract/json.ts'
import { eventProblem } from '../../contract/schemas.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { isPartialResponse } from '../envelope/partial-response.ts'
import { sameValue } from '../event.ts'
import { eventWithId } from '../events-by-id.ts'
import type { Finding } from '../finding.ts'
import { revisionOf, type SeenFrame, type StreamExchange } from '../history.ts'
import type { JudgeResult } from '../judge-result.ts'
import { headerValues, mediaType } from '../media-type.ts'
import { isKeepAlive, readFrame } from './read-frames.ts'

/**
 * SSE-01: a stream is answered 200 as `text/event-stream`. Only status and headers are judged.
 * @returns `'undecided'` if there is no response of the API
 */
export function judgeStreamHead(exchange: Exchange): JudgeResult {
  const { id, response } = exchange
  if (isPartialResponse(exchange)) return 'undecided'
  if (response === undefined || response.status === 429 || response.status >= 500) return 'undecided'
  const type = mediaType(response)
  if (response.status === 200 && type === 'text/event-stream') return undefined
  const actual = `${response.status} ${headerValues(response, 'content-type').join(' | ') || 'without a media type'}`
  return {
    kind: response.status === 200 ? 'media-type' : 'status',
    message: `Accept: text/event-stream: expected 200 text/event-stream, got ${actual}.`,
    expected: '200 text/event-stream',
    actual,
    exchanges: [id],
  }
}

/** SSE-02: the data of a frame is one flat JSON event that meets the EVT requirements. */
export function judgeFrameEvent(stream: StreamExchange, frame: SeenFrame): Finding | undefined {
  const { seen } = frame
  const finding = (kind: string, actual: string): Finding => ({
    kind,
    message: `Frame ${frame.id ?? '(no id)'}: ${actual}.`,
    expected: 'one flat JSON event',
    actual: frame.data.slice(0, 200),
    exchanges: [stream.exchange.id],
  })
  if (seen === undefined)
    return finding('json', `the data ${jsonProblem(frame.data) ?? 'is not a JSON object'}`)
  const listed = seen.id === undefined ? undefined : eventWithId(stream.thread.sequence, seen.id)
  // An event that is the same in the list is judged there.
  if (listed !== undefined && sameValue(listed, seen)) return undefined
  const { eventPromises, events, schemas } = revisionOf(stream.thread)
  for (const promise of eventPromises) {
    const problem = eventProblem(promise, seen.value, schemas.event)
    if (problem !== undefined) return finding(`schema: ${promise}`, `${problem} (${promise})`)
  }
  if (events.labels && seen.session !== stream.thread.sessionId)
    return finding('label-session', 'session_id is not the session in the path')
  return undefined
}

/** SSE-02: a stream consists of frames. Judged where events are expected, and the stream has other lines instead. */
export function judgeFraming({ exchange, frames }: StreamExchange, due: number): Finding | undefined {
  const lines = exchange.stream?.parseErrors ?? []
  if (due === 0 || frames.length > 0) return undefined
  if (exchange.stream?.unseparated === true)
    return {
      kind: 'framing',
      message: 'No blank line ends a frame of the stream, so clients receive no event.',
      expected: 'id, event and data lines, then a blank line',
      actual: 'the lines of several events without a blank line between them',
      exchanges: [exchange.id],
    }
  if (lines.length === 0) return undefined
  return {
    kind: 'framing',
    message: `The stream has lines that are not fields of a frame (id, event, data), and no frame.`,
    expected: 'id, event and data lines, then a blank line',
    actual: (lines[0] ?? '').slice(0, 200),
    exchanges: [exchange.id],
  }
}

/** SSE-03: the frame's `id` is the event's id and its `event` is the event's type. */
export function judgeFrameFields(exchange: Exchange, frame: SeenFrame): JudgeResult {
  const { seen, id, event } = frame
  // An event without a type is EVT-01's finding.
  if (seen?.id === undefined || seen.type === undefined || seen.type === '') return 'undecided'
  if (id === seen.id && event === seen.type) return undefined
  const write = (a: string | undefined, b: string | undefined) =>
    `id: ${a ?? '(none)'}, event: ${b ?? '(none)'}`
  const [field, sent, of] = id === seen.id ? ['event', event, 'type'] : ['id', id, 'id']
  const what = sent === undefined ? 'is missing' : `differs from the event's ${of}`
  return {
    kind: `${field}-field`,
    message: `Frame of event ${seen.id}: its ${field} field ${what}.`,
    expected: write(seen.id, seen.type),
    actual: write(id, event),
    exchanges: [exchange.id],
  }
}

/** SSE-22: a stream that sent anything has no keep-alive among its frames. */
export function judgeKeepAliveForm({ id, stream }: Exchange): JudgeResult {
  const { frames = [], heartbeats = 0 } = stream ?? {}
  const found = frames.find((frame) => isKeepAlive(readFrame(frame)))
  if (found === undefined && heartbeats === 0) return frames.length > 0 ? undefined : 'undecided'
  const name = found?.event ?? 'heartbeat'
  return {
    kind: 'keep-alive-frame',
    message: `A keep-alive is a frame (event: ${name}), which reaches clients as an empty event.`,
    expected: 'a comment line',
    actual: `event: ${name}`,
    exchanges: [id],
  }
}

/** SSE-03, second sentence: a keep-alive frame has no `id`, or clients would resume from it. */
export function judgeKeepAlives({ id, stream }: Exchange): JudgeResult {
  const keepAlives = (stream?.frames ?? []).map((frame) => readFrame(frame)).filter(isKeepAlive)
  const wrong = keepAlives.find((frame) => frame.id !== undefined && frame.id !== '')
  if (wrong === undefined)
    return keepAlives.length > 0 || (stream?.heartbeats ?? 0) > 0 ? undefined : 'undecided'
  return {
    kind: 'keep-alive-id',
    message: `A keep-alive frame (event: ${wrong.event ?? ''}) has the id ${wrong.id ?? ''}.`,
    expected: 'a keep-alive frame without id',
    actual: `id: ${wrong.id ?? ''}`,
    exchanges: [id],
  }
}
