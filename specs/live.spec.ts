import type { Finding } from '../src/oracle/finding.ts'
import type { StreamExchange } from '../src/oracle/history.ts'
import { isDecided } from '../src/oracle/judge-result.ts'
import { type ListQuery, largestLimit } from '../src/oracle/pagination/list-query.ts'
import { idsOf } from '../src/oracle/pagination/page.ts'
import { judgeTraversal, type Traversal } from '../src/oracle/pagination/traversal.ts'
import {
  describedStream,
  endedByDeadline,
  judgeHistory,
  wasCutShort,
} from '../src/oracle/stream/history-replay.ts'
import { judgeFollowed, judgeFollowedIsolation } from '../src/oracle/stream/live-delivery.ts'
import { frameId } from '../src/oracle/stream/read-frames.ts'
import type { CheckContext } from '../src/spec-dsl/check-context.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { isThorough } from '../src/spec-dsl/is-thorough.ts'
import { expectArrivals } from '../src/spec-dsl/live/expect-arrivals.ts'
import { type LiveThread, withLiveThread } from '../src/spec-dsl/live/live-thread.ts'
import { expectScenarios } from '../src/spec-dsl/live/scenario/expect-scenarios.ts'
import { type SubscribeOptions, subscribe } from '../src/spec-dsl/live/subscribe.ts'
import { type Growth, traverseWhileGrowing } from '../src/spec-dsl/live/traverse-while-growing.ts'
import { check } from '../src/spec-dsl/spec-items.ts'
import { control } from '../src/targets/preconditions.ts'

/** What is judged while the suite itself makes events happen. */
export default defineSpec('live', [
  check(
    'PAG-12',
    'Events appended while a client pages forward cause no event to be repeated or skipped.',
    { needs: [control] },
    async (t) => {
      const traversals: readonly (readonly [ListQuery, Traversal['direction']])[] = [
        [{ limit: 6 }, 'forward'],
        [{ limit: 7, order: 'desc' }, 'forward'],
        [{ limit: 7 }, 'backward'],
        [{ limit: 7, order: 'desc' }, 'backward'],
      ]
      await Promise.all(
        traversals
          .filter(([query]) => t.usable([query]).length > 0)
          .map(([query, direction]) =>
            withLiveThread(t.state.controlAccess, async (live) =>
              expectSteadyWalk(t, live, query, direction),
            ),
          ),
      )
    },
  ),

  check(
    'PAG-24',
    'Events appended while a client follows `next_page` cause no event to be repeated or skipped.',
    { needs: [control] },
    async (t) => {
      if (t.isUnusable('page')) return
      await withLiveThread(t.state.controlAccess, async ({ routeClient, snapshot, append }) => {
        const follow = (between?: (page: number) => Promise<void>) =>
          routeClient.followPages(snapshot, { limit: 4 }, { fresh: true, ...(between && { between }) })
        const due = idsOf(snapshot.events)
        if (judgeTraversal(await follow(), due, new Set()) !== undefined)
          t.missing('paging by next_page that works on a thread at rest', 'See PAG-22 first.', byPages)
        const traversal = await follow((page) =>
          page <= growth.pages ? append(growth.events) : Promise.resolve(),
        )
        // A cursor may stand for the list as it was: what was appended since is allowed and not required.
        const later = new Set(idsOf(snapshot.events).slice(due.length))
        const finding = judgeTraversal(traversal, due, later) ?? repeated(traversal)
        t.record(
          traversal.lists.map(({ exchange }) => exchange.id),
          finding === undefined
            ? undefined
            : { ...finding, message: `While events were appended: ${finding.message}` },
        )
      })
    },
  ),

  check(
    'SSE-09',
    'A new event reaches every open stream exactly once, in order of arrival; none is lost or doubled between history and live. Once the control protocol has acknowledged it, every list shows it too.',
    { needs: [control] },
    async (t) => {
      let filters = false
      const filtered = t.revision.extensions.has('filter')
      const followings = [followAll, followFromTheMiddle, ...(filtered ? [followOneType] : [])]
      for (const group of inGroups(followings, t.state.controlAccess.concurrency))
        await withLiveThread(t.state.controlAccess, async (live) => {
          const [atAll, fromTheMiddle] = [
            isRightAtRest(live, followAll()),
            isRightAtRest(live, followFromTheMiddle(live)),
          ]
          const [wholly, resumes, wanted] = await Promise.all([
            atAll,
            fromTheMiddle,
            those(group, (following) => {
              if (following === followAll) return atAll
              return following === followFromTheMiddle ? fromTheMiddle : isRightAtRest(live, following(live))
            }),
          ])
          if (!wholly) await expectListedHistory(t, live)
          if (!wholly || wanted.length === 0)
            t.missing(
              'a stream that sends the history of a thread at rest',
              'See SSE-04 and NEG-01 first.',
              replaying,
            )
          await expectFollowed(
            t,
            live,
            wanted.map((following) => following(live)),
          )
          if (resumes) await expectResumed(t, live)
          filters ||= wanted.includes(followOneType)
        })
      await expectArrivals(t, filters)
      if (isThorough(t.state)) await expectScenarios(t, scenarioAbilities(t, filters))
    },
  ),
])

