import { type Attribution, attributed } from '../attribution/attribution.ts'
import { judgeEventConsistency } from '../event/event-consistency.ts'
import { type ListExchange, revisionOf, type StreamExchange } from '../history.ts'
import { judgeFrameEvent, judgeFrameFields, judgeKeepAlives } from './frame.ts'
import { frameId } from './read-frames.ts'

/**
 * SSE-02, SSE-03 and EVT-08 for events that arrived on open streams: each frame is like those of the history, and its
 * event is the one that the list shows. A keep-alive between them has no `id`.
 * @param lists lists of the thread after all events arrived
 * @param initial the events of the history. Where their frames are malformed too, nothing is said of the others.
 */
export function judgeArrivedFrames(
  streams: readonly StreamExchange[],
  lists: readonly ListExchange[],
  initial: ReadonlySet<string>,
): Attribution[] {
  const judged = streams.flatMap((stream) =>
    stream.frames.flatMap((frame): readonly (Attribution & { readonly old: boolean })[] => {
      const old = initial.has(frameId(frame))
      return [
        ...attributed('SSE-02', judgeFrameEvent(stream, frame)),
        ...attributed('SSE-03', judgeFrameFields(stream.exchange, frame)),
      ].map((one) => ({ ...one, old }))
    }),
  )
  const beats = streams
    .filter(({ thread }) => revisionOf(thread).stream.keepAlive !== 'comment')
    .flatMap(({ exchange }) => attributed('SSE-03', judgeKeepAlives(exchange)))
  const known = new Set(judged.flatMap(({ id, old }) => (old ? [id] : [])))
  const arrived = judged.filter(({ id }) => !known.has(id))
  if (judged.length > 0) return [...arrived.map(({ id, finding }) => ({ id, finding })), ...beats]
  const { findings, tentative } = judgeEventConsistency({ exchanges: [], lists, streams })
  const [finding] = [...findings, ...tentative]
  return finding === undefined ? beats : [{ id: 'EVT-08', finding }, ...beats]
}
