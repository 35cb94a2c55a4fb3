import { judgeRefusal } from '../../oracle/errors/refusal.ts'
import type { Finding } from '../../oracle/finding.ts'
import type { ListExchange } from '../../oracle/history.ts'
import type { ListQuery } from '../../oracle/pagination/list-query.ts'
import { idsOf } from '../../oracle/pagination/page.ts'
import { judgeHistory, streamProblem } from '../../oracle/stream/history-replay.ts'
import type { CheckContext } from '../check-context.ts'
import { idOf, wantedType } from './arrival-events.ts'
import { missingFrom, selecting } from './expect-arrivals.ts'
import { type LiveSession, withLiveSession } from './live-session.ts'

/** NFD-01: a session that was replaced has its new threads alone, and one that was deleted no longer exists. */
export async function expectDeletedIsMissing(t: CheckContext): Promise<void> {
  await withLiveSession(t.state.controlAccess, { events: 1 }, async (live) => {
    const [first] = live.snapshot.events
    const lists = await listsAtRest(t, live)
    const streams = await isStreamed(t, live)
    const events = [live.make({ second: 5 }), live.make({ second: 6 })]
    await live.replace(events, false)
    await live.append([live.make({ second: 7 })])
    const behind = first === undefined || t.isUnusable('after_id') ? [] : [{ after: first.id }]
    await expectReplaced(t, live, [...lists, ...behind])
    if (streams) await expectReplacedStream(t, live)
    await live.remove()
    // What was not found before says nothing of its deletion.
    if (lists.length > 0) await expectNoList(t, live, idOf(events[0]))
    if (t.state.stream !== undefined && streamProblem(t.state.stream.exchange) === undefined)
      await expectNoStream(t, live, idOf(events[0]))
  })
}

/** The lists that show the thread: the plain one, and one that another code path or cache may answer. */
async function listsAtRest(t: CheckContext, live: LiveSession): Promise<ListQuery[]> {
  if (missingFrom(live, await plainList(live)) !== undefined) return []
  return [{}, ...t.usable([{ types: [wantedType], order: 'desc' as const, limit: 5 }])]
}

async function isStreamed(t: CheckContext, { routeClient, snapshot }: LiveSession): Promise<boolean> {
  if (t.state.stream === undefined || streamProblem(t.state.stream.exchange) !== undefined) return false
  return judgeHistory(await routeClient.stream(snapshot, { fresh: true })) === undefined
}

function plainList(live: LiveSession) {
  return freshList(live, {})
}

function freshList({ routeClient, snapshot }: LiveSession, query: ListQuery) {
  return routeClient.list(snapshot, query, { fresh: true })
}

/** SSE-09 and NFD-02: lists have the new events alone, and a thread that the session no longer has is not found. */
async function expectReplaced(
  t: CheckContext,
  live: LiveSession,
  queries: readonly ListQuery[],
): Promise<void> {
  for (const query of queries) {
    const list = await freshList(live, query)
    const wrong = (query.after === undefined ? missingFrom(live, list) : undefined) ?? removedIn(live, list)
    if (wrong === undefined) continue
    const message = `After the session was replaced: ${wrong.message}`
    const isPlain = Object.keys(query).length === 0
    t.attribute('SSE-09', { ...wrong, message }, isPlain ? [] : selecting)
  }
  const { exchange } = await live.routeClient.list(live.sibling, {}, { fresh: true })
  const finding = judgeRefusal(exchange, [404], 'A thread that its replaced session no longer has')
  // How unknown threads are refused is judged elsewhere.
  if (finding !== undefined && exchange.response?.status === 200) t.attribute('NFD-02', finding)
}

/** An event on a page that the thread no longer has. */
function removedIn({ initial }: LiveSession, { exchange, page }: ListExchange): Finding | undefined {
  const listed = typeof page === 'string' ? [] : idsOf(page.events)
  const removed = listed.find((id) => initial.has(id))
  if (removed === undefined) return undefined
  return {
    kind: 'removed',
    message: `${exchange.request.target.split('?')[1] ?? 'the list'} includes event ${removed}, which the thread no longer has.`,
    expected: 'the events of the new session',
    actual: listed,
    exchanges: [exchange.id],
  }
}

/** SSE-04: a stream has the new events alone. */
async function expectReplacedStream(t: CheckContext, { routeClient, snapshot }: LiveSession): Promise<void> {
  const finding = judgeHistory(await routeClient.stream(snapshot, { fresh: true }))
  if (finding !== undefined)
    t.attribute('SSE-04', { ...finding, message: `After the session was replaced: ${finding.message}` })
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
