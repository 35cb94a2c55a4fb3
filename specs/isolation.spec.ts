import type { RequirementId } from '../src/contract/catalogue.ts'
import { percentEncoded } from '../src/contract/percent-encoded.ts'
import type { Case } from '../src/oracle/case.ts'
import { readerOf } from '../src/oracle/event-table.ts'
import { type ListExchange, revisionOf, type StreamExchange } from '../src/oracle/history.ts'
import { wasAnswered } from '../src/oracle/hostile-input/availability.ts'
import {
  judgeListIsolation,
  judgeMirror,
  judgeNothingOf,
  judgeStreamIsolation,
} from '../src/oracle/isolation/isolation.ts'
import { findingIn, isDecided, type JudgeResult } from '../src/oracle/judge-result.ts'
import { fitsHeader } from '../src/oracle/pagination/list-query.ts'
import { isCursor } from '../src/oracle/pagination/next-page.ts'
import { readPage } from '../src/oracle/pagination/page.ts'
import { judgeHistory } from '../src/oracle/stream/history-replay.ts'
import { frameId, readFrames } from '../src/oracle/stream/read-frames.ts'
import type { CheckContext } from '../src/spec-dsl/check-context.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import type { HistoryVerdict } from '../src/spec-dsl/history-verdict.ts'
import { redirecting, redirectingLists, redirectingStream } from '../src/spec-dsl/redirecting-requests.ts'
import { whereStreamsAreRefused } from '../src/spec-dsl/refused-streams.ts'
import { check, overHistory } from '../src/spec-dsl/spec-items.ts'
import { workingCursors } from '../src/spec-dsl/working-cursors.ts'
import { address, events, otherTenantToken, sibling, thread } from '../src/targets/preconditions.ts'
import { followUp } from '../src/targets/request-attribution.ts'
import { listAccept, streamAccept } from '../src/targets/route-client.ts'
import type { ThreadSnapshot } from '../src/targets/thread-snapshot.ts'
import { unknownToken } from '../src/wire/derived-tokens.ts'
import type { Exchange } from '../src/wire/exchange.ts'

/** The purpose of requests whose query names another thread than the path does. */

const aSibling = {
  missing: 'another thread of the same session with events',
  provide: 'Set CONFORMANCE_SIBLING_THREAD_ID.',
  blockedBy: ['ISO-01'],
} as const

