import { percentEncoded } from '../src/contract/percent-encoded.ts'
import { judgeRepresentationOf, judgeVary } from '../src/oracle/accept/representation.ts'
import { differenceOf } from '../src/oracle/difference.ts'
import { wasAnswered } from '../src/oracle/hostile-input/availability.ts'
import { mediaType } from '../src/oracle/media-type.ts'
import { idsOf, readPage } from '../src/oracle/pagination/page.ts'
import type { CheckContext } from '../src/spec-dsl/check-context.ts'
import { browserHeaders } from '../src/spec-dsl/client-headers.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { isThorough } from '../src/spec-dsl/is-thorough.ts'
import { collect } from '../src/spec-dsl/over-history.ts'
import { expectIndependent, screenIndependent } from '../src/spec-dsl/side-by-side.ts'
import { check, observe, overHistory } from '../src/spec-dsl/spec-items.ts'
import { thread } from '../src/targets/preconditions.ts'
import { chainRequests, followUp } from '../src/targets/request-attribution.ts'
import { listAccept, type RouteRequest } from '../src/targets/route-client.ts'
import type { Connection } from '../src/wire/client.ts'
import type { Exchange } from '../src/wire/exchange.ts'

const streamLines: readonly (readonly string[])[] = [
  ['application/json, text/event-stream'],
  ['text/html, application/json;q=0.9, text/event-stream;q=0.5'],
  ['text/event-stream;charset=utf-8'],
  ['TEXT/EVENT-STREAM'],
  ['text/event-stream', 'application/json'],
]

