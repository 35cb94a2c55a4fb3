import type { RequirementId } from '../../contract/catalogue.ts'
import { judgeFrameContent } from '../event/content.ts'
import { type KnownEvent, sameValue } from '../event.ts'
import type { Finding } from '../finding.ts'
import type { StreamExchange } from '../history.ts'
import { judgeConforming } from '../hostile-input/availability.ts'
import { judgeStreamIsolation } from '../isolation/isolation.ts'
import { readPage } from '../pagination/page.ts'
import { judgeFrameEvent, judgeFrameFields, judgeStreamHead } from '../stream/frame.ts'
import { describedStream, judgeHistory, wasCutShort } from '../stream/history-replay.ts'
import { isNoAnswer } from './attribute-page.ts'
import { type Attribution, attributed } from './attribution.ts'

/** What is wrong with a stream, apart from which events it sent. */
export interface StreamJudgement {
  readonly attributions: readonly Attribution[]
  readonly history: Finding | undefined
}

/**
 * Judges the history part of a stream of a thread that is known.
 * @param loaded the events that were loaded, for a thread that the suite created
 * @param plain whether `text/event-stream` was the only media type in Accept
 */
export function judgeReplay(
  stream: StreamExchange,
  plain: boolean,
  loaded?: ReadonlyMap<string, KnownEvent>,
): StreamJudgement {
  const { exchange } = stream
  if (isNoAnswer(stream)) return { attributions: [], history: undefined }
  if (exchange.stream === undefined) {
    const dead = attributed('INP-04', judgeConforming(exchange))
    const listed = typeof readPage(exchange) !== 'string'
    const head = listed ? [notNegotiated(stream, plain)] : attributed('SSE-01', judgeStreamHead(exchange))
    const history = dead.length > 0 || listed ? undefined : judgeHistory(stream)
    return { attributions: dead.length > 0 ? dead : head, history }
  }
  const foreign = attributed('ISO-04', judgeStreamIsolation(stream))
  const attributions = stream.frames.flatMap((frame) => [
    ...attributed('SSE-03', judgeFrameFields(exchange, frame)),
    ...attributed('SSE-02', judgeFrameEvent(stream, frame)),
  ])
  const changed =
    loaded === undefined || foreign.length + attributions.length > 0
      ? []
      : stream.frames.flatMap(({ seen }) => {
          const listed = stream.thread.sequence.events.find(({ id }) => id === seen?.id)
          // What is the same in the list was judged there.
          if (seen === undefined || (listed !== undefined && sameValue(listed, seen))) return []
          return judgeFrameContent(seen, exchange.id, loaded) ?? []
        })
  const all = [...foreign, ...attributions, ...changed]
  const unknown = foreign.length + changed.length > 0 || attributions.some(({ id }) => id === 'SSE-02')
  return { attributions: all, history: unknown || wasCutShort(stream) ? undefined : judgeHistory(stream) }
}

/** Which requirement a stream of wrong events breaks, when no simpler one is wrong. */
export function requirementOfReplay({ types, after }: StreamExchange): RequirementId {
  if (types !== undefined) return 'SSE-06'
  return after === undefined ? 'SSE-04' : 'SSE-05'
}

function notNegotiated(stream: StreamExchange, plain: boolean): Attribution {
  const finding = {
    kind: 'representation-stream',
    message: `${describedStream(stream)}: expected an event stream, got a list.`,
    expected: '200 text/event-stream',
    actual: 'a list',
    exchanges: [stream.exchange.id],
  }
  return { id: plain ? 'NEG-01' : 'NEG-02', finding }
}
