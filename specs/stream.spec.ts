import type { RequirementId } from '../src/contract/catalogue.ts'
import { percentEncoded } from '../src/contract/percent-encoded.ts'
import { type EventDefinition, eventProblem } from '../src/contract/schemas.ts'
import { judgeRepresentationOf } from '../src/oracle/accept/representation.ts'
import type { Case } from '../src/oracle/case.ts'
import { judgeErrorBody, judgeErrorMediaType } from '../src/oracle/errors/error-envelope.ts'
import { sightings } from '../src/oracle/event/event-fields.ts'
import type { KnownEvent } from '../src/oracle/event.ts'
import type { Finding } from '../src/oracle/finding.ts'
import { type History, revisionOf } from '../src/oracle/history.ts'
import { findingIn } from '../src/oracle/judge-result.ts'
import {
  interestingCursors,
  interestingTypes,
  ownEvents,
} from '../src/oracle/pagination/interesting-cursors.ts'
import { fitsHeader, largestLimit } from '../src/oracle/pagination/list-query.ts'
import {
  judgeFrameEvent,
  judgeFrameFields,
  judgeFraming,
  judgeKeepAliveForm,
  judgeKeepAlives,
  judgeStreamHead,
} from '../src/oracle/stream/frame.ts'
import {
  endedByDeadline,
  expectedFrames,
  judgeFlow,
  judgeHistory,
  streamProblem,
  wasCutShort,
} from '../src/oracle/stream/history-replay.ts'
import type { CheckContext } from '../src/spec-dsl/check-context.ts'
import {
  browserBehindProxy,
  browserHeaders,
  proxyHeaders,
  singleHeaders,
  uncompressed,
} from '../src/spec-dsl/client-headers.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { foreignCursors } from '../src/spec-dsl/foreign-cursors.ts'
import { isThorough } from '../src/spec-dsl/is-thorough.ts'
import { manyTypes, moreThanUsual } from '../src/spec-dsl/many-types.ts'
import { collect } from '../src/spec-dsl/over-history.ts'
import { whereStreamsAreRefused } from '../src/spec-dsl/refused-streams.ts'
import { check, observe, overHistory } from '../src/spec-dsl/spec-items.ts'
import { address, events, flowing, opens, thread, types } from '../src/targets/preconditions.ts'
import { followUp } from '../src/targets/request-attribution.ts'
import { streamAccept } from '../src/targets/route-client.ts'
import { unknownIdFor } from '../src/targets/unknown-ids.ts'
import { unknownToken } from '../src/wire/derived-tokens.ts'
import type { Exchange } from '../src/wire/exchange.ts'

const frames = {
  missing: 'a stream with events',
  provide: 'Point CONFORMANCE_THREAD_ID to a thread with events. If it has events, see SSE-01 and SSE-08.',
  blockedBy: ['NEG-01', 'SSE-20', 'SSE-01', 'SSE-02', 'SSE-04', 'SSE-08', 'INP-04'],
} as const

/** Names of types that no event has. */
const manyNames = Array.from({ length: 21 }, (_, at) => `t${at}`)

/** How long to read on where a stream may have nothing to send, in milliseconds. */
const headLingerMs = 60

/** Longer than the usual period of keep-alives, 15 seconds. */
const keepAliveMs = 20_000

/** Under which frames are sent as they are produced, too. */
const encodings = ['gzip', 'gzip, deflate, br']