export default defineSpec('isolation', [
  overHistory(
    'ISO-01',
    "A list contains only events of this thread: by their `session_thread_id`, and because no event of a sibling thread's list is in it. (A message that names both threads as sender and receiver may be in both lists.)",
    aSibling,
    ({ lists }) =>
      judged(
        lists.filter((list) => !isNarrowed(list)),
        (list) => (list.thread.mirror === undefined ? judgeListIsolation(list) : judgeMirror(list)),
      ),
  ),

  overHistory(
    'ISO-02',
    "Lists contain only this thread's events under every `order`, `type`, `types[]`, `limit` and cursor, and whatever further query parameters say.",
    aSibling,
    ({ lists, exchanges }) => {
      const narrowed = judged(lists.filter(isNarrowed), judgeListIsolation)
      const redirected = judged(
        exchanges.filter(({ purpose }) => purpose === redirecting).map((exchange) => ({ exchange })),
        ({ exchange }) => judgeRedirected(exchange, lists),
      )
      const found = redirected.cases.filter(({ finding }) => finding !== undefined)
      return {
        judged: narrowed.judged,
        findings: [...narrowed.findings, ...redirected.findings],
        cases: [...narrowed.cases, ...found],
      }
    },
    {
      needs: [thread, sibling],
      run: async (t) => {
        const [own, ...others] = redirectingLists(t)
        const requests = [own, streamIsUnusable(t) ? undefined : redirectingStream(t), ...others]
        await Promise.all(requests.map((request) => (request === undefined ? undefined : t.ask(request))))
      },
    },
  ),

  check(
    'ISO-03',
    "A cursor or `Last-Event-ID` that is an event of another thread never returns that thread's events.",
    { needs: [events(1), sibling] },
    async (t) => {
      const { events: foreign } = t.sibling
      const cursors = [foreign[0], foreign[Math.floor(foreign.length / 2)], foreign.at(-1)]
      const own = new Set(t.thread.events.map(({ id }) => id))
      const ids = [...new Set(cursors.flatMap((event) => event?.id ?? []))].filter((id) => !own.has(id))
      if (ids.length === 0)
        t.missing('an event that only another thread has', 'Fix ISO-01 first.', ['ISO-01'])
      const starts = t.offered(['?after_id=', '?before_id=', '?order=desc&after_id='])
      const page = await nextPageOf(t, t.sibling)
      // Asked at the same time: a leak is a leak before they are answered.
      const works = new Map(starts.map((start) => [start, workingCursors(t, t.thread, [start])]))
      const working = Promise.all(works.values()).then((all) => all.flat())
      const right = rightCursors(t)
      const requests = [
        ...(page === undefined
          ? []
          : [
              {
                what: 'A page cursor of another thread',
                counts: async () => (await nextPageOf(t, t.thread)) !== undefined,
                request: { query: `?limit=${pageSize}&page=${percentEncoded(page)}` },
              },
            ]),
        ...ids.flatMap((id, at) =>
          (at === 0 ? starts : starts.slice(at, at + 1)).map((start) => ({
            what: `A cursor of another thread (${start}${percentEncoded(id)})`,
            counts: async () => ((await works.get(start)) ?? []).length > 0,
            request: { query: start + percentEncoded(id) },
          })),
        ),
        ...ids
          .filter(fitsHeader)
          .slice(0, 2)
          .map((id) => ({
            what: `A Last-Event-ID of another thread (${id})`,
            // If no cursor works, the requirement is blocked by those of the cursors.
            counts: async () => (await right).resumes && (await working).length > 0,
            request: {
              accept: streamAccept,
              headers: [['Last-Event-ID', id] as const],
              frames: t.thread.events.length + 1,
            },
          })),
      ]
      await Promise.all(
        requests.map(async ({ what, counts, request }) => {
          const exchange = await t.ask(request)
          if (!wasAnswered(exchange)) return
          const finding = judgeNothingOf(exchange, t.sibling, what)
          // That nothing leaks says nothing where no cursor works.
          if (finding === undefined) return (await counts()) ? t.record([exchange.id], undefined) : undefined
          const { because } = await followUp(() => rightCursors(t))
          t.record([exchange.id], finding, {
            because: exchange.stream === undefined ? because.list : because.stream,
          })
        }),
      )
      await Promise.all([working, right])
      if (t.cases.length > 0) return
      if ((await working).length > 0)
        t.missing('a response below 500 to a cursor of another thread', 'Fix INP-01 first.', ['INP-01'])
      t.missing('a server on which valid cursors work', 'Fix PAG-03 and PAG-04 first.', ['PAG-03', 'PAG-04'])
    },
  ),

  overHistory(
    'ISO-04',
    "The stream carries only this thread's events, in the history and live.",
    { ...aSibling, blockedBy: ['NEG-01', 'SSE-20', 'SSE-01', 'SSE-02', 'SSE-04', 'SSE-08'] },
    ({ streams, exchanges }) =>
      judged([...streams, ...redirectedStreams(exchanges, streams)], judgeStreamIsolation),
  ),

  check(
    'ISO-05',
    'The token of another tenant gets 404 or 403 and none of the data.',
    { needs: [address, thread, otherTenantToken] },
    async (t) => {
      const authorization = `Bearer ${t.state.tokens.otherTenant ?? ''}`
      const [event] = t.thread.events
      const page = await nextPageOf(t, t.thread)
      const queries = t.offered(
        event === undefined
          ? ['?order=desc&limit=5']
          : [
              `?after_id=${percentEncoded(event.id)}&order=desc`,
              `?before_id=${percentEncoded(t.thread.events.at(-1)?.id ?? event.id)}&limit=1`,
              `?type=${percentEncoded(event.type ?? '')}`,
              ...(page === undefined ? [] : [`?limit=${pageSize}&page=${percentEncoded(page)}`]),
            ],
      )
      // A server may check the owner of a session on one code path and not on another.
      const statuses = [404, 403]
      const resumes = event !== undefined && fitsHeader(event.id) && !t.isUnusable('Last-Event-ID')
      const requests = [
        { accept: listAccept, query: '' },
        {
          accept: streamAccept,
          query: '',
          ...(resumes ? { headers: [['Last-Event-ID', event.id]] as const } : {}),
        },
        ...queries.map((query) => ({ accept: listAccept, query })),
      ]
      const isRefused = ({ response }: Exchange) => statuses.some((one) => one === response?.status)
      const all = `?${queries.map((query) => query.slice(1)).join('&')}`
      const screened = t.screen(
        async () => !isRefused(await t.ask({ authorization, accept: listAccept, query: all })),
        () => Promise.all(requests.map((request) => t.ask({ authorization, ...request }))),
      )
      await Promise.all([
        screened,
        ...requests.map(async (request) => {
          const exchange = await t.ask({ authorization, ...request })
          const because = isRefused(exchange)
            ? []
            : [
                ...(await acceptsAnyToken(t)),
                ...(await whereStreamsAreRefused(t, exchange)),
                ...(await errorsInStreams(exchange, () =>
                  t.ask({ authorization, ...request, until: (seen) => seen.length > 0 }),
                )),
              ]
          t.expectRefusal(
            exchange,
            statuses,
            `A token of another tenant, Accept: ${request.accept}${'headers' in request ? ', Last-Event-ID' : ''} ${request.query}`.trim(),
            because,
          )
          const finding = judgeNothingOf(exchange, t.thread, 'A token of another tenant')
          if (finding !== undefined) t.record([exchange.id], finding, { because })
        }),
      ])
    },
  ),
])

