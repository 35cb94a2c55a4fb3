import { diffContext } from '../diff-context.ts'
import { differenceOf } from '../difference.ts'
import type { Finding } from '../finding.ts'
import type { SeenFrame, StreamExchange } from '../history.ts'
import { judgeStreamIsolation } from '../isolation/isolation.ts'
import { findingIn, type JudgeResult } from '../judge-result.ts'
import { expectedBut } from '../said.ts'
import { judgeFrameEvent } from './frame.ts'
import { streamProblem } from './history-replay.ts'
import { frameId } from './read-frames.ts'

/**
 * SSE-09: what a client received that followed a thread, over one stream or several that each resume after the last
 * event of the previous one: every expected event, in order, each once. Events of other threads are ISO-04's.
 * `'undecided'`: the total timeout ended the stream while everything was right so far.
 * @param due the expected ids; the last one was appended last
 * @param misplaced ids of events that may stand anywhere among those that arrive; over several streams, a resumed one
 * may lack them, since their place is before the event that it resumes from
 */
export function judgeFollowed(
  streams: readonly StreamExchange[],
  due: readonly string[],
  what: string,
  misplaced: ReadonlySet<string> = new Set(),
): JudgeResult {
  const exchanges = streams.map(({ exchange }) => exchange.id)
  const problem = streams.map(({ exchange }) => streamProblem(exchange)).find((one) => one !== undefined)
  if (problem !== undefined || streams.length === 0)
    return {
      kind: 'no-stream',
      message: `${what}: ${expectedBut('an event stream', problem ?? 'got none')}.`,
      expected: '200 with text/event-stream',
      actual: problem ?? 'no stream',
      exchanges,
    }
  const all = streams.flatMap(({ frames, thread }) =>
    frames
      // A frame without any id is no event: SSE-02 judges it.
      .filter((frame) => !isNameless(frame))
      .map(frameId)
      .filter((id) => !thread.foreign.has(id)),
  )
  const placed = (ids: readonly string[]) => ids.filter((id) => !misplaced.has(id))
  const unplaced = (ids: readonly string[]) => ids.filter((id) => misplaced.has(id)).toSorted()
  const ordered = differenceOf(placed(due), placed(all))
  // One difference is reported: that of the events in order first, then that of the others.
  const [expected, actual] =
    ordered !== undefined
      ? [placed(due), placed(all)]
      : streams.length > 1
        ? [[], []]
        : [unplaced(due), unplaced(all)]
  const difference = ordered ?? differenceOf(expected, actual)
  if (difference === undefined) return undefined
  // Being slow is not a failure: missing events may still be on their way when the suite's own timeout ends the stream.
  const right = actual.length < expected.length && actual.every((id, at) => id === expected[at])
  if (right && streams.at(-1)?.exchange.stream?.end === 'total') return 'undecided'
  const at = Math.max(
    0,
    expected.findIndex((id, index) => id !== actual[index]),
  )
  return {
    kind: difference.kind,
    message: `${what}: ${difference.sentence}${waited(streams)}.`,
    ...diffContext(expected, actual, at),
    exchanges,
  }
}

/** ISO-04: the first event of another thread on any of the streams. */
export function judgeFollowedIsolation(streams: readonly StreamExchange[]): Finding | undefined {
  return streams.map((stream) => findingIn(judgeStreamIsolation(stream))).find((one) => one !== undefined)
}

/** SSE-02: the first frame on any of the streams that has no id and is no event. */
export function judgeFollowedFrames(streams: readonly StreamExchange[]): Finding | undefined {
  return streams
    .flatMap((stream) =>
      stream.frames.flatMap((frame) => (isNameless(frame) ? (judgeFrameEvent(stream, frame) ?? []) : [])),
    )
    .at(0)
}

function isNameless({ id, seen }: SeenFrame): boolean {
  return seen?.id === undefined && id === undefined
}

function waited(streams: readonly StreamExchange[]): string {
  const last = streams.at(-1)?.exchange
  const end = last?.stream?.end
  if (end !== 'idle' && end !== 'first-byte' && end !== 'total') return ''
  return `; stopped by the ${end} timeout after ${Math.round(last?.totalMs ?? 0)} ms`
}
