import { judgeRefusal } from '../../oracle/errors/refusal.ts'
import { streamProblem } from '../../oracle/stream/history-replay.ts'
import type { CheckContext } from '../check-context.ts'
import { withLiveSession } from './live-session.ts'

/** NFD-01: a session that was deleted no longer exists, for the list and for the stream. */
export async function expectDeletedIsMissing(t: CheckContext): Promise<void> {
  await withLiveSession(t.state.controlAccess, 1, async ({ routeClient, snapshot, remove }) => {
    const ask = {
      list: async () => (await routeClient.list(snapshot, {}, { fresh: true })).exchange,
      stream: async () => (await routeClient.stream(snapshot, { fresh: true })).exchange,
    }
    const [list, stream] = [await ask.list(), await ask.stream()]
    await remove()
    // What was not found before says nothing of its deletion.
    if (list.response?.status === 200) {
      const exchange = await ask.list()
      t.record([exchange.id], judgeRefusal(exchange, [404], 'A deleted session'))
    }
    if (streamProblem(stream) === undefined) {
      const exchange = await ask.stream()
      // That a stream of an unknown session is not refused is NFD-05's finding.
      const because = ['NFD-05'] as const
      t.record([exchange.id], judgeRefusal(exchange, [404], 'A deleted session, Accept: text/event-stream'), {
        because,
      })
    }
  })
}
