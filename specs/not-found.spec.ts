import { listAccept, type RouteAsk, streamAccept } from '../src/check/asker.ts'
import { check, observe } from '../src/check/check.ts'
import { spec } from '../src/check/declare.ts'
import { address, otherSession, thread } from '../src/check/needs.ts'
import { strangerLike } from '../src/check/strangers.ts'
import type { Trial } from '../src/check/trial.ts'
import { isBeforeRoute } from '../src/oracle/before-route.ts'
import { judgeErrorBody } from '../src/oracle/judge-error.ts'
import { eventsPath } from '../src/target/events-path.ts'
import type { Exchange } from '../src/wire/exchange.ts'

type Case = RouteAsk & { readonly what: string }
const queries = ['?limit=5', '?order=desc&limit=1', '?type=agent.message', '?types[]=agent.message']

export default spec('not-found', [
  check('NFD-01', [address], (t) => expectMissing(t, unknownSession(t))),

  check('NFD-02', [address], (t) => expectMissing(t, unknownThread(t))),

  check('NFD-03', [address, thread, otherSession], (t) => expectMissing(t, exchanged(t))),

  check('NFD-04', [address], async (t) => {
    await Promise.all(
      malformed(t).map(async ({ what, ...request }) => {
        const exchange = await t.ask(request)
        expectRefused(t, exchange, what)
        const finding =
          exchange.response?.status === 404 || exchange.response?.status === 400
            ? judgeErrorBody(exchange)
            : 'skip'
        if (finding !== undefined && finding !== 'skip')
          t.fail({ ...finding, message: `${what}: ${finding.message}` })
      }),
    )
  }),

  check('NFD-05', [address], async (t) => {
    const cases = [
      ...unknownSession(t),
      ...unknownThread(t),
      ...(t.facts.other === undefined ? [] : exchanged(t)),
    ]
    await Promise.all([
      ...cases.map(({ what, ...request }) => expectMissing(t, [{ ...request, what, accept: streamAccept }])),
      ...cases.flatMap(({ what, ...request }, at) =>
        queries
          .filter((_, place) => place === at % queries.length)
          .map((query) => expectMissing(t, [{ ...request, what: `${what}, with ${query}`, query }])),
      ),
    ])
    await Promise.all(
      malformed(t)
        .slice(0, 4)
        .map(async ({ what, ...request }) =>
          expectRefused(t, await t.ask({ ...request, accept: streamAccept }), `${what}, as a stream`),
        ),
    )
  }),

  observe('trailing-slash', 'Is a trailing slash part of the route?', [thread], async (t) => {
    const { response } = await t.ask({ target: `${eventsPath(t.address)}/` })
    return response === undefined ? 'no answer' : `${response.status}`
  }),
  observe('head', 'How is HEAD answered?', [thread], async (t) => {
    const { response, failure } = await t.ask({ method: 'HEAD' })
    return response === undefined ? (failure?.message ?? 'no answer') : `${response.status}`
  }),
])

function unknownSession(t: Trial): Case[] {
  const { sessionId, threadId } = t.address
  const unknown = strangerLike(sessionId)
  return [
    { what: 'An unknown session', sessionId: unknown },
    { what: 'An unknown session and thread', sessionId: unknown, threadId: strangerLike(threadId) },
  ]
}

function unknownThread(t: Trial): Case[] {
  const { threadId } = t.address
  return [{ what: 'An unknown thread', threadId: strangerLike(threadId) }]
}

function exchanged(t: Trial): Case[] {
  const { other } = t.facts
  const { sessionId, threadId } = t.address
  if (other === undefined) return []
  return [
    { what: 'The thread under another session', sessionId: other.sessionId, threadId },
    { what: "Another session's thread under the session", sessionId, threadId: other.threadId },
  ]
}

function malformed(t: Trial): Case[] {
  const { sessionId, threadId } = t.address
  const path = (session: string, threadSegment: string) =>
    `/sessions/${session}/threads/${threadSegment}/events`
  return [
    { what: 'Session and thread exchanged', target: path(threadId, sessionId) },
    {
      what: 'A thread id with the prefix of a session',
      target: path(sessionId, threadId.replace(/^[a-z]+_/, 'sess_')),
    },
    { what: 'A thread id without its prefix', target: path(sessionId, threadId.replace(/^[a-z]+_/, '')) },
    { what: 'A thread id with one character more', target: path(sessionId, `${threadId}0`) },
    { what: 'A prefix alone', target: path(sessionId, 'sthr_') },
    { what: 'A very long thread id', target: path(sessionId, `sthr_${'a'.repeat(1500)}`) },
    { what: 'A thread id with an encoded slash', target: path(sessionId, `${threadId}%2Fevents`) },
    { what: 'A thread id with encoded dots and slashes', target: path(sessionId, '..%2F..%2Fsessions') },
    { what: 'A thread id with an encoded NUL', target: path(sessionId, `${threadId}%00`) },
    { what: 'A thread id with an encoded line break', target: path(sessionId, `${threadId}%0D%0A`) },
    { what: 'A thread id with a space', target: path(sessionId, `${threadId}%20`) },
    { what: 'A thread id of other letters', target: path(sessionId, 'sthr_%E2%82%AC%F0%9F%98%80') },
    {
      what: 'A thread id in upper case',
      target: path(sessionId, `sthr_${threadId.slice(5).toUpperCase()}X`),
    },
    { what: 'A session id with a quote', target: path(`${sessionId}%27%20OR%20%271%27=%271`, threadId) },
    { what: 'A session id that is a wildcard', target: path('*', threadId) },
    { what: 'A thread id that is a wildcard', target: path(sessionId, '%25') },
  ]
}

// A server may refuse some of these before the route can, each in its own way.
function expectRefused(t: Trial, exchange: Exchange, what: string): void {
  const status = exchange.response?.status
  const other = status !== undefined && isBeforeRoute(exchange) ? [status] : []
  t.expectRefusal(exchange, [404, 400, ...other], what)
}

async function expectMissing(t: Trial, cases: readonly Case[]): Promise<void> {
  await Promise.all(
    cases.map(async ({ what, ...request }) => {
      const under = request.accept === streamAccept ? `${what}, Accept: text/event-stream` : what
      t.expectRefusal(await t.ask({ accept: listAccept, ...request }), [404], under, 'not_found_error')
    }),
  )
}