/** Which steps of a generated sequence this target allows. */
function scenarioAbilities({ state }: CheckContext, filters: boolean) {
  const { concurrency } = state.controlAccess
  // A client that has to connect again and again cannot tell a lost event from a late one.
  const staysOpen = state.stream?.exchange.stream?.end !== 'server'
  return { filters, lists: concurrency > 1, mostStreams: staysOpen ? Math.min(5, concurrency - 1) : 0 }
}

/** Requirements without which paging through a thread at rest fails. */
const paging = [
  ...(['PAG-05', 'PAG-06', 'PAG-03', 'PAG-04', 'PAG-02', 'ORD-03', 'ORD-01'] as const),
  ...(['ENV-01', 'ENV-02', 'ENV-03', 'ENV-05', 'EVT-02', 'NEG-03'] as const),
]
/** Requirements without which following `next_page` through a thread at rest fails. */
const byPages = [
  ...(['PAG-20', 'PAG-21', 'PAG-22', 'PAG-02', 'ORD-01', 'ENV-01', 'EVT-02', 'ISO-01'] as const),
]
/** Requirements without which the history of a thread at rest cannot be streamed. */
const replaying = [
  ...(['NEG-01', 'SSE-20', 'SSE-01', 'SSE-02', 'SSE-04', 'SSE-05', 'SSE-06', 'SSE-08', 'ISO-04'] as const),
  ...(['FLT-01', 'ORD-01', 'EVT-02'] as const),
]

function repeated({ ids, lists }: Traversal): Finding | undefined {
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice === undefined) return undefined
  return {
    kind: 'repeated',
    message: `Paging forward by next_page: ${twice} is returned twice.`,
    expected: 'each event once',
    actual: ids.filter((id) => id === twice),
    exchanges: lists.map(({ exchange }) => exchange.id),
  }
}

const followAll = (): SubscribeOptions => ({})
const followFromTheMiddle = ({ snapshot }: LiveThread): SubscribeOptions => ({
  after: snapshot.events[9]?.id ?? '',
})
const followOneType = ({ type }: LiveThread): SubscribeOptions => ({ types: [type] })

/** A failure on a thread at rest says nothing about growth. */
async function isRightAtRest(
  { routeClient, snapshot }: LiveThread,
  following: SubscribeOptions,
): Promise<boolean> {
  return judgeHistory(await routeClient.stream(snapshot, following)) === undefined
}

/** SSE-04: a thread at rest whose stream differs from its list, each time. The events are as varied as generated ones. */
async function expectListedHistory(t: CheckContext, live: LiveThread): Promise<void> {
  const { routeClient, snapshot } = live
  if ((await missingFromList(live)) !== undefined) return
  for (let time = 0; ; time++) {
    const stream = await routeClient.stream(snapshot, { fresh: true })
    const finding = wasCutShort(stream) ? undefined : judgeHistory(await inListedOrder(live, stream))
    if (finding === undefined || finding.kind === 'no-stream') return
    if (time === 0) continue
    return t.attribute(
      'SSE-04',
      finding,
      replaying.filter((id) => id !== 'SSE-04'),
    )
  }
}

/** If the target also gets the order wrong when all events are loaded at once, growth is not the cause. */
async function isOrderedAtOnce(live: LiveThread): Promise<boolean> {
  return judgeHistory(await live.streamedAtOnce())?.kind !== 'order'
}

/** How much is appended after each of the first pages. */
const growth: Growth = { events: 2, pages: 3 }

