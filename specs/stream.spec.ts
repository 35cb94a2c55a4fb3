import { streamAccept } from '../src/check/asker.ts'
import { check, observe, overHistory } from '../src/check/check.ts'
import { cursorsWorthTrying, typesWorthTrying } from '../src/check/cursors.ts'
import { spec } from '../src/check/declare.ts'
import { address, events, flowing, opens, types } from '../src/check/needs.ts'
import { foreignCursors, strangerTo } from '../src/check/strangers.ts'
import { judgeErrorBody, judgeErrorMediaType } from '../src/oracle/judge-error.ts'
import { judgeFrameEvent, judgeFrameFields, judgeStreamHead } from '../src/oracle/judge-frame.ts'
import { judgeFlow, streamProblem } from '../src/oracle/judge-stream.ts'
import { fitsHeader } from '../src/oracle/query.ts'

const frames = {
  missing: 'a stream with events in it',
  provide: 'Point CONFORMANCE_THREAD_ID to a thread with events; see NEG-01 and SSE-08 if it has some.',
}

export default spec('stream', [
  overHistory('SSE-01', { missing: 'an answered stream', provide: 'See INP-04 first.' }, ({ streams }) => {
    const results = streams
      .map(({ exchange }) => judgeStreamHead(exchange))
      .filter((result) => result !== 'skip')
    return { judged: results.length, findings: results.filter((finding) => finding !== undefined) }
  }),

  overHistory('SSE-02', frames, (history) => {
    const results = history.streams.flatMap((stream) =>
      stream.frames.map((frame) => judgeFrameEvent(stream, frame)),
    )
    return { judged: results.length, findings: results.filter((finding) => finding !== undefined) }
  }),

  overHistory('SSE-03', frames, ({ streams }) => {
    const results = streams
      .flatMap((stream) => stream.frames.map((frame) => judgeFrameFields(stream.exchange, frame)))
      .filter((result) => result !== 'skip')
    return { judged: results.length, findings: results.filter((finding) => finding !== undefined) }
  }),

  check('SSE-04', [events(1), opens, flowing], async (t) => {
    await t.expectHistory(t.facts.stream ?? (await t.stream()))
    await t.expectHistory(await t.stream({ lingerMs: 60 }))
    if (t.facts.sibling !== undefined && t.facts.sibling.events.length > 0)
      await t.expectHistory(await t.stream({ reading: t.facts.sibling }))
  }),

  check('SSE-05', [events(2), opens, flowing], async (t) => {
    const last = t.thread.events.at(-1)?.id
    const cursors = cursorsWorthTrying(t.thread.events, 10).filter(({ id }) => id !== last && fitsHeader(id))
    if (cursors.length === 0)
      t.missing(
        'an event whose id can be sent in a header (ASCII letters, digits and signs)',
        'Point CONFORMANCE_THREAD_ID to a thread with such ids.',
      )
    await Promise.all(
      cursors.slice(0, 6).map(async ({ id }) => t.expectHistory(await t.stream({ after: id }))),
    )
  }),

  check('SSE-06', [types(2), opens, flowing], async (t) => {
    const [a = '', b = '', c = a] = typesWorthTrying(t.thread.events, 3)
    const after = t.thread.events.find((event) => event.type !== a && fitsHeader(event.id))?.id
    await Promise.all(
      [
        { types: [a] },
        { types: [c] },
        { types: [a, b] },
        { types: [a], spelling: 'brackets' as const },
        { types: [b, a], spelling: 'encoded-brackets' as const },
        { types: [a, b], spelling: 'repeated' as const },
        ...(after === undefined ? [] : [{ types: [a], after }]),
      ].map(async (options) => t.expectHistory(await t.stream(options))),
    )
  }),

  check('SSE-07', [events(1), opens], async (t) => {
    const right = t.thread.events.find(({ id }) => fitsHeader(id))
    const { exchange } = await t.stream(right === undefined ? {} : { after: right.id })
    const problem = streamProblem(exchange)
    if (problem !== undefined)
      t.missing(`a server that accepts a right Last-Event-ID (${problem})`, 'Fix SSE-05 first.')
    await Promise.all(
      foreignCursors(t.facts)
        .filter(({ id }) => fitsHeader(id))
        .map(async ({ id, what }) => {
          const exchange = await t.ask({ accept: streamAccept, headers: [['Last-Event-ID', id]] })
          t.expectRefusal(exchange, [400, 404], `Last-Event-ID that is ${what} (${id})`)
        }),
    )
  }),

  check('SSE-08', [events(1), opens], async (t) => {
    const stream = t.facts.stream ?? (await t.stream())
    t.judged()
    const finding = judgeFlow(stream)
    if (finding !== undefined) t.fail(finding)
  }),

  check('SSE-10', [address], async (t) => {
    const { sessionId, threadId } = t.address
    const cases = [
      { what: 'No Authorization', status: 401, request: { authorization: null } },
      {
        what: 'An unknown token',
        status: 401,
        request: { authorization: 'Bearer pat_conformance_unknown_token' },
      },
      { what: 'An unknown thread', status: 404, request: { threadId: strangerTo(t.facts, threadId) } },
      { what: 'An unknown session', status: 404, request: { sessionId: strangerTo(t.facts, sessionId) } },
    ]
    await Promise.all(
      cases.map(async ({ what, status, request }) => {
        const exchange = await t.ask({ ...request, accept: streamAccept })
        t.expectRefusal(exchange, [status], `${what}, Accept: text/event-stream`)
        if (exchange.response?.status !== status) return
        for (const judge of [judgeErrorBody, judgeErrorMediaType]) {
          const finding = judge(exchange)
          if (finding !== undefined && finding !== 'skip') t.fail(finding)
        }
      }),
    )
  }),

  observe('limit-on-stream', 'Does limit bound a stream?', [events(3), opens, flowing], async (t) => {
    const exchange = await t.ask({
      accept: streamAccept,
      query: '?limit=2',
      until: (seen) => seen.length > 2 || seen.length >= t.thread.events.length,
    })
    const problem = streamProblem(exchange)
    return problem ?? ((exchange.stream?.frames.length ?? 0) > 2 ? 'no' : 'yes, or the stream ended')
  }),
  observe('heartbeat', 'Which form do heartbeats have?', [opens], (t) => {
    const { comments = 0, heartbeats = 0 } = t.facts.stream?.exchange.stream ?? {}
    if (comments + heartbeats === 0) return Promise.resolve('none was seen while the history was read')
    return Promise.resolve(heartbeats > 0 ? 'a frame `event: heartbeat`' : 'a comment line')
  }),
  observe(
    'after-history',
    'Does the stream stay open after the history?',
    [events(1), opens, flowing],
    async (t) => {
      const { exchange } = await t.stream({ after: t.thread.events.at(-2)?.id ?? '', lingerMs: 60 })
      return exchange.stream?.end === 'server' ? 'no, the target ends it' : 'yes, at least for a moment'
    },
  ),
])
