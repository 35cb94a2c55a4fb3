import { check } from '../src/check/check.ts'
import { spec } from '../src/check/declare.ts'
import { type Following, follow } from '../src/check/live/follow.ts'
import { type LiveThread, withLiveThread } from '../src/check/live/live-thread.ts'
import { type Growth, walkWhileGrowing } from '../src/check/live/walk-while-growing.ts'
import { control } from '../src/check/needs.ts'
import type { Trial } from '../src/check/trial.ts'
import type { Finding } from '../src/oracle/finding.ts'
import { judgeFollowed, judgeFollowedIsolation } from '../src/oracle/judge-live.ts'
import { describedStream, judgeHistory } from '../src/oracle/judge-stream.ts'
import { judgeWalk, type Walk } from '../src/oracle/judge-walk.ts'
import { idsOf } from '../src/oracle/page.ts'
import { type ListQuery, largestLimit } from '../src/oracle/query.ts'

/** What is judged while the suite itself makes events happen. */
export default spec('live', [
  check('PAG-12', [control], async (t) => {
    const walks: readonly (readonly [ListQuery, Walk['direction']])[] = [
      [{ limit: 4 }, 'forward'],
      [{ limit: 4, order: 'desc' }, 'forward'],
      [{ limit: 4 }, 'backward'],
      [{ limit: 4, order: 'desc' }, 'backward'],
    ]
    await Promise.all(
      walks.map(([query, direction]) =>
        withLiveThread(t.facts.lab, async (live) => expectSteadyWalk(t, live, query, direction)),
      ),
    )
  }),

  check('SSE-09', [control], async (t) => {
    const followings = [followAll, followFromTheMiddle, followOneType]
    for (const group of inGroups(followings, t.facts.lab.concurrency))
      await withLiveThread(t.facts.lab, async (live) => {
        const [wholly, resumes, wanted] = await Promise.all([
          isRightAtRest(live, {}),
          isRightAtRest(live, followFromTheMiddle(live)),
          those(group, (following) => isRightAtRest(live, following(live))),
        ])
        if (!wholly || wanted.length === 0)
          t.missing(
            'a stream that gives the history of a thread at rest',
            'See SSE-04 and NEG-01 first.',
            replaying,
          )
        await expectFollowed(
          t,
          live,
          wanted.map((following) => following(live)),
        )
        if (resumes) await expectResumed(t, live)
      })
  }),
])

/** Requirements without which a walk through a thread at rest goes wrong. */
const paging = [
  ...(['PAG-05', 'PAG-06', 'PAG-03', 'PAG-04', 'PAG-02', 'ORD-03', 'ORD-01'] as const),
  ...(['ENV-01', 'ENV-02', 'ENV-03', 'ENV-05', 'EVT-02', 'NEG-03'] as const),
]
/** Requirements without which the history of a thread at rest is not streamed. */
const replaying = [
  ...(['NEG-01', 'SSE-01', 'SSE-02', 'SSE-04', 'SSE-05', 'SSE-06', 'SSE-08', 'ISO-04'] as const),
  ...(['FLT-01', 'ORD-01', 'EVT-02'] as const),
]

const followAll = (): Following => ({})
const followFromTheMiddle = ({ reading }: LiveThread): Following => ({ after: reading.events[9]?.id ?? '' })
const followOneType = ({ type }: LiveThread): Following => ({ types: [type] })

/** What goes wrong in a thread at rest says nothing of its growth. */
async function isRightAtRest({ asker, reading }: LiveThread, following: Following): Promise<boolean> {
  return judgeHistory(await asker.stream(reading, following)) === undefined
}

/** Times that the target mixes up when it gets all events at once say nothing of growth either. */
async function isOrderedAtOnce(live: LiveThread): Promise<boolean> {
  return judgeHistory(await live.streamedAtOnce())?.kind !== 'order'
}

/** Walks while the thread grows; a walk that goes wrong in a thread at rest says nothing of its growth. */
async function expectSteadyWalk(t: Trial, live: LiveThread, query: ListQuery, direction: Walk['direction']) {
  const { reading } = live
  const oldestFirst = idsOf(reading.events)
  const initial = query.order === 'desc' ? oldestFirst.toReversed() : oldestFirst
  const from = direction === 'backward' ? { ...query, before: initial.at(-1) ?? '' } : query
  const due = direction === 'backward' ? initial.slice(0, -1) : initial
  const walked = (growth: Growth) => walkWhileGrowing(live, from, direction, growth)
  if (judgeWalk(await walked({ events: 0, pages: 0 }), due, new Set()) !== undefined)
    t.missing('a walk that is right while nothing happens', 'See PAG-05 and PAG-06 first.', paging)
  const walk = await walked({ events: 2, pages: 3 })
  const appended = idsOf(reading.events).slice(oldestFirst.length)
  // Behind the end that a walk goes to, new events belong to it; the page promises that of a forward walk.
  const finding =
    query.order === undefined && direction === 'forward'
      ? judgeWalk(walk, [...due, ...appended], new Set())
      : judgeWalk(walk, due, new Set(query.order === 'desc' && direction === 'backward' ? appended : []))
  if (finding !== undefined) await expectRightAtRest(t, live, from, direction)
  t.judged()
  if (finding !== undefined) t.fail({ ...finding, message: `While events were appended: ${finding.message}` })
}