/** Pages through a growing thread; a failure on a thread at rest says nothing about growth. */
async function expectSteadyWalk(
  t: CheckContext,
  live: LiveThread,
  query: ListQuery,
  direction: Traversal['direction'],
) {
  const { snapshot } = live
  const oldestFirst = idsOf(snapshot.events)
  const initial = query.order === 'desc' ? oldestFirst.toReversed() : oldestFirst
  const from = direction === 'backward' ? { ...query, before: initial.at(-1) ?? '' } : query
  const due = direction === 'backward' ? initial.slice(0, -1) : initial
  const traversal = await traverseWhileGrowing(live, from, direction, growth)
  const appended = idsOf(snapshot.events).slice(oldestFirst.length)
  // New events at the end towards which a client pages belong to the result; promised for ascending forward paging.
  const finding =
    query.order === undefined && direction === 'forward'
      ? judgeTraversal(traversal, [...due, ...appended], new Set())
      : judgeTraversal(
          traversal,
          due,
          new Set(query.order === 'desc' && direction === 'backward' ? appended : []),
        )
  if (finding !== undefined) {
    await expectRightAtRest(t, live, from, direction)
    // Another thread with the same events that this one began with.
    await withLiveThread(t.state.controlAccess, async (fresh) => {
      const start = idsOf(fresh.snapshot.events)
      const order = query.order === 'desc' ? start.toReversed() : start
      await expectRightAtRest(
        t,
        fresh,
        direction === 'backward' ? { ...query, before: order.at(-1) ?? '' } : query,
        direction,
      )
    })
  }
  // A list that lacks what was acknowledged breaks SSE-09 without any paging.
  const lacksAppended =
    finding !== undefined && judgeTraversal(traversal, due, new Set(appended)) === undefined
  t.record(
    traversal.lists.map(({ exchange }) => exchange.id),
    finding === undefined
      ? undefined
      : { ...finding, message: `While events were appended: ${finding.message}` },
    { because: lacksAppended ? ['SSE-09'] : [] },
  )
}

/** The thread may have grown to a length at which paging fails even at rest. */
async function expectRightAtRest(
  t: CheckContext,
  live: LiveThread,
  query: ListQuery,
  direction: Traversal['direction'],
): Promise<void> {
  const all = idsOf(live.snapshot.events)
  const inOrder = query.order === 'desc' ? all.toReversed() : all
  const due = query.before === undefined ? inOrder : inOrder.slice(0, inOrder.indexOf(query.before))
  const traversal = await traverseWhileGrowing(live, query, direction, { events: 0, pages: 0 })
  if (judgeTraversal(traversal, due, new Set()) !== undefined)
    t.missing('pagination that works on a thread at rest', 'See PAG-05 and PAG-06 first.', paging)
}

/** Follows a thread in several ways at once while events are appended to it and to the thread beside it. */
async function expectFollowed(t: CheckContext, live: LiveThread, followings: readonly SubscribeOptions[]) {
  const { snapshot, append, appendBeside } = live
  const lists = (await missingFromList(live)) === undefined
  await append(2)
  const followers: ReturnType<typeof subscribe>[] = []
  // Each request is followed at once by an append, which meets the target while it opens that stream.
  const further = moreFollowings(followings, t.state.controlAccess.concurrency)
  for (const following of [...further, ...followings]) {
    const follower = subscribe(live, following)
    followers.push(follower)
    await follower.sent
    await append(1)
  }
  const [first] = followers
  // Some of these are appended after the target has read the history and before it listens for new events.
  const over = new Set<(typeof followers)[number]>()
  for (const follower of followers)
    void follower.streams.then(
      () => over.add(follower),
      () => undefined,
    )
  let open = false
  const opened = Promise.all(followers.map((follower) => follower.opened)).then(() => {
    open = true
  })
  for (let early = 0; early < 20 && !open; early++) await append(1)
  await first?.opened
  // While the history is still being sent, if the target allows it.
  await Promise.all([append(2), appendBeside(1)])
  await opened
  await first?.saw(snapshot.events.at(-1)?.id ?? '')
  await append(1)
  // Where the client that came first closes its stream, the others go on.
  const leaver = further.length > 0 ? first : undefined
  leaver?.leave()
  await Promise.all([append(6), appendBeside(4)])
  for (let burst = 0; burst < 4; burst++) await append(1)
  // Other streams that wait for their timeouts may have kept the control requests waiting.
  const overtaken = new Set(over)
  await live.end((id) => {
    for (const follower of followers) follower.endWith(id)
  })
  for (const follower of followers) {
    const { following, streams } = follower
    const taken = await streams
    const all = dueTo(live, following)
    const due = follower === leaver ? untilLastOf(taken, all) : all
    const leak = judgeFollowedIsolation(taken)
    if (leak !== undefined) t.attribute('ISO-04', leak)
    const what = `${describedStream(following)}, while events were appended`
    const finding = judgeFollowed(taken, due, what)
    if (!isDecided(finding)) continue
    // Our own timeout ended the stream before the last event was appended.
    if (finding !== undefined && overtaken.has(follower) && taken.at(-1)?.exchange.stream?.end === 'idle')
      continue
    if (finding?.kind === 'order' && !(await isOrderedAtOnce(live))) continue
    // Events cannot be followed on a response that is not a stream.
    const because = finding?.kind === 'no-stream' ? replaying : []
    t.record(
      taken.map(({ exchange }) => exchange.id),
      finding,
      { because },
    )
  }
  const unlisted = lists ? await missingFromList(live) : undefined
  if (unlisted !== undefined) t.fail(unlisted)
}