export default defineSpec('stream', [
  overHistory(
    'SSE-01',
    'A stream is answered with 200 and the media type `text/event-stream`.',
    {
      missing: 'a response to a stream request',
      provide: 'See INP-04 first.',
      blockedBy: ['NEG-01', 'SSE-20', 'INP-04'],
    },
    ({ streams }) => {
      return collect(streams.map(({ exchange }) => judgeStreamHead(exchange)))
    },
  ),

  overHistory(
    'SSE-02',
    'The `data` of every frame is one event as flat JSON that meets the EVT requirements. Excepted are keep-alive frames (named `heartbeat` or `ping`), `event: error` and `data: [DONE]`.',
    frames,
    (history) => {
      const cases = history.streams.flatMap((stream) =>
        stream.frames.map((frame): Case => {
          const finding = judgeFrameEvent(stream, frame)
          const exchanges = [stream.exchange.id]
          return finding === undefined ? { exchanges } : { exchanges, finding }
        }),
      )
      for (const stream of history.streams) {
        const finding = judgeFraming(stream, expectedFrames(stream, stream.known).length)
        if (finding !== undefined) cases.push({ exchanges: finding.exchanges, finding })
      }
      const findings = cases.flatMap(({ finding }) => finding ?? [])
      const listed = new Set(findings.length === 0 ? [] : listedProblems(history))
      const promises = new Set(history.streams.flatMap(({ thread }) => revisionOf(thread).eventPromises))
      const explained = cases.map((one) => {
        const promise = promiseOf(one.finding, promises)
        return promise !== undefined && listed.has(one.finding?.kind ?? '')
          ? { ...one, because: [promise] }
          : one
      })
      return { judged: cases.length, findings, cases: explained }
    },
  ),

  overHistory(
    'SSE-03',
    "A frame's `id` is the event's id and its `event` the event's type. Keep-alive frames have no `id`.",
    frames,
    ({ streams }) => {
      return collect(
        streams.flatMap((stream) => [
          ...stream.frames.map((frame) => judgeFrameFields(stream.exchange, frame)),
          ...(revisionOf(stream.thread).stream.keepAlive === 'comment'
            ? []
            : [judgeKeepAlives(stream.exchange)]),
        ]),
      )
    },
  ),

  check(
    'SSE-04',
    "The stream starts with the thread's whole history, in chronological order, each event once.",
    { needs: [events(1), opens, flowing] },
    async (t) => {
      await t.expectHistory(await t.wholeStream())
      // Each incomplete stream may take as long as its deadline.
      if (t.cases.some(({ finding }) => finding !== undefined)) return
      await t.expectHistory(await t.stream({ lingerMs: 60, headers: uncompressed(browserHeaders) }))
      if (t.state.sibling !== undefined && t.state.sibling.events.length > 0)
        await t.expectHistory(
          await t.stream({ snapshot: t.state.sibling, headers: uncompressed(proxyHeaders) }),
        )
      for (const one of isThorough(t.state) ? singleHeaders : [])
        await t.expectHistory(await t.stream({ headers: uncompressed(one) }))
    },
  ),

  check(
    'SSE-05',
    '`Last-Event-ID` resumes right after that event, without it.',
    { needs: [events(2), opens, flowing] },
    async (t) => {
      const last = t.thread.events.at(-1)?.id
      const cursors = resumptionPoints(t)
      if (cursors.length === 0)
        t.missing(
          'an event with an id that can be sent in a header (printable ASCII)',
          'Point CONFORMANCE_THREAD_ID to a thread with such ids.',
        )
      await Promise.all([
        ...cursors.map(async ({ id }) => t.expectHistory(await t.stream({ after: id }))),
        expectNothingAfter(t, last),
      ])
    },
  ),

  check(
    'SSE-06',
    '`type` and `types[]` filter the stream as they filter the list.',
    { needs: [types(2), opens, flowing] },
    async (t) => {
      const [a = '', b = ''] = interestingTypes(t.thread.events, 2)
      const after = t.thread.events.find((event) => event.type !== a && fitsHeader(event.id))?.id
      const cases = [
        { types: [a] },
        { types: [a, b] },
        { types: [a, b, a], spelling: 'brackets' as const },
        // More names than a list of some default length holds, with a known one at its end.
        { types: [b, ...manyNames, a], spelling: 'encoded-brackets' as const },
        ...(after === undefined ? [] : [{ types: [a], after }]),
      ]
      const all = {
        types: [b, ...manyNames, a],
        spelling: 'brackets' as const,
        ...(after === undefined ? {} : { after }),
      }
      await Promise.all([
        ...cases.map(async (options) => t.expectHistory(await t.stream(options))),
        t.screen(
          async () => judgeHistory(await t.stream({ ...all, headers: browserBehindProxy })) !== undefined,
          () =>
            Promise.all([
              ...cases.map((options) => t.stream(options)),
              t.stream({ lingerMs: 60, headers: uncompressed(browserHeaders) }),
              t.stream({ snapshot: t.state.sibling ?? t.thread, headers: uncompressed(proxyHeaders) }),
              ...(after === undefined ? [] : [t.stream({ after })]),
              ...encodings.map((encoding) => t.stream({ headers: [['Accept-Encoding', encoding]] })),
              // Where a stream reads too few names, the list may too (FLT-03).
              ...t
                .usable([manyTypesListed(t, a, b)], [], 'brackets')
                .map((query) => t.list(query, { spelling: 'brackets' })),
            ]),
        ),
      ])
    },
  ),

  check(
    'SSE-07',
    'A `Last-Event-ID` that is no event of this thread is refused with 400 or 404 before any event.',
    { needs: [events(1), opens] },
    expectUnknownEventRefused,
  ),

  check(
    'SSE-21',
    'A `Last-Event-ID` that is no event of this thread is refused with 400 `invalid_request_error` before any event.',
    { needs: [events(1), opens] },
    expectUnknownEventRefused,
  ),

  check(
    'SSE-20',
    'The stream of a thread is at `…/threads/{thread_id}/stream`.',
    { needs: [thread] },
    async (t) => {
      const exchange = await t.ask({ accept: streamAccept })
      const finding = judgeRepresentationOf(exchange, streamAccept, 'stream')
      t.record(
        [exchange.id],
        finding === undefined ? undefined : { ...finding, message: `…/stream: ${finding.message}` },
      )
    },
  ),

  overHistory('SSE-22', 'Keep-alives are comments: no frame is a keep-alive.', frames, ({ streams }) =>
    collect(streams.map(({ exchange }) => judgeKeepAliveForm(exchange))),
  ),

  check(
    'SSE-08',
    'Frames are sent as they are produced: the history arrives while the connection stays open, whatever Accept-Encoding says.',
    { needs: [events(1), opens] },
    async (t) => {
      const plain = await t.wholeStream()
      const finding = judgeFlow(plain)
      // Once, a busy machine looks the same.
      if (finding !== undefined && judgeFlow(await followUp(() => t.stream({ fresh: true }))) === undefined)
        t.missing(
          'a stream that is complete in time: one ended at a deadline, and was complete when requested again',
          'Raise CONFORMANCE_STREAM_IDLE_MS, or lower CONFORMANCE_CONCURRENCY.',
        )
      t.judged()
      if (finding !== undefined) return t.fail(finding)
      if (judgeHistory(plain) !== undefined) return
      await Promise.all(
        encodings.map(async (encoding) => {
          const compressed = async (fresh: boolean) => {
            const stream = await t.stream({ headers: [['Accept-Encoding', encoding]], fresh })
            const difference = judgeHistory(stream)
            const lacks = ['missing', 'empty', 'no-stream'].includes(difference?.kind ?? '')
            return { stream, held: judgeFlow(stream) ?? (lacks ? difference : undefined) }
          }
          // What arrives without compression but not with it is buffered by the compressor.
          let { stream, held } = await compressed(false)
          if (held !== undefined && endedByDeadline(stream))
            ({ stream, held } = await followUp(() => compressed(true)))
          if (wasCutShort(stream)) return
          t.judged()
          if (held !== undefined)
            t.fail({ ...held, message: `With Accept-Encoding: ${encoding}: ${held.message}` })
        }),
      )
    },
  ),

  check(
    'SSE-10',
    'Errors come before the stream: under `Accept: text/event-stream`, 401 and 404 keep their status and the JSON envelope.',
    { needs: [address] },
    async (t) => {
      const { sessionId, threadId } = t.address
      const cases = [
        {
          what: 'No Authorization header',
          status: 401,
          ids: ['AUT-01', 'AUT-05'],
          request: { authorization: null },
        },
        {
          what: 'An unknown token',
          status: 401,
          ids: ['AUT-02', 'AUT-05'],
          request: { authorization: `Bearer ${unknownToken}` },
        },
        {
          what: 'An unknown thread',
          status: 404,
          ids: ['NFD-02', 'NFD-05'],
          request: { threadId: unknownIdFor(t.state, threadId) },
        },
        {
          what: 'An unknown session',
          status: 404,
          ids: ['NFD-01', 'NFD-05'],
          request: { sessionId: unknownIdFor(t.state, sessionId) },
        },
      ] as const
      await Promise.all(
        cases.map(async ({ what, status, ids, request }) => {
          const exchange = await t.ask({ ...request, accept: streamAccept })
          const askList = () => followUp(() => t.ask(request))
          const under = `${what}, Accept: text/event-stream`
          if (exchange.response?.status !== status) {
            // An error inside a stream is this requirement's own; that there is none is another's.
            const late =
              hasError(exchange) ||
              (exchange.stream !== undefined &&
                hasError(
                  await followUp(() => t.ask({ ...request, accept: streamAccept, lingerMs: headLingerMs })),
                ))
            const [list, stream] = ids
            const listed = await askList()
            const because = listed.response?.status === status ? (late ? [] : [stream]) : [list]
            const refused = await whereStreamsAreRefused(t, exchange)
            return t.expectRefusal(exchange, [status], under, [...because, ...refused])
          }
          const judges = [
            { id: 'ERR-01', judge: judgeErrorBody },
            { id: 'ERR-02', judge: judgeErrorMediaType },
          ] as const
          const wrong = judges.flatMap(({ id, judge }) => {
            const finding = findingIn(judge(exchange))
            return finding === undefined ? [] : [{ id, judge, finding }]
          })
          if (wrong.length === 0) return t.record([exchange.id], undefined)
          const listed = await askList()
          for (const { id, judge, finding } of wrong)
            t.record([exchange.id], finding, { because: findingIn(judge(listed)) ? [id] : [] })
        }),
      )
    },
  ),

  observe(
    'accept-on-list',
    'Does Accept: text/event-stream still make the list a stream?',
    [thread],
    async (t) => {
      const exchange = await t.ask({
        accept: streamAccept,
        asWritten: true,
        until: (seen) => seen.length > 0,
      })
      return streamProblem(exchange) ?? 'yes'
    },
    ({ stream }) => stream.segment !== 'events',
  ),
  observe('limit-on-stream', 'Does limit shorten a stream?', [events(3), opens, flowing], async (t) => {
    const exchange = await t.ask({
      accept: streamAccept,
      query: '?limit=2',
      until: (seen) => seen.length > 2 || seen.length >= t.thread.events.length,
    })
    const problem = streamProblem(exchange)
    return problem ?? ((exchange.stream?.frames.length ?? 0) > 2 ? 'no' : 'yes, or the stream ended')
  }),
  observe('cursor-on-stream', 'Does after_id shorten a stream?', [events(3), opens, flowing], async (t) => {
    const cursor = t.thread.events.at(-2)?.id ?? ''
    const exchange = await t.ask({
      accept: streamAccept,
      query: `?after_id=${percentEncoded(cursor)}`,
      until: (seen) => seen.length > 0,
    })
    const [first] = exchange.stream?.frames ?? []
    return streamProblem(exchange) ?? (first?.id === t.thread.events[0]?.id ? 'no' : 'yes')
  }),
  observe(
    'empty-last-event-id',
    'What does an empty Last-Event-ID return?',
    [events(1), opens],
    async (t) => {
      const exchange = await t.ask({
        accept: streamAccept,
        headers: [['Last-Event-ID', '']],
        until: (seen) => seen.length > 0,
      })
      return streamProblem(exchange) ?? 'the stream starts with the history'
    },
  ),
  observe('heartbeat', 'What form do heartbeats have?', [opens], async (t) => {
    // The stream is judged with all others, so that its keep-alives count for SSE-02 and SSE-03.
    const long = isThorough(t.state) && t.state.controlAccess.concurrency > 1
    const stream = long ? await t.stream({ fresh: true, lingerMs: keepAliveMs }) : t.state.stream
    const { comments = 0, heartbeats = 0 } = stream?.exchange.stream ?? {}
    const during = long ? `in ${keepAliveMs / 1_000} seconds` : 'while the history was read'
    if (comments + heartbeats === 0) return `none seen ${during}`
    return heartbeats > 0 ? `${heartbeats} frames ${during}` : `${comments} comment lines ${during}`
  }),
  observe(
    'after-history',
    'Does the stream stay open after the history?',
    [events(1), opens, flowing],
    async (t) => {
      const { exchange } = t.state.stream ?? (await t.stream({ lingerMs: 60 }))
      return exchange.stream?.end === 'server' ? 'no, the target closes it' : 'yes, at least for a moment'
    },
  ),
])