/** A thread may have grown to a length at which walks go wrong whether it grows or not. */
async function expectRightAtRest(
  t: Trial,
  live: LiveThread,
  query: ListQuery,
  direction: Walk['direction'],
): Promise<void> {
  const all = idsOf(live.reading.events)
  const inOrder = query.order === 'desc' ? all.toReversed() : all
  const due = query.before === undefined ? inOrder : inOrder.slice(0, inOrder.indexOf(query.before))
  const walk = await walkWhileGrowing(live, query, direction, { events: 0, pages: 0 })
  if (judgeWalk(walk, due, new Set()) !== undefined)
    t.missing('a walk that is right when nothing happens any more', 'See PAG-05 and PAG-06 first.', paging)
}

/** Follows a thread in several ways at once while events are appended to it and to the thread beside it. */
async function expectFollowed(t: Trial, live: LiveThread, followings: readonly Following[]) {
  const { reading, append, appendBeside } = live
  const lists = (await missingFromList(live)) === undefined
  await append(2)
  const followers = followings.map((following) => follow(live, following))
  const [first] = followers
  await Promise.all(followers.map(({ sent }) => sent))
  // Some of these fall between the moment at which the target reads the history and that at which it listens.
  let open = false
  const opened = Promise.all(followers.map((follower) => follower.opened)).then(() => {
    open = true
  })
  for (let early = 0; early < 20 && !open; early++) await append(1)
  await first?.opened
  // While the history is still on its way, as far as the target lets that happen.
  await Promise.all([append(2), appendBeside(1)])
  await opened
  await first?.saw(reading.events.at(-1)?.id ?? '')
  await append(1)
  await Promise.all([append(6), appendBeside(4)])
  for (let burst = 0; burst < 4; burst++) await append(1)
  await live.end((id) => {
    for (const follower of followers) follower.endWith(id)
  })
  for (const { following, streams } of followers) {
    const taken = await streams
    const due = dueTo(live, following)
    const leak = judgeFollowedIsolation(taken)
    if (leak !== undefined) t.blame('ISO-04', leak)
    const what = `${describedStream(following)}, while events were appended`
    const finding = judgeFollowed(taken, due, what)
    if (finding === 'unknown') continue
    if (finding?.kind === 'order' && !(await isOrderedAtOnce(live))) continue
    // A stream of the wrong form is no stream that events can be followed on.
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

/** SSE-09: an event of the thread that its list lacks; only the presence counts here, the rest is judged elsewhere. */
async function missingFromList({ asker, reading }: LiveThread): Promise<Finding | undefined> {
  const { ids, lists } = await asker.walk(reading, { limit: largestLimit }, 'forward', { fresh: true })
  const listed = new Set(ids)
  const lost = idsOf(reading.events).find((id) => !listed.has(id))
  if (lost === undefined) return undefined
  return {
    kind: 'unlisted',
    message: `Event ${lost} was appended, and does not come in the list.`,
    expected: idsOf(reading.events).slice(-5),
    actual: ids.slice(-5),
    exchanges: lists.map(({ exchange }) => exchange.id),
  }
}

/** Resumes behind events that came live. */
async function expectResumed(t: Trial, live: LiveThread) {
  const { events } = live.reading
  const places = [events.length - 2, events.length - 8, 15, 3].map((at) => events[at]?.id ?? '')
  await Promise.all(
    places.map(async (after) => {
      const stream = await live.asker.stream(live.reading, { after, fresh: true })
      if (judgeHistory(stream) !== undefined && !(await isOrderedAtOnce(live))) return
      await t.expectHistory(stream)
    }),
  )
}

function dueTo({ reading }: LiveThread, { types, after }: Following): string[] {
  const from = after === undefined ? 0 : reading.events.findIndex(({ id }) => id === after) + 1
  const rest = reading.events.slice(from)
  return idsOf(types === undefined ? rest : rest.filter(({ type = '' }) => types.includes(type)))
}

async function those<T>(items: readonly T[], wanted: (item: T) => Promise<boolean>): Promise<T[]> {
  const answers = await Promise.all(items.map(wanted))
  return items.filter((_, at) => answers[at])
}

// Each follower holds one of the requests that may be under way at once.
function inGroups<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = []
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size))
  return groups
}
