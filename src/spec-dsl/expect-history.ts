import type { StreamExchange } from '../oracle/history.ts'
import { eventsOfStream } from '../oracle/observed-events.ts'
import {
  endedByDeadline,
  hadNothingToSend,
  judgeHistory,
  wasCutShort,
} from '../oracle/stream/history-replay.ts'
import { followUp } from '../targets/request-attribution.ts'
import type { CheckRequests } from './check-requests.ts'

/** Judges that a stream contains exactly the expected events, in order, each once. */
export async function expectHistory(t: CheckRequests, stream: StreamExchange): Promise<void> {
  t.noteOrigin(stream.exchange)
  if (wasCutShort(stream)) {
    t.unmet = {
      missing: `the rest of a stream: the suite stopped reading after ${stream.frames.length} events, all of them right`,
      provide:
        'Raise CONFORMANCE_STREAM_TOTAL_MS and CONFORMANCE_MAX_BODY_BYTES, or configure a shorter thread.',
    }
    return
  }
  if (hadNothingToSend(stream)) {
    t.unmet = {
      missing: 'an answered stream: a request for a stream without history got no response in time',
      provide: 'Send the response headers of a stream before its first event.',
    }
    return
  }
  let finding = judgeHistory(stream)
  const snapshot = t.routeClient.snapshotOf(stream.thread)
  if (finding !== undefined) await snapshot?.refresh(eventsOfStream(stream))
  const { events, late = [] } = stream.thread.sequence
  if (finding !== undefined && (events.length > stream.known || late.length > 0))
    finding = judgeHistory(stream)
  const repeat = async () => {
    const [again] = (await t.routeClient.repeat([stream.exchange.id])).streams
    return again === undefined || wasCutShort(again) ? undefined : judgeHistory(again)
  }
  if (finding !== undefined && endedByDeadline(stream) && (await followUp(repeat)) === undefined) {
    t.unmet = {
      missing: `a stream that is complete in time: one ended at a deadline after ${stream.frames.length} events, and was complete when requested again`,
      provide:
        'Raise CONFORMANCE_STREAM_IDLE_MS and CONFORMANCE_TIMEOUT_MS, or lower CONFORMANCE_CONCURRENCY.',
    }
    return
  }
  t.record([stream.exchange.id], finding, { repeat })
}