/** What is due up to the newest event that a client received before it closed its stream. */
function untilLastOf(taken: readonly StreamExchange[], due: readonly string[]): string[] {
  const seen = new Set(taken.flatMap(({ frames }) => frames.map(frameId)))
  return due.slice(0, due.findLastIndex((id) => seen.has(id)) + 1)
}

/** The time between history and live events is short: another stream is another chance to show a gap. */
function moreFollowings(
  followings: readonly SubscribeOptions[],
  concurrency: number,
): readonly SubscribeOptions[] {
  return concurrency > followings.length + 1 ? followings.slice(0, 1) : []
}

/** SSE-09: an event of the thread that is missing from its list; everything else is judged elsewhere. */
async function missingFromList(live: LiveThread): Promise<Finding | undefined> {
  const { snapshot } = live
  const { ids, lists } = await listedIds(live)
  const listed = new Set(ids)
  const lost = idsOf(snapshot.events).find((id) => !listed.has(id))
  if (lost === undefined) return undefined
  return {
    kind: 'unlisted',
    message: `Event ${lost} was appended but is missing from the list.`,
    expected: idsOf(snapshot.events).slice(-5),
    actual: ids.slice(-5),
    exchanges: lists.map(({ exchange }) => exchange.id),
  }
}

function listedIds({ routeClient, snapshot }: LiveThread): Promise<Traversal> {
  return routeClient.traverse(snapshot, { limit: largestLimit }, 'forward', { fresh: true })
}

/** SSE-05: resumes after events that were delivered live. */
async function expectResumed(t: CheckContext, live: LiveThread) {
  const { events } = live.snapshot
  const places = [events.length - 2, 15].map((at) => events[at]?.id ?? '')
  await Promise.all(
    places.map(async (after) => {
      const resumed = () => live.routeClient.stream(live.snapshot, { after, fresh: true })
      let stream = await resumed()
      // Once, a busy machine looks the same.
      if (judgeHistory(stream) !== undefined && endedByDeadline(stream)) stream = await resumed()
      if (wasCutShort(stream) || judgeHistory(stream) === undefined || !(await isOrderedAtOnce(live))) return
      const finding = judgeHistory(await inListedOrder(live, stream))
      // What the history lacks is missing behind any event.
      if (finding !== undefined) t.attribute('SSE-05', finding, ['SSE-04'])
    }),
  )
}

/** The stream of a thread whose events are ordered as the target lists them: what follows an event depends on it. */
async function inListedOrder(live: LiveThread, stream: StreamExchange): Promise<StreamExchange> {
  const { sequence } = stream.thread
  const places = new Map((await listedIds(live)).ids.map((id, at) => [id, at]))
  if (sequence.events.some(({ id }) => !places.has(id))) return stream
  const events = sequence.events.toSorted(
    (one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0),
  )
  return { ...stream, thread: { ...stream.thread, sequence: { ...sequence, events } } }
}

function dueTo({ snapshot }: LiveThread, { types, after }: SubscribeOptions): string[] {
  const from = after === undefined ? 0 : snapshot.events.findIndex(({ id }) => id === after) + 1
  const rest = snapshot.events.slice(from)
  return idsOf(types === undefined ? rest : rest.filter(({ type = '' }) => types.includes(type)))
}

async function those<T>(items: readonly T[], wanted: (item: T) => Promise<boolean>): Promise<T[]> {
  const answers = await Promise.all(items.map(wanted))
  return items.filter((_, at) => answers[at])
}

// Each follower takes one of the concurrent requests.
function inGroups<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = []
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size))
  return groups
}