function manyTypesListed(t: CheckContext, a: string, b: string) {
  return { types: manyTypes(t, [a, b], 'brackets', moreThanUsual), limit: largestLimit }
}

function hasError({ stream }: Exchange): boolean {
  return stream?.frames.some(({ event }) => event === 'error') === true
}

/** Events after which streams are resumed. */
function resumptionPoints(t: CheckContext): KnownEvent[] {
  const last = t.thread.events.at(-1)?.id
  return interestingCursors(ownEvents(t.thread), 10)
    .filter(({ id }) => id !== last && fitsHeader(id))
    .slice(0, 4)
}

// Nothing is due after the last event. A server that counts from the end sends the whole history.
async function expectNothingAfter(t: CheckContext, last: string | undefined): Promise<void> {
  if (last === undefined || !fitsHeader(last) || !t.thread.complete) return
  const stream = await t.stream({ after: last, lingerMs: headLingerMs })
  const { response, stream: opened } = stream.exchange
  // A server may send the head of a stream with its first frame. Without frames nothing is wrong but, perhaps, the media
  // type, which is SSE-01's.
  if (response === undefined || (response.status === 200 && (opened?.frames ?? []).length === 0)) return
  await t.expectHistory(stream)
}

async function expectUnknownEventRefused(t: CheckContext): Promise<void> {
  await expectResumes(t)
  await Promise.all(
    foreignCursors(t.state)
      .filter(({ id }, at) => at !== 1 && fitsHeader(id))
      .slice(0, 4)
      .map(async ({ id, what, owned }) => {
        // Of a stream that leaks, ISO-03 reads as many.
        const frames = owned ? { frames: t.thread.events.length + 1 } : {}
        const exchange = await t.ask({ accept: streamAccept, headers: [['Last-Event-ID', id]], ...frames })
        // Where another thread's events leak, one of them is known.
        const because = owned ? (['ISO-04', 'ISO-03'] as const) : []
        const { unknownEvent } = t.revision.stream
        t.expectRefusal(exchange, unknownEvent, `Last-Event-ID that is ${what} (${id})`, because)
      }),
  )
}

