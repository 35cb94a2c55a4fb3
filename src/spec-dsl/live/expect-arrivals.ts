import type { JsonObject } from '../../contract/json.ts'
import { isJsonObject } from '../../contract/json.ts'
import { plainContent } from '../../oracle/event.ts'
import type { Finding } from '../../oracle/finding.ts'
import type { ListExchange, StreamExchange } from '../../oracle/history.ts'
import { findingIn } from '../../oracle/judge-result.ts'
import { judgePageChronology } from '../../oracle/order/chronology.ts'
import { defaultLimit, type ListQuery } from '../../oracle/pagination/list-query.ts'
import { idsOf } from '../../oracle/pagination/page.ts'
import { judgeArrivedFrames } from '../../oracle/stream/arrived-frames.ts'
import { describedStream } from '../../oracle/stream/history-replay.ts'
import { judgeFollowed } from '../../oracle/stream/live-delivery.ts'
import { frameId } from '../../oracle/stream/read-frames.ts'
import { followUp } from '../../targets/request-attribution.ts'
import type { CheckContext } from '../check-context.ts'
import { idOf, otherType, wantedType } from './arrival-events.ts'
import { endEmptyThread, followEmptyThread, judgeEmptyThread } from './empty-thread.ts'
import { type LiveSession, withLiveSession } from './live-session.ts'
import { type SubscribeOptions, type Subscription, subscribe } from './subscribe.ts'

/** Larger than the buffers that frames and messages of a broker usually have to fit into. */
const largeSize = 70_000
/** More than a page, and more than the usual buffers hold. */
const manyEvents = 105
/** The instant of the newest event of the history, in seconds after the first. */
const newest = 2
const sameText = 'yes'

/**
 * SSE-09 by one fixed sequence: events of the same instant as the newest of the history, together and one by one and
 * two of them with the same text, one with an earlier timestamp, a large one, and many at once. They reach a plain
 * stream, a stream with a filter that nothing of the history passes, and the lists right after. A stream of the thread
 * beside waits for its first event.
 */
export async function expectArrivals(t: CheckContext, filters: boolean): Promise<void> {
  const { concurrency } = t.state.controlAccess
  const start = { events: newest + 1, type: otherType, beside: 0 }
  await withLiveSession(t.state.controlAccess, start, async (live) => {
    const lists = listQueries(t, filters)
    const whole = lists.whole === undefined ? undefined : await rightAtRest(live, lists.whole)
    const misplaced = new Set<string>()
    const traits = new Map<string, string>()
    const outOfOrder = (...events: readonly JsonObject[]) => {
      for (const event of events) misplaced.add(idOf(event))
      return live.append(events)
    }
    // A follower takes up one of the requests that may be under way, and the lists need one more.
    const wanted: readonly SubscribeOptions[] = [{}, ...(filters ? [{ types: [wantedType] }] : [])]
    const followers = wanted
      .slice(0, Math.max(1, concurrency - 1))
      .map((following) => subscribe(live, following, (id) => !misplaced.has(id)))
    const beside = concurrency > wanted.length + 1 ? followEmptyThread(live) : undefined
    // Without an event, a server may hold back even the head of a response.
    const [plain] = followers
    await plain?.opened
    await plain?.saw(live.snapshot.events.at(-1)?.id ?? '')
    const together = [
      live.make({ second: newest, content: sameText }),
      live.make({ second: newest, type: otherType }),
    ]
    await outOfOrder(...together)
    await plain?.saw(idOf(together[0]))
    const equal = live.make({ second: newest, content: sameText })
    traits.set(idOf(together[0]), 'has the timestamp of the last event of the history')
    traits.set(idOf(equal), 'has the type, timestamp and text of the event before it')
    await outOfOrder(equal)
    const earlier = live.make({ second: newest - 1 })
    traits.set(idOf(earlier), 'has an earlier timestamp than the last event of the history')
    await outOfOrder(earlier)
    const seen: ListExchange[] = []
    const unlisted: Finding[] = []
    const leftOut: Finding[] = []
    const look = async (query: ListQuery, rest: ListQuery) => {
      const list = await listed(live, query)
      const lost = missingFrom(live, list)
      seen.push(list)
      if (lost !== undefined) ((await alwaysLacks(live, query, rest)) ? leftOut : unlisted).push(lost)
    }
    if (whole !== undefined) await look(whole, { limit: 49, ...(whole.order && { order: whole.order }) })
    const last = live.make({ second: newest + 1 })
    await live.append([last])
    const poll = lists.polls ? { after: idOf(last) } : undefined
    const end = poll === undefined ? undefined : await listed(live, poll)
    const unknown = end === undefined ? undefined : unknownCursor(end)
    if (unknown !== undefined) unlisted.push(unknown)
    const large = live.make({ second: 80, size: largeSize })
    traits.set(idOf(large), `has a text of ${largeSize} characters`)
    await live.append([large, live.make({ second: 80, type: otherType }), live.make({ second: 80 })])
    if (poll !== undefined && isEmpty(end)) {
      const unchanged = await unchangedValidator(live, poll, end)
      if (unchanged !== undefined) unlisted.push(unchanged)
      await look(poll, { limit: 100 })
    }
    const type = (at: number) => (at % 2 === 0 ? wantedType : otherType)
    await live.append(
      Array.from({ length: manyEvents }, (_, at) => live.make({ second: 81 + at, type: type(at) })),
    )
    if (beside !== undefined) await endEmptyThread(live, beside)
    const marker = live.make({ second: 300 })
    for (const follower of followers) follower.endWith(idOf(marker))
    await live.append([marker])
    const streams: StreamExchange[] = []
    for (const follower of followers)
      streams.push(...(await judgeFollower(t, live, follower, { misplaced, traits, large })))
    for (const { id, finding } of judgeArrivedFrames(streams, seen, live.initial)) t.attribute(id, finding)
    // An event that arrived late has its place among the others all the same.
    const [misordered] = seen.flatMap((list) => judgePageChronology(list) ?? [])
    if (misordered !== undefined)
      t.attribute(
        'ORD-01',
        { ...misordered, message: `After events were appended: ${misordered.message}` },
        timed,
      )
    // A list that cannot be read, or whose pages are too short, lacks events for that reason.
    for (const finding of unlisted) t.record(finding.exchanges, finding, { because: ['ENV-02', 'PAG-02'] })
    for (const finding of leftOut) t.record(finding.exchanges, finding, { because: selecting })
    if (beside !== undefined) await judgeEmptyThread(t, live, beside)
  })
}

