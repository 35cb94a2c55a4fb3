import { listAccept, type RouteAsk, streamAccept } from '../src/check/asker.ts'
import { check, observe } from '../src/check/check.ts'
import { spec } from '../src/check/declare.ts'
import { address, otherSession, thread } from '../src/check/needs.ts'
import { strangerLike } from '../src/check/strangers.ts'
import type { Trial } from '../src/check/trial.ts'
import { percentEncoded } from '../src/contract/percent-encoded.ts'
import { mayBypassApi } from '../src/oracle/before-the-api.ts'
import { eventsPath } from '../src/target/events-path.ts'

type Case = RouteAsk & { readonly what: string }
const queries = ['?limit=5', '?order=desc&limit=1', '?type=agent.message', '?types[]=agent.message']

export default spec('not-found', [
  check('NFD-01', [address], (t) => expectMissing(t, unknownSession(t))),

  check('NFD-02', [address], (t) => expectMissing(t, unknownThread(t))),

  check('NFD-03', [address, thread, otherSession], (t) => expectMissing(t, exchanged(t))),

  check('NFD-04', [address], async (t) => {
    await Promise.all(
      [...malformed(t), ...inexact(t)].map(({ what, ...request }) => expectNotServed(t, request, what)),
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
      [...malformed(t).slice(0, 4), ...inexact(t).slice(0, 2)].map(({ what, ...request }) =>
        expectNotServed(t, { ...request, accept: streamAccept }, `${what}, Accept: text/event-stream`),
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
    { what: 'A session id with a quote', target: path(`${sessionId}%27%20OR%20%271%27=%271`, threadId) },
  ]
}

/** The inexact spellings that a session id is tried with. */
const telling: ReadonlySet<string> = new Set([
  'in the other letter case',
  'with white space around it',
  'encoded twice',
  'that is a wildcard alone (%)',
  'that is a wildcard alone (*)',
])

/** Ids that careless comparison takes for the real ones. */
function inexact(t: Trial): Case[] {
  const { sessionId, threadId } = t.address
  const cases: readonly (readonly [string, (id: string) => string])[] = [
    ['in the other letter case', (id) => percentEncoded(otherCase(id))],
    ['in capitals behind its prefix', (id) => id.replace(/[^_]*$/, (rest) => rest.toUpperCase())],
    ['with white space around it', (id) => `%20${id}%09`],
    ['padded with a zero', (id) => id.replace(/[^_]*$/, (rest) => `0${rest}`)],
    ['with fullwidth characters', (id) => percentEncoded(fullwidth(id))],
    ['with a combining character', (id) => `${id}%CC%81`],
    ['encoded twice', (id) => encodedTwice(id)],
    ['whose last character is a wildcard (%)', (id) => `${id.slice(0, -1)}%25`],
    ['whose last character is a wildcard (_)', (id) => `${id.slice(0, -1)}_`],
    ['whose last character is a wildcard (*)', (id) => `${id.slice(0, -1)}*`],
    ['whose last character is a wildcard (?)', (id) => `${id.slice(0, -1)}%3F`],
    ['that is a wildcard alone (%)', () => '%25'],
    ['that is a wildcard alone (*)', () => '*'],
  ]
  const path = (session: string, thread: string) => `/sessions/${session}/threads/${thread}/events`
  return cases.flatMap(([what, spelt]) => [
    ...(spelt(threadId) === threadId
      ? []
      : [{ what: `A thread id ${what}`, target: path(sessionId, spelt(threadId)) }]),
    // Both ids are usually looked up by the same code, so the session's is asked for in a few forms only.
    ...(spelt(sessionId) === sessionId || !telling.has(what)
      ? []
      : [{ what: `A session id ${what}`, target: path(spelt(sessionId), threadId) }]),
  ])
}

function otherCase(text: string): string {
  return [...text]
    .map((char) => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase()))
    .join('')
}

// Compatibility forms (NFKC) of these are the ASCII letters and digits.
function fullwidth(id: string): string {
  return id.replace(/[0-9A-Za-z](?=[^_]*$)/, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
}

function encodedTwice(id: string): string {
  const last = id
    .charCodeAt(id.length - 1)
    .toString(16)
    .toUpperCase()
    .padStart(2, '0')
  return `${id.slice(0, -1)}%25${last}`
}

async function expectNotServed(t: Trial, request: RouteAsk, what: string): Promise<void> {
  const exchange = await t.ask(request)
  const status = exchange.response?.status ?? 0
  // An HTTP server or router may refuse such a path by itself, with the 4xx of its choice.
  if (mayBypassApi(exchange) && status >= 400 && status < 500) return t.judged()
  t.expectRefusal(exchange, [404, 400], what)
}

async function expectMissing(t: Trial, cases: readonly Case[]): Promise<void> {
  await Promise.all(
    cases.map(async ({ what, ...request }) => {
      const under = request.accept === streamAccept ? `${what}, Accept: text/event-stream` : what
      t.expectRefusal(await t.ask({ accept: listAccept, ...request }), [404], under, 'not_found_error')
    }),
  )
}
