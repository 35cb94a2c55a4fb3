import { judgeRefusal } from '../../oracle/errors/refusal.ts'
import type { ListQuery } from '../../oracle/pagination/list-query.ts'
import { streamProblem } from '../../oracle/stream/history-replay.ts'
import type { CheckContext } from '../check-context.ts'
import { idOf, wantedType } from './arrival-events.ts'
import { missingFrom } from './expect-arrivals.ts'
import { type LiveSession, withLiveSession } from './live-session.ts'

/** NFD-01: a session that was replaced has its new threads alone, and one that was deleted no longer exists. */
export async function expectDeletedIsMissing(t: CheckContext): Promise<void> {
  await withLiveSession(t.state.controlAccess, { events: 1 }, async (live) => {
    const known = await isListed(live)
    const events = [live.make({ second: 5 }), live.make({ second: 6 })]
    await live.replace(events, false)
    await live.append([live.make({ second: 7 })])
    await expectReplaced(t, live, known)
    await live.remove()
    // What was not found before says nothing of its deletion.
    if (known) await expectNoList(t, live, idOf(events[0]))
    if (t.state.stream !== undefined && streamProblem(t.state.stream.exchange) === undefined)
      await expectNoStream(t, live, idOf(events[0]))
  })
}

async function isListed(live: LiveSession): Promise<boolean> {
  return missingFrom(live, await plainList(live)) === undefined
}

function plainList({ routeClient, snapshot }: LiveSession) {
  return routeClient.list(snapshot, {}, { fresh: true })
}

/** SSE-09 and NFD-02: the list has the new events, and a thread that the session no longer has is not found. */
async function expectReplaced(t: CheckContext, live: LiveSession, known: boolean): Promise<void> {
  const lost = missingFrom(live, await plainList(live))
  if (known && lost !== undefined)
    t.attribute('SSE-09', { ...lost, message: `After the session was replaced: ${lost.message}` })
  const { exchange } = await live.routeClient.list(live.sibling, {}, { fresh: true })
  const finding = judgeRefusal(exchange, [404], 'A thread that its replaced session no longer has')
  // How unknown threads are refused is judged elsewhere.
  if (finding !== undefined && exchange.response?.status === 200) t.attribute('NFD-02', finding)
}

/** The list as it was read before, and one that another code path or cache may answer. */
async function expectNoList(t: CheckContext, live: LiveSession, after: string): Promise<void> {
  const { routeClient, snapshot } = live
  const { exchange } = await plainList(live)
  const finding = judgeRefusal(exchange, [404], 'A deleted session')
  t.record([exchange.id], finding)
  const plain: ListQuery = { limit: 5, order: 'desc', types: [wantedType] }
  const [query] = t.usable([{ ...plain, after }, plain])
  if (query === undefined || finding !== undefined) return
  const { exchange: queried } = await routeClient.list(snapshot, query, { fresh: true })
  const isBehind = query.after !== undefined
  const what = `A deleted session, with limit, order, type${isBehind ? ' and a cursor' : ''}`
  // That an unknown session is not refused with a query is NFD-05's finding. The cursor is no longer known either.
  t.record([queried.id], judgeRefusal(queried, isBehind ? [404, 400] : [404], what), { because: ['NFD-05'] })
}

async function expectNoStream(
  t: CheckContext,
  { routeClient, snapshot }: LiveSession,
  after: string,
): Promise<void> {
  const resumes = !t.isUnusable('Last-Event-ID')
  const { exchange } = await routeClient.stream(snapshot, { fresh: true, ...(resumes ? { after } : {}) })
  const what = `A deleted session, Accept: text/event-stream${resumes ? ', Last-Event-ID of one of its events' : ''}`
  // That a stream of an unknown session is not refused is NFD-05's finding. The event is no longer known either.
  t.record([exchange.id], judgeRefusal(exchange, resumes ? [404, 400] : [404], what), {
    because: ['NFD-05'],
  })
}