const listLines: readonly (readonly string[])[] = [
  ['application/json'],
  ['*/*'],
  ['application/*'],
  [],
  ['application/json;charset=utf-8, */*'],
  ['text/html'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
]

const resembling: readonly (readonly string[])[] = [
  ['text/event-streaming, application/json'],
  ['x-text/event-stream, application/json'],
  ['application/json;profile="text/event-stream"'],
  ['application/json;profile="a, text/event-stream"'],
  ['text/event-stream+json, application/text-event-stream, application/json'],
]

function allowsJson(lines: readonly string[]): boolean {
  return lines.length === 0 || lines.some((line) => /application\/(json|\*)|\*\/\*/.test(line))
}

export default defineSpec('accept', [
  check('NEG-01', '`Accept: text/event-stream` returns an event stream.', { needs: [thread] }, (t) =>
    expectEach(t, [['text/event-stream']], 'stream'),
  ),

  check(
    'NEG-02',
    'An Accept header that includes `text/event-stream` returns an event stream: at any position, with parameters or a positive q, in any letter case, or on a second Accept line.',
    { needs: [thread] },
    async (t) => {
      if (t.isUnusable('Accept')) return
      const all = [
        'application/json',
        'text/html, Text/Event-Stream;charset=utf-8;q=0.1, application/xml',
        'image/*;q=0.1',
      ]
      await Promise.all([expectEach(t, streamLines, 'stream'), screenTogether(t, all, 'stream', streamLines)])
    },
  ),

  check(
    'NEG-03',
    'An Accept header without `text/event-stream` (`application/json`, `*/*`, `application/*`, `text/html`) and no Accept header return the list.',
    { needs: [thread] },
    async (t) => {
      // Where the switch is not documented, HTTP decides whether text/html alone is answered with JSON.
      const lines = t.revision.extensions.has('accept-switch') ? listLines : listLines.filter(allowsJson)
      const all = ['text/html, application/*;q=0.9, */*;q=0.8']
      await Promise.all([expectEach(t, lines, 'list'), screenTogether(t, all, 'list', lines)])
    },
  ),

  check(
    'NEG-04',
    'Media types that only resemble it (`text/event-streaming`, `x-text/event-stream`, a parameter that contains the name) return the list.',
    { needs: [thread] },
    async (t) => {
      // A server that takes one of them for the right one opens a stream for all together.
      const all = [resembling.flat().join(', ')]
      const opened = judgeRepresentationOf(await t.ask({ accept: all }), all, 'no stream') !== undefined
      const each = opened || isThorough(t.state) ? resembling : []
      await expectEach(t, [...each, all], 'no stream')
    },
  ),

  check(
    'NEG-05',
    'Requests on one connection do not affect each other: lists and streams may alternate, with any parameters and credentials.',
    { needs: [thread] },
    async (t) => {
      const { interference } = t.state
      // Last: the other cases have fewer requests.
      if (interference !== undefined)
        t.record(interference.finding.exchanges, interference.finding, {
          repeat: () => followUp(() => interference.again(t.routeClient)),
          place: Number.MAX_SAFE_INTEGER,
        })
      const eachTime = () => onOneConnection(t, (connection) => expectAuthenticatedEachTime(t, connection))
      const refused = chainRequests(eachTime)
      await Promise.all([
        chainRequests(() => onOneConnection(t, (connection) => expectAlternating(t, connection))),
        refused.then((isRefused) => chainRequests(() => expectIndependent(t, isRefused))),
        screenIndependent(t, async () => {
          const isRefused = await isRefusedAlone(t)
          await Promise.all([expectIndependent(t, isRefused), eachTime()])
        }),
      ])
    },
  ),

  overHistory(
    'NEG-06',
    '`Vary` names Accept on both representations.',
    { missing: 'a list or stream', provide: 'See ENV-01 and SSE-01 first.' },
    ({ lists, streams }) => {
      return collect([...lists, ...streams].map(({ exchange }) => judgeVary(exchange)))
    },
  ),

  observe(
    'q-zero',
    'What does text/event-stream;q=0 return?',
    [thread],
    async (t) => {
      const { response } = await t.ask({ accept: ['text/event-stream;q=0, application/json'] })
      return response === undefined
        ? 'no response'
        : `${response.status} ${mediaType(response) ?? 'without a media type'}`
    },
    ({ extensions }) => extensions.has('accept-switch'),
  ),
  observe('compression', 'Does the target compress responses on request?', [thread], async (t) => {
    // Shared with ENV-01.
    const { exchange } = await t.list({}, { headers: browserHeaders.headers })
    const encoding = exchange.response?.headers.find(([name]) => name === 'content-encoding')?.[1]
    return encoding === undefined ? 'no' : `yes, ${encoding}`
  }),
])

async function onOneConnection<T>(t: CheckContext, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = t.routeClient.connection()
  return work(connection).finally(() => connection.close())
}

async function expectAlternating(t: CheckContext, connection: Connection): Promise<void> {
  const [newest, oldest] = [t.thread.events.at(-1), t.thread.events[0]]
  const cursor = oldest === undefined ? [] : [`?limit=3&after_id=${percentEncoded(oldest.id)}`]
  // Behind the newest known event a list does not change while the thread grows.
  const descending =
    newest === undefined ? [] : t.offered([`?order=desc&limit=3&after_id=${percentEncoded(newest.id)}`])
  for (const [at, query] of ['?limit=2', ...descending, ...cursor].entries()) {
    const list = await expectInTurn(t, { accept: ['application/json'], connection, query }, 'list')
    if (at === 1) await expectUnaffected(t, connection, query, list)
    if (at % 2 === 0)
      await expectInTurn(t, { accept: ['text/event-stream'], connection, query: '?limit=2' }, 'stream')
  }
}

const anonymous = { accept: ['application/json'], authorization: null }

/** Whether a request without credentials is refused on a connection of its own: any other may have been authenticated. */
async function isRefusedAlone(t: CheckContext): Promise<boolean> {
  const { response } = await onOneConnection(t, (connection) => t.ask({ ...anonymous, connection }))
  return response?.status === 401
}

/** @returns whether a request without credentials is refused on a connection of its own */
async function expectAuthenticatedEachTime(t: CheckContext, connection: Connection): Promise<boolean> {
  if (!(await isRefusedAlone(t))) return false
  await t.ask({ connection })
  t.expectRefusal(
    await t.ask({ ...anonymous, connection }),
    [401],
    'No Authorization header, on a connection that was authenticated before',
  )
  // A cache that keeps a 401 by its URL gives it to the next caller.
  const { exchange } = await t.list({}, { connection })
  const finding = judgeRepresentationOf(exchange, listAccept, 'list')
  t.record(
    [exchange.id],
    finding === undefined
      ? undefined
      : { ...finding, message: `After the same request without credentials: ${finding.message}` },
  )
  return true
}

async function expectInTurn(
  t: CheckContext,
  request: RouteRequest & { readonly accept: readonly string[] },
  wanted: 'list' | 'stream',
): Promise<Exchange> {
  const exchange = await t.ask(request)
  const finding = judgeRepresentationOf(exchange, request.accept, wanted)
  if (finding === undefined) t.record([exchange.id], undefined)
  else if (!(await isWrongAlone(t, request, wanted)))
    t.record([exchange.id], {
      ...finding,
      message: `With alternating requests on one connection: ${finding.message}`,
    })
  return exchange
}

// What goes wrong on a connection of its own too does not concern this one.
async function isWrongAlone(
  t: CheckContext,
  { connection: _shared, ...same }: RouteRequest & { readonly accept: readonly string[] },
  wanted: 'list' | 'stream',
): Promise<boolean> {
  const alone = await followUp(() => t.ask({ ...same, until: () => true }))
  return judgeRepresentationOf(alone, same.accept, wanted) !== undefined
}

// The same list, requested on this connection and on a new one.
async function expectUnaffected(
  t: CheckContext,
  connection: Connection,
  query: string,
  own: Exchange,
): Promise<void> {
  const other = await t.ask({ accept: ['application/json'], query })
  const [actual, expected] = [readPage(own), readPage(other)]
  if (typeof actual === 'string' || typeof expected === 'string') return
  t.judged()
  const difference = differenceOf(idsOf(expected.events), idsOf(actual.events))
  const stays = () => staysDifferent(t, connection, query, idsOf(expected.events))
  if (difference !== undefined && (await followUp(stays)))
    t.fail({
      kind: 'connection',
      message: `${query} returns different events on a reused connection: ${difference.sentence}.`,
      expected: idsOf(expected.events),
      actual: idsOf(actual.events),
      exchanges: [own.id, other.id],
    })
}

// A thread may have grown between the two responses, and two replicas may take turns: new connections have to
// agree with each other before the reused one counts as the cause.
async function staysDifferent(
  t: CheckContext,
  connection: Connection,
  query: string,
  expected: readonly string[],
): Promise<boolean> {
  const ids = async (own: Connection) => {
    const page = readPage(await t.ask({ accept: ['application/json'], connection: own, query }))
    return typeof page === 'string' ? undefined : idsOf(page.events)
  }
  const isExpected = (actual: readonly string[] | undefined) =>
    actual !== undefined && differenceOf(expected, actual) === undefined
  const onNewConnection = async () => {
    const fresh = t.routeClient.connection()
    return ids(fresh).finally(() => fresh.close())
  }
  if (!isExpected(await onNewConnection())) return false
  const reused = await ids(connection)
  return reused !== undefined && !isExpected(reused) && isExpected(await onNewConnection())
}

/** One request with what several Accept headers contain. */
function screenTogether(
  t: CheckContext,
  all: readonly string[],
  wanted: 'stream' | 'list',
  lines: readonly (readonly string[])[],
): Promise<void> {
  return t.screen(
    async () => judgeRepresentationOf(await t.ask({ accept: all }), all, wanted) !== undefined,
    () => Promise.all(lines.map((accept) => t.ask({ accept }))),
  )
}

async function expectEach(
  t: CheckContext,
  cases: readonly (readonly string[])[],
  wanted: 'stream' | 'list' | 'no stream',
): Promise<void> {
  await Promise.all(
    cases.map(async (accept) => {
      const exchange = await t.ask({ accept })
      // A stream without events does not show that the choice was right.
      if (wanted === 'no stream' && !wasAnswered(exchange)) return
      t.judged()
      const finding = judgeRepresentationOf(exchange, accept, wanted)
      if (finding !== undefined) t.fail(finding)
    }),
  )
}