/** The size of the page whose cursor is tried elsewhere. */
const pageSize = 3

/** A `page` cursor of a thread, where the revision has them. */
async function nextPageOf(t: CheckContext, snapshot: ThreadSnapshot): Promise<string | undefined> {
  if (t.isUnusable('page')) return undefined
  const { page } = await t.list({ limit: pageSize }, { snapshot })
  return typeof page !== 'string' && isCursor(page.nextPage) ? page.nextPage : undefined
}

/** What cursors of the thread itself show: whether a stream resumes, and whether they leak as well. */
async function rightCursors(t: CheckContext) {
  const [first] = t.thread.events
  const leaks = (result: JudgeResult) => findingIn(result) !== undefined
  const cursor = t.thread.events.find(({ id }) => fitsHeader(id))
  const [list, stream] = await Promise.all([
    first === undefined ? undefined : t.list({ after: first.id }),
    cursor === undefined || streamIsUnusable(t) ? undefined : t.stream({ after: cursor.id }),
  ])
  const listed = list !== undefined && leaks(judgeListIsolation(list)) ? (['ISO-02'] as const) : []
  if (stream === undefined) return { resumes: false, because: { list: listed, stream: [] } }
  const streamed = leaks(judgeStreamIsolation(stream)) ? (['ISO-04'] as const) : []
  return { resumes: judgeHistory(stream) === undefined, because: { list: listed, stream: streamed } }
}

function streamIsUnusable(t: CheckContext): boolean {
  return t.isUnusable(t.revision.stream.segment === 'events' ? 'Accept' : 'stream address')
}

