import type { JsonObject } from '../../contract/json.ts'
import { isJsonObject } from '../../contract/json.ts'
import { plainContent } from '../../oracle/event.ts'
import type { Finding } from '../../oracle/finding.ts'
import type { ListExchange, StreamExchange } from '../../oracle/history.ts'
import { findingIn } from '../../oracle/judge-result.ts'
import type { ListQuery } from '../../oracle/pagination/list-query.ts'
import { idsOf } from '../../oracle/pagination/page.ts'
import { judgeArrivedFrames } from '../../oracle/stream/arrived-frames.ts'
import { describedStream } from '../../oracle/stream/history-replay.ts'
import { judgeFollowed } from '../../oracle/stream/live-delivery.ts'
import { frameId } from '../../oracle/stream/read-frames.ts'
import type { CheckContext } from '../check-context.ts'
import { idOf, otherType, wantedType } from './arrival-events.ts'
import { type LiveSession, withLiveSession } from './live-session.ts'
import { type SubscribeOptions, type Subscription, subscribe } from './subscribe.ts'

/** Larger than the buffers that frames and messages of a broker usually have to fit into. */
const largeSize = 60_000
/** More than small buffers and pages of a polled table hold. */
const manyEvents = 30
/** The instant of the newest event of the history, in seconds after the first. */
const newest = 2
const sameText = 'yes'

/**
 * SSE-09 by one fixed sequence: events of the same instant as the newest of the history, together and one by one and
 * two of them with the same text, one with an earlier timestamp, and many at once with a large one among them. They
 * reach a plain and a filtered stream, and the lists right after.
 */
export async function expectArrivals(t: CheckContext, filters: boolean): Promise<void> {
  const { concurrency } = t.state.controlAccess
  const wanted: readonly SubscribeOptions[] = [{}, ...(filters ? [{ types: [wantedType] }] : [])]
  await withLiveSession(t.state.controlAccess, newest + 1, async (live) => {
    // A follower takes up one of the requests that may be under way, and the lists need one more.
    const listing = concurrency > 1
    // The whole list in ascending order is read elsewhere while the thread grows.
    const ordered = t.isUnusable('order') ? {} : { order: 'desc' as const }
    const queries: readonly ListQuery[] = listing
      ? [{ limit: 50, ...ordered }, ...(filters ? [{ limit: 50, types: [wantedType] }] : [])]
      : []
    const lists = (query: ListQuery) => live.routeClient.list(live.snapshot, query, { fresh: true })
    const before = await Promise.all(queries.map(lists))
    const usable = queries.filter((_, at) => missingFrom(live, before[at]) === undefined)
    const misplaced = new Set<string>()
    const traits = new Map<string, string>()
    const outOfOrder = (...events: readonly JsonObject[]) => {
      for (const event of events) misplaced.add(idOf(event))
      return live.append(events)
    }
    const followers = wanted
      .slice(0, Math.max(1, concurrency - 1))
      .map((following) => subscribe(live, following, (id) => !misplaced.has(id)))
    await Promise.all(followers.map(({ opened }) => opened))
    const [plain] = followers
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
    const unlisted = await expectListed(live, usable.slice(0, 1))
    const earlier = live.make({ second: newest - 1 })
    traits.set(idOf(earlier), 'has an earlier timestamp than the last event of the history')
    await outOfOrder(earlier)
    const large = live.make({ second: 90, size: largeSize })
    traits.set(idOf(large), `has a text of ${largeSize} characters`)
    await live.append([large, ...Array.from({ length: manyEvents }, () => live.make({ second: 90 }))])
    const marker = live.make({ second: 91 })
    for (const follower of followers) follower.endWith(idOf(marker))
    await live.append([marker])
    const streams: StreamExchange[] = []
    for (const follower of followers)
      streams.push(...(await judgeFollower(t, live, follower, { misplaced, traits, large })))
    const listed = await Promise.all(usable.slice(-1).map(lists))
    const late = listed.flatMap((list) => missingFrom(live, list) ?? [])
    for (const { id, finding } of judgeArrivedFrames(streams, listed, live.initial)) t.attribute(id, finding)
    for (const finding of [...unlisted, ...late]) t.fail(finding)
  })
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
    // Events cannot be followed on a response that is not a stream.
    { because: finding?.kind === 'no-stream' ? ['NEG-01', 'SSE-20', 'SSE-01', 'SSE-04'] : [] },
  )
  const cut = judgeText(taken, large)
  if (cut !== undefined) t.attribute('EVT-08', cut)
  return taken
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

async function expectListed(live: LiveSession, queries: readonly ListQuery[]): Promise<Finding[]> {
  const lists = await Promise.all(
    queries.map((query) => live.routeClient.list(live.snapshot, query, { fresh: true })),
  )
  return lists.flatMap((list) => missingFrom(live, list) ?? [])
}

/** SSE-09: an event that was appended and that a list of the whole thread lacks. */
export function missingFrom(
  { snapshot }: Pick<LiveSession, 'snapshot'>,
  list: ListExchange | undefined,
): Finding | undefined {
  if (list === undefined) return undefined
  const { types } = list.query
  const due = idsOf(snapshot.events.filter(({ type = '' }) => types?.includes(type) ?? true))
  const listed = typeof list.page === 'string' ? [] : idsOf(list.page.events)
  const lost = due.find((id) => !listed.includes(id))
  if (lost === undefined) return undefined
  return {
    kind: 'unlisted',
    message: `Event ${lost} was appended, but ${types === undefined ? 'the list' : `the list of ${types.join(', ')}`} does not include it.`,
    expected: due.slice(-5),
    actual: listed.slice(-5),
    exchanges: [list.exchange.id],
  }
}