/** Requirements without which a list by filter, cursor and order lacks events whether or not they were just appended. */
export const selecting = [
  ...(['PAG-01', 'PAG-02', 'PAG-03', 'PAG-04', 'PAG-05', 'PAG-06', 'PAG-07', 'PAG-10', 'PAG-12'] as const),
  ...(['FLT-01', 'FLT-02', 'FLT-03', 'FLT-05', 'ORD-01', 'ORD-02', 'ORD-03', 'ORD-04'] as const),
  ...(['ENV-01', 'ENV-02', 'ENV-05', 'EVT-01', 'EVT-02', 'NEG-03', 'ISO-01', 'ISO-02', 'INP-03'] as const),
]

/** Requirements without which the order of a list by `order=desc` and `types[]` says nothing of the list itself. */
const timed = ['ORD-03', 'FLT-03', 'EVT-01', 'EVT-05', 'EVT-08'] as const

/** The lists that are read while events arrive, where the target offers what they need. */
function listQueries(
  t: CheckContext,
  filters: boolean,
): { readonly whole?: ListQuery; readonly polls: boolean } {
  // Streams take up every request that may be under way.
  if (t.state.controlAccess.concurrency < 2) return { polls: false }
  // The whole list in ascending order is read elsewhere while the thread grows.
  const order = t.isUnusable('order') ? {} : { order: 'desc' as const }
  const types = filters && !t.isUnusable('types[]') ? { types: [wantedType, otherType] } : {}
  return { whole: { limit: 50, ...order, ...types }, polls: !t.isUnusable('after_id') }
}

function listed({ routeClient, snapshot }: LiveSession, query: ListQuery): Promise<ListExchange> {
  const spelling = query.types === undefined ? {} : { spelling: 'brackets' as const }
  return routeClient.list(snapshot, query, { fresh: true, ...spelling })
}

/** The query, where the thread is listed correctly by it before anything is appended. */
async function rightAtRest(live: LiveSession, query: ListQuery): Promise<ListQuery | undefined> {
  return missingFrom(live, await listed(live, query)) === undefined ? query : undefined
}

/**
 * Whether it is the filter or the cursor of a query that leaves out an event, and not the list that is behind: a request
 * that nobody sent before lacks it too, and one without the filter or the cursor does not.
 */
async function alwaysLacks(live: LiveSession, query: ListQuery, rest: ListQuery): Promise<boolean> {
  const another = await followUp(() => listed(live, { ...query, limit: (query.limit ?? defaultLimit) - 1 }))
  if (missingFrom(live, another) === undefined) return false
  return missingFrom(live, await followUp(() => listed(live, rest))) === undefined
}

/** SSE-09: a list that does not know an event that was appended. */
function unknownCursor({ exchange, query }: ListExchange): Finding | undefined {
  const status = exchange.response?.status
  if (status !== 400 && status !== 404) return undefined
  return {
    kind: 'unlisted',
    message: `Event ${query.after} was appended, but as after_id it is refused with ${status}.`,
    expected: '200',
    actual: String(status),
    exchanges: [exchange.id],
  }
}