async function acceptsAnyToken(t: CheckContext): Promise<RequirementId[]> {
  const { response } = await followUp(() => t.ask({ authorization: `Bearer ${unknownToken}` }))
  return response?.status === 200 ? ['AUT-02'] : []
}

// A refusal that is sent inside the stream, or a stream without events in its place, shows nothing of the thread.
async function errorsInStreams(
  { stream }: Exchange,
  readOn: () => Promise<Exchange>,
): Promise<RequirementId[]> {
  if (stream === undefined) return []
  const { frames = [] } = (await followUp(readOn)).stream ?? {}
  return frames.every(({ event }) => event === 'error') ? ['SSE-10', 'NFD-05', 'AUT-05'] : []
}

// The path decides: whatever the query says, no event of another thread is returned.
function judgeRedirected(exchange: Exchange, lists: readonly ListExchange[]): JudgeResult {
  const [path = '', query = ''] = exchange.request.target.split('?')
  const list = lists.find(({ exchange: { request } }) => request.target.split('?')[0] === path)
  const page = readPage(exchange, readerOf(revisionOf(list?.thread ?? {}).events))
  if (typeof page === 'string') return 'undecided'
  const { sessionId, threadId } = idsIn(exchange)
  const thread = list?.thread ?? {
    sessionId,
    threadId,
    sequence: { events: [], complete: false },
    // In a replay, a response is judged by the labels of its events.
    foreign: new Set(page.events.flatMap(({ id, thread: label }) => (label === threadId ? [] : (id ?? [])))),
  }
  const result = judgeListIsolation({ exchange, page, thread, query: {}, known: 0 })
  const finding = findingIn(result)
  return finding === undefined
    ? result
    : { ...finding, message: `With ${shortened(query)}: ${finding.message}` }
}

function shortened(query: string): string {
  const parameters = query.split('&')
  return parameters.length < 4
    ? query
    : `a query that names another thread or asks for more than one (${parameters.length} parameters)`
}

// Streams whose query names another thread, as streams of the thread in the path.
function redirectedStreams(
  exchanges: readonly Exchange[],
  streams: readonly StreamExchange[],
): StreamExchange[] {
  const pathOf = ({ request }: Exchange) => request.target.split('?')[0]
  return exchanges.flatMap((exchange) => {
    if (exchange.purpose !== redirecting || exchange.stream === undefined) return []
    const plain = streams.find((stream) => pathOf(stream.exchange) === pathOf(exchange))
    const frames = readFrames(exchange.stream.frames, readerOf(revisionOf(plain?.thread ?? {}).events))
    const { sessionId, threadId } = idsIn(exchange)
    const thread = plain?.thread ?? {
      sessionId,
      threadId,
      sequence: { events: [], complete: false },
      // In a replay, a response is judged by the labels of its events.
      foreign: new Set(frames.flatMap((frame) => (frame.seen?.thread === threadId ? [] : frameId(frame)))),
    }
    return [{ exchange, thread, types: undefined, after: undefined, known: plain?.known ?? 0, frames }]
  })
}

function idsIn({ request }: Exchange): { readonly sessionId: string; readonly threadId: string } {
  const [path = ''] = request.target.split('?')
  const [, , sessionId = '', , threadId = ''] = path.split('/').map(decodeURIComponent)
  return { sessionId, threadId }
}

function isNarrowed({ query }: ListExchange): boolean {
  return Object.values(query).some((value) => value !== undefined)
}

function judged<T extends { readonly exchange: Exchange }>(
  all: readonly T[],
  judge: (one: T) => JudgeResult,
): HistoryVerdict & { readonly cases: readonly Case[] } {
  const cases = all.flatMap((one) => {
    const finding = judge(one)
    if (!isDecided(finding)) return []
    const exchanges = [one.exchange.id]
    return [finding === undefined ? { exchanges } : { exchanges, finding }]
  })
  return { judged: cases.length, findings: cases.flatMap(({ finding }) => finding ?? []), cases }
}