/** Ends the check where a valid `Last-Event-ID` is refused or has no effect: then a wrong one says nothing. */
async function expectResumes(t: CheckContext): Promise<void> {
  const cursor = resumptionPoints(t).at(-1) ?? t.thread.events.find(({ id }) => fitsHeader(id))
  const [whole, resumed] = await Promise.all([
    t.wholeStream(),
    t.stream(cursor === undefined ? {} : { after: cursor.id }),
  ])
  const problem = streamProblem(resumed.exchange)
  const [first, start] = [whole, resumed].map(({ frames }) => frames[0]?.data)
  if (problem !== undefined || (cursor !== undefined && first === start))
    t.missing(
      `a server that resumes after a valid Last-Event-ID (${problem ?? 'the stream starts as without it'})`,
      'Fix SSE-05 first.',
      problem === undefined
        ? ['SSE-05', 'SSE-04', 'SSE-08', 'SSE-02']
        : ['SSE-05', 'SSE-01', 'NEG-01', 'SSE-20'],
    )
}

/** What the list shows of the promises that a frame breaks, as the kinds of their findings. */
function listedProblems(history: History): string[] {
  return sightings(history).flatMap(({ event, list }) => {
    const { eventPromises, events, schemas } = revisionOf(list.thread)
    return [
      ...eventPromises.flatMap((promise) =>
        eventProblem(promise, event.value, schemas.event) === undefined ? [] : `schema: ${promise}`,
      ),
      ...(!events.labels || event.session === list.thread.sessionId ? [] : 'label-session'),
    ]
  })
}

function promiseOf(
  finding: Finding | undefined,
  promises: ReadonlySet<EventDefinition>,
): RequirementId | undefined {
  if (finding?.kind === 'label-session') return 'EVT-04'
  return [...promises].find((promise) => finding?.kind === `schema: ${promise}`)
}