/** SSE-09: a list whose validator says that nothing was appended since. */
async function unchangedValidator(
  { routeClient, snapshot }: LiveSession,
  query: ListQuery,
  before: ListExchange,
): Promise<Finding | undefined> {
  const etag = before.exchange.response?.headers.find(([name]) => name === 'etag')?.[1]
  if (etag === undefined) return undefined
  const { exchange } = await routeClient.list(snapshot, query, {
    fresh: true,
    headers: [['If-None-Match', etag]],
  })
  if (exchange.response?.status !== 304) return undefined
  return {
    kind: 'unlisted',
    message: `Events were appended, but ${exchange.request.target.split('?')[1] ?? 'the list'} with the ETag from before returns 304.`,
    expected: '200 with the new events',
    actual: '304',
    exchanges: [before.exchange.id, exchange.id],
  }
}

function isEmpty(list: ListExchange | undefined): list is ListExchange {
  return list !== undefined && typeof list.page !== 'string' && list.page.events.length === 0
}

/** What is special about the events that were appended, by their ids. */
interface Arrived {
  /** Events whose place among the others is left open. */
  readonly misplaced: ReadonlySet<string>
  readonly traits: ReadonlyMap<string, string>
  readonly large: JsonObject
}

// What is special about the event that a message names is often the reason.
function withTrait(message: string, traits: ReadonlyMap<string, string>): string {
  const [id, trait] = [...traits].find(([id]) => message.includes(id)) ?? []
  return id === undefined ? message : `${message} ${id} ${trait}.`
}

async function judgeFollower(
  t: CheckContext,
  { snapshot }: LiveSession,
  { following, streams }: Subscription,
  { misplaced, traits, large }: Arrived,
): Promise<readonly StreamExchange[]> {
  const taken = await streams
  const { types } = following
  const due = snapshot.events.filter(({ type = '' }) => types?.includes(type) ?? true)
  const what = `${describedStream(following)}, while events with equal and earlier timestamps, equal texts and a large text were appended`
  const result = judgeFollowed(taken, idsOf(due), what, misplaced)
  const finding = findingIn(result)
  t.record(
    taken.map(({ exchange }) => exchange.id),
    finding === undefined ? result : { ...finding, message: withTrait(finding.message, traits) },
    // Events cannot be followed on a response that is not a stream, and not told apart by an id that they share.
    {
      because:
        finding?.kind === 'no-stream'
          ? ['NEG-01', 'SSE-20', 'SSE-01', 'SSE-04']
          : sharesAnId(taken)
            ? ['EVT-02']
            : [],
    },
  )
  const cut = judgeText(taken, large)
  if (cut !== undefined) t.attribute('EVT-08', cut)
  return taken
}

/** Whether two frames with one id have different data. */
function sharesAnId(taken: readonly StreamExchange[]): boolean {
  const data = new Map<string | undefined, string>()
  return taken
    .flatMap(({ frames }) => frames)
    .some((frame) => {
      const id = frameId(frame)
      const before = data.get(id)
      data.set(id, frame.data)
      return id !== undefined && before !== undefined && before !== frame.data
    })
}

/** EVT-08: the text of a streamed event is the one that was appended. */
function judgeText(taken: readonly StreamExchange[], event: JsonObject): Finding | undefined {
  const id = idOf(event)
  for (const { exchange, frames } of taken) {
    const value = frames.find((frame) => frameId(frame) === id)?.seen?.value
    if (!isJsonObject(value) || value.content === undefined) continue
    const content = plainContent(value.content)
    if (typeof content !== 'string' || content === event.content) continue
    return {
      kind: 'text',
      message: `The streamed event ${id} has a text of ${content.length} characters that is not the appended one of ${largeSize}.`,
      expected: 'the text as it was appended',
      actual: `${content.length} characters`,
      exchanges: [exchange.id],
    }
  }
  return undefined
}

/** SSE-09: an event that was appended and that a list lacks, which has the whole thread, or all behind its last event. */
export function missingFrom(
  { snapshot }: Pick<LiveSession, 'snapshot'>,
  list: ListExchange | undefined,
): Finding | undefined {
  if (list === undefined) return undefined
  const { types, after } = list.query
  const from = after === undefined ? 0 : snapshot.events.findIndex(({ id }) => id === after) + 1
  const due = idsOf(snapshot.events.slice(from).filter(({ type = '' }) => types?.includes(type) ?? true))
  const listed = typeof list.page === 'string' ? [] : idsOf(list.page.events)
  const lost = due.find((id) => !listed.includes(id))
  if (lost === undefined) return undefined
  return {
    kind: 'unlisted',
    message: `Event ${lost} was appended, but ${list.exchange.request.target.split('?')[1] ?? 'the list'} does not include it.`,
    expected: due.slice(-5),
    actual: listed.slice(-5),
    exchanges: [list.exchange.id],
  }
}
