import type { RequirementId } from '../src/contract/catalogue.ts'
import { eventsPath } from '../src/contract/events-path.ts'
import { percentEncoded } from '../src/contract/percent-encoded.ts'
import { isBeforeRoute } from '../src/oracle/before-route.ts'
import { readPage } from '../src/oracle/pagination/page.ts'
import type { CheckContext } from '../src/spec-dsl/check-context.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { isThorough } from '../src/spec-dsl/is-thorough.ts'
import { expectDeletedIsMissing } from '../src/spec-dsl/live/expect-deleted.ts'
import { whereStreamsAreRefused } from '../src/spec-dsl/refused-streams.ts'
import { check, observe } from '../src/spec-dsl/spec-items.ts'
import { address, control, otherSession, thread } from '../src/targets/preconditions.ts'
import { followUp } from '../src/targets/request-attribution.ts'
import { type RouteRequest, streamAccept } from '../src/targets/route-client.ts'
import { isShort, unknownIdFor } from '../src/targets/unknown-ids.ts'
import type { Exchange } from '../src/wire/exchange.ts'

/** A request that must not find anything, and a simpler one that explains it where that finds something too. */
interface Case {
  readonly what: string
  readonly request: RouteRequest
  readonly unless?: readonly { readonly id: RequirementId; readonly request: RouteRequest }[]
}

/** A case in another representation, or with a query. */
interface RefinedCase extends Case {
  readonly refines: 'NFD-01' | 'NFD-02' | 'NFD-03'
}

const queries = ['?limit=5', '?order=desc&limit=1&types[]=agent.message']
const missing = [404] as const
const missingOrRefused = [404, 400] as const

export default defineSpec('not-found', [
  check(
    'NFD-01',
    'A session that does not exist is answered with 404 `not_found_error`.',
    { needs: [address] },
    async (t) => {
      const cases = unknownSession(t)
      await Promise.all([expectMissing(t, cases, missing), screenSession(t, cases[0])])
      if (control(t.state) === undefined) await expectDeletedIsMissing(t)
    },
  ),

  check(
    'NFD-02',
    'A thread that does not exist, in a session that does, is answered with 404 `not_found_error`.',
    { needs: [address] },
    async (t) => {
      const cases = unknownThread(t)
      await Promise.all([expectMissing(t, cases, missing), screenOnStreams(t, cases, missing)])
    },
  ),

  check(
    'NFD-03',
    'An existing thread under another session is answered with 404 `not_found_error`.',
    { needs: [address, thread, otherSession] },
    async (t) => {
      const cases = exchanged(t)
      await Promise.all([expectMissing(t, cases, missing), screenOnStreams(t, cases, missing)])
    },
  ),

  check(
    'NFD-04',
    'Ids match exactly. Malformed ids (wrong prefix, session and thread exchanged, very long, encoded slashes, control characters) and inexact spellings of an existing id (other letter case, padding, another Unicode form, encoded twice, wildcards) are answered with 404 or 400, or as rule 5 allows.',
    { needs: [address] },
    async (t) => {
      const cases = [...malformed(t), ...inexact(t)]
      const spelled = spelledOnStreams(t)
      const asked = new Set(cases.map(({ what }) => what))
      await Promise.all([
        expectMissing(t, cases, missingOrRefused),
        ...spelled
          .filter(({ what }) => !asked.has(what))
          .map((one) => expectMissingWhereStreamed(t, one, missingOrRefused)),
        screenOnStreams(t, spelled, missingOrRefused),
      ])
    },
  ),

  check(
    'NFD-05',
    'NFD-01 to NFD-04 hold under `Accept: text/event-stream` and with any query.',
    { needs: [address] },
    async (t) => {
      const cases = [
        ...unknownSession(t).map((one) => ({ id: 'NFD-01' as const, one })),
        ...unknownThread(t).map((one) => ({ id: 'NFD-02' as const, one })),
        ...(t.state.other === undefined ? [] : exchanged(t).map((one) => ({ id: 'NFD-03' as const, one }))),
      ]
      const own = t.offered(queries)
      // One unknown id is enough to be asked for in other ways.
      const inOtherWays = cases.filter(
        ({ id, one: { request } }) => !(id === 'NFD-01' && 'sessionId' in request && 'threadId' in request),
      )
      const refined = inOtherWays.flatMap(
        ({ id, one: { what, request, unless = [] } }, at): RefinedCase[] => {
          const simpler = [{ id, request }, ...unless]
          const query = own[at]
          return [
            {
              refines: id,
              what: `${what}, Accept: text/event-stream`,
              request: { ...request, accept: streamAccept },
              unless: simpler,
            },
            ...(query === undefined
              ? []
              : [
                  {
                    refines: id,
                    what: `${what}, with ${query}`,
                    request: { ...request, query },
                    unless: simpler,
                  },
                ]),
          ]
        },
      )
      const spelled = spelledOnStreams(t).map(({ what, request, unless = [] }) => ({
        what: `${what}, Accept: text/event-stream`,
        request: { ...request, accept: streamAccept },
        unless: [{ id: 'NFD-04' as const, request }, ...unless],
      }))
      await Promise.all([
        expectMissing(t, refined, missing),
        expectMissing(t, spelled, missingOrRefused),
        screenSpellings(t, refined, `?${own.map((query) => query.slice(1)).join('&')}`),
      ])
    },
  ),

  observe('trailing-slash', 'Is a trailing slash part of the route?', [thread], async (t) => {
    const { response } = await t.ask({ target: `${eventsPath(t.address)}/` })
    return response === undefined ? 'no response' : `${response.status}`
  }),
  observe('head', 'What does HEAD return?', [thread], async (t) => {
    const { response, failure } = await t.ask({ method: 'HEAD' })
    return response === undefined ? (failure?.message ?? 'no response') : `${response.status}`
  }),
])

function unknownSession(t: CheckContext): Case[] {
  const { sessionId, threadId } = t.address
  const unknown = unknownIdFor(t.state, sessionId)
  return [
    { what: 'An unknown session', request: { sessionId: unknown } },
    ...(isThorough(t.state)
      ? [
          {
            what: 'An unknown session and thread',
            request: { sessionId: unknown, threadId: unknownIdFor(t.state, threadId) },
          },
        ]
      : []),
  ]
}

function unknownThread(t: CheckContext): Case[] {
  const { threadId } = t.address
  return [{ what: 'An unknown thread', request: { threadId: unknownIdFor(t.state, threadId) } }]
}

function exchanged(t: CheckContext): Case[] {
  const { other } = t.state
  const { sessionId, threadId } = t.address
  // Where thread ids are counted in each session, the other session may have a thread of this id.
  if (other === undefined || other.threadId === threadId) return []
  return [
    {
      what: 'The thread under another session',
      request: { sessionId: other.sessionId, threadId },
      unless: [...ofSession(t), ...ofThread(t)],
    },
    {
      what: "Another session's thread under the session",
      request: { sessionId, threadId: other.threadId },
      unless: ofThread(t),
    },
  ]
}

function ofSession(t: CheckContext): NonNullable<Case['unless']> {
  return [{ id: 'NFD-01', request: { sessionId: unknownIdFor(t.state, t.address.sessionId) } }]
}

function ofThread(t: CheckContext): NonNullable<Case['unless']> {
  return [{ id: 'NFD-02', request: { threadId: unknownIdFor(t.state, t.address.threadId) } }]
}

function malformed(t: CheckContext): Case[] {
  const { sessionId, threadId } = t.address
  const threads = [
    { what: 'A thread id with the prefix of a session', id: threadId.replace(/^[a-z]+_/, 'sess_') },
    { what: 'A thread id without its prefix', id: threadId.replace(/^[a-z]+_/, '') },
    // A short id with one character more may be another thread's.
    ...(isShort(threadId) ? [] : [{ what: 'A thread id with one character more', id: `${threadId}0` }]),
    { what: 'A thread id with an encoded slash', id: `${threadId}%2Fevents` },
    { what: 'A thread id with a path parameter', id: `${threadId};v=1` },
    { what: 'A thread id with a file extension', id: `${threadId}.json` },
    { what: 'Two thread ids with a comma', id: `${threadId},${t.state.sibling?.threadId ?? threadId}` },
    ...(isThorough(t.state)
      ? [
          { what: 'A very long thread id', id: `sthr_${'a'.repeat(1500)}` },
          { what: 'A thread id with zeros behind it', id: `${threadId}${'0'.repeat(300)}` },
          { what: 'A thread id with encoded dots and slashes', id: '..%2F..%2Fsessions' },
          { what: 'A thread id with an encoded slash behind it', id: `${threadId}%2F` },
          { what: 'A thread id with an encoded dot and slash before it', id: `.%2F${threadId}` },
          { what: 'A thread id with an encoded fragment', id: `${threadId}%23a` },
          { what: 'A thread id behind another segment and an encoded slash', id: `threads%2F${threadId}` },
          { what: 'A thread id behind a word and a colon', id: `threads:${threadId}` },
          { what: 'A thread id with a word and a colon behind it', id: `${threadId}:events` },
          { what: 'A thread id with a version behind it', id: `${threadId}@1` },
          { what: 'A thread id with words behind it', id: `${threadId}-some-words` },
          { what: 'A thread id padded as base64', id: `${threadId}=` },
        ]
      : []),
    { what: 'A thread id with bytes that are not UTF-8', id: `${threadId}%FF%FE%ED%A0%80` },
    // Cut off at the NUL, or written to a log, a header or a table that takes none of them.
    {
      what: 'A thread id with an encoded NUL, line break and emoji',
      id: `${threadId}%00%0D%0A%F0%9F%98%80`,
    },
  ]
  const sessions = [
    { what: 'A session id with a path parameter and a quote', id: `${sessionId};v=1%27%20OR%20%271%27=%271` },
    { what: 'A session id with an encoded NUL', id: `${sessionId}%00` },
  ]
  return [
    // Ids without a prefix say nothing of what they name: such a session and thread may exist.
    ...(prefixOf(sessionId) === prefixOf(threadId)
      ? []
      : [
          {
            what: 'Session and thread exchanged',
            request: { target: pathOf(threadId, sessionId) },
            unless: [...ofSession(t), ...ofThread(t)],
          },
        ]),
    ...threads.filter(({ id }) => id !== threadId).map((one) => asThread(t, one)),
    ...sessions.map((one) => asSession(t, one)),
  ]
}

function malformedOnStreams(t: CheckContext): Case[] {
  const { sessionId, threadId } = t.address
  const withoutPrefix = sessionId.replace(/^[a-z]+_/, '')
  return [
    ...(withoutPrefix === sessionId
      ? []
      : [asSession(t, { what: 'A session id without its prefix', id: withoutPrefix })]),
    asThread(t, { what: 'A thread id with a dot behind it', id: `${threadId}.` }),
    asThread(t, { what: 'A thread id with an encoded backslash', id: `${threadId}%5C` }),
    asThread(t, { what: 'A thread id with an encoded query', id: `${threadId}%3Flimit=1` }),
  ]
}

/** A way to write an id in the path. */
interface Spelling {
  readonly what: string
  readonly id: string
}

interface SpelledCase extends Case {
  readonly request: { readonly target: string }
}

function asThread(t: CheckContext, { what, id }: Spelling): SpelledCase {
  return { what, request: { target: pathOf(t.address.sessionId, id) }, unless: ofThread(t) }
}

function asSession(t: CheckContext, { what, id }: Spelling): SpelledCase {
  return { what, request: { target: pathOf(id, t.address.threadId) }, unless: ofSession(t) }
}

function pathOf(session: string, threadSegment: string): string {
  return `/sessions/${session}/threads/${threadSegment}/events`
}

/** The spellings that streams are asked for with. */
function spelledOnStreams(t: CheckContext): Case[] {
  return [...malformedOnStreams(t), ...inexact(t, 'streamed')]
}

/** A stream opens for a misspelt id where a list is answered: the list is asked for only then. */
async function expectMissingWhereStreamed(
  t: CheckContext,
  one: Case,
  statuses: readonly number[],
): Promise<void> {
  const streamed = await t.ask({ ...one.request, accept: streamAccept })
  if (!isRefused(streamed, statuses)) await followUp(() => expectMissing(t, [one], statuses))
}

/** The streams that are asked for in any case, first: where a stream opens, the list may be answered too. */
async function screenOnStreams(
  t: CheckContext,
  cases: readonly Case[],
  statuses: readonly number[],
): Promise<void> {
  await Promise.all(
    cases.map(({ request }) =>
      t.screen(
        async () => !isRefused(await t.ask({ ...request, accept: streamAccept }), statuses),
        () => t.ask(request),
      ),
    ),
  )
}

/** The stream of a session with a wildcard in its id: one of any session that does not exist opens too. */
async function screenSession(t: CheckContext, unknown: Case | undefined): Promise<void> {
  const near = inexact(t, 'streamed').find(({ of, screensUnknown }) => of === 'session' && screensUnknown)
  if (near === undefined || unknown === undefined) return
  const accept = streamAccept
  await t.screen(
    async () => !isRefused(await t.ask({ ...near.request, accept }), missing),
    () =>
      Promise.all([near.request, unknown.request, { ...unknown.request, accept }].map((one) => t.ask(one))),
  )
}

/**
 * Misspelt ids in other ways than they are asked for one by one: an id that is found is, and so is whatever answers an
 * unknown id in this way.
 */
async function screenSpellings(
  t: CheckContext,
  refined: readonly RefinedCase[],
  query: string,
): Promise<void> {
  const plainOf = { session: unknownSession(t).slice(0, 1), thread: unknownThread(t) }
  const refinedOf = { session: 'NFD-01', thread: 'NFD-02' }
  await Promise.all(
    inexact(t).map(async ({ request, of, screen }) => {
      if (screen === undefined) return
      const others = refined.filter(({ refines }) => refines === refinedOf[of])
      const way =
        screen === 'query'
          ? { target: `${request.target}${query}` }
          : { target: request.target, accept: streamAccept }
      await t.screen(
        // A server that refuses the spelling with 400 causes a few requests more.
        async () => !isRefused(await t.ask(way), missing),
        () =>
          Promise.all(
            [request, ...[...plainOf[of], ...others].map((one) => one.request)].map((one) => t.ask(one)),
          ),
      )
    }),
  )
}

function prefixOf(id: string): string {
  return id.slice(0, id.indexOf('_') + 1)
}

/** A way to misspell an id, and where it belongs to the default run. */
interface Misspelling {
  readonly what: string
  readonly spell: (id: string) => string
  /** The ids that the list is requested with. */
  readonly listed?: readonly IdOfPath[]
  /** The ids that a stream is requested with, and the list only if the stream opens. */
  readonly streamed?: readonly IdOfPath[]
  /** What it is combined with in a run with a budget of requests. */
  readonly screen?: 'query' | 'stream'
  /** Whether a stream with the session id stands for one of an unknown session in a run with a budget of requests. */
  readonly screensUnknown?: true
}

/** A misspelt id. */
interface InexactCase extends SpelledCase, Pick<Misspelling, 'screen' | 'screensUnknown'> {
  readonly of: IdOfPath
}

type IdOfPath = 'thread' | 'session'

const both = ['thread', 'session'] as const

/** Both ids are usually looked up by the same code, so most misspellings concern one of them only. */
const misspellings: readonly Misspelling[] = [
  {
    what: 'in another letter case',
    spell: (id) => percentEncoded(inCapitals(id)),
    listed: both,
    streamed: ['thread'],
    screen: 'stream',
  },
  { what: 'with letter case swapped', spell: (id) => percentEncoded(otherCase(id)) },
  // Some databases ignore spaces at the end of a text and none at its beginning.
  { what: 'with a space behind it', spell: (id) => `${id}%20`, listed: ['thread'], screen: 'query' },
  // In many languages `$` of a regular expression matches before a line break.
  {
    what: 'with a line break behind it',
    spell: (id) => `${id}%0A`,
    listed: ['session'],
    screen: 'query',
  },
  { what: 'with white space around it', spell: (id) => `%20${id}%09` },
  {
    what: 'with fullwidth characters',
    spell: (id) => percentEncoded(fullwidth(id)),
    listed: ['thread'],
    streamed: ['session'],
  },
  // Trimmed by some languages, removed as invisible by others, and ignored by collations.
  { what: 'with a zero-width no-break space behind it', spell: (id) => `${id}%EF%BB%BF`, listed: ['thread'] },
  { what: 'with a zero-width space', spell: (id) => `${id}%E2%80%8B` },
  { what: 'with a soft hyphen', spell: (id) => percentEncoded(id.replace('_', '_\u00ad')) },
  {
    what: 'with a letter that looks alike',
    spell: (id) => percentEncoded(lookAlike(id)),
    streamed: ['thread'],
  },
  { what: 'with a combining accent', spell: (id) => `${id}%CC%81`, listed: ['thread'] },
  { what: 'encoded twice', spell: encodedTwice, listed: ['thread'] },
  // A short id with one character less may be another one's.
  {
    what: 'with one character less',
    spell: (id) => (isShort(id) ? id : id.slice(0, -1)),
    listed: ['thread'],
    streamed: ['session'],
  },
  { what: 'with a plus sign before it', spell: (id) => `+${id}` },
  { what: 'with quotes around it', spell: (id) => `%22${id}%22`, listed: ['thread'] },
  { what: 'in braces', spell: (id) => `%7B${id}%7D`, listed: ['thread'] },
  {
    what: 'with braces behind its prefix',
    spell: (id) => percentEncoded(id.replace(/[^_]*$/, (rest) => `{${rest}}`)),
    streamed: ['session'],
  },
  { what: 'in brackets', spell: (id) => `%5B${id}%5D` },
  // Most ids have no hyphens, or do not count: then these are no further requests.
  { what: 'without its hyphens', spell: (id) => id.replaceAll('-', ''), listed: ['thread'] },
  { what: 'with a zero before its number', spell: zeroBefore, listed: ['thread'] },
  { what: 'with a letter O for a zero', spell: (id) => id.replace(/0(?=[^_]*$)/, 'O') },
  {
    what: 'with a hyphen in place of its underscore',
    spell: (id) => id.replace('_', '-'),
    streamed: ['session'],
  },
  { what: 'without its first half', spell: (id) => id.slice(Math.floor(id.length / 2)) },
  // In LIKE, a wildcard by itself matches no more than one behind the beginning of the id does.
  {
    what: 'ending in a wildcard (%)',
    spell: (id) => `${id.slice(0, -1)}%25`,
    listed: ['thread'],
    streamed: ['session'],
    screensUnknown: true,
  },
  { what: 'ending in a wildcard (*)', spell: (id) => `${id.slice(0, -1)}*` },
  { what: 'ending in a wildcard (_)', spell: (id) => `${id.slice(0, -1)}_` },
  { what: 'ending in a wildcard (.)', spell: (id) => `${id.slice(0, -1)}.`, streamed: ['thread'] },
  { what: 'that is only a wildcard (%)', spell: () => '%25' },
  // Also a name for any session, as in some APIs.
  { what: 'that is only a wildcard (*)', spell: () => '*', listed: ['session'] },
  { what: 'that is only a pattern (.*)', spell: () => '.*' },
]

/** Ids that careless comparison takes for the real ones. */
function inexact(t: CheckContext, way: 'listed' | 'streamed' = 'listed'): InexactCase[] {
  const { sessionId, threadId } = t.address
  const wanted = (one: Misspelling, id: IdOfPath) =>
    (isThorough(t.state) && way === 'listed') || one[way]?.includes(id) === true
  return misspellings.flatMap((one): InexactCase[] => {
    const { screen, screensUnknown } = one
    const more = {
      ...(screen === undefined ? {} : { screen }),
      ...(screensUnknown === undefined ? {} : { screensUnknown }),
    }
    const [thread, session] = [one.spell(threadId), one.spell(sessionId)]
    return [
      ...(thread === threadId || !wanted(one, 'thread')
        ? []
        : [
            {
              ...asThread(t, { what: `A thread id ${one.what}`, id: thread }),
              of: 'thread' as const,
              ...more,
            },
          ]),
      ...(session === sessionId || !wanted(one, 'session')
        ? []
        : [
            {
              ...asSession(t, { what: `A session id ${one.what}`, id: session }),
              of: 'session' as const,
              ...more,
            },
          ]),
    ]
  })
}

// The prefix as it is, since a server may check it by itself; an id without letters behind it has its case there only.
function inCapitals(id: string): string {
  const capitals = id.replace(/[^_]*$/, (rest) => rest.toUpperCase())
  return capitals === id ? otherCase(id) : capitals
}

// Latin letters and their Cyrillic or Greek counterparts.
function lookAlike(id: string): string {
  return id.replace(/[aceos](?=[^_]*$)/, (char) => ({ a: 'а', c: 'с', e: 'е', o: 'ο', s: 'ѕ' })[char] ?? char)
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

function zeroBefore(id: string): string {
  return id.replace(/(?<=^|_)\d+$/, '0$&')
}

function encodedTwice(id: string): string {
  const last = id
    .charCodeAt(id.length - 1)
    .toString(16)
    .toUpperCase()
    .padStart(2, '0')
  return `${id.slice(0, -1)}%25${last}`
}

async function expectMissing(
  t: CheckContext,
  cases: readonly Case[],
  statuses: readonly number[],
): Promise<void> {
  await Promise.all(
    cases.map(async ({ what, request, unless = [] }) => {
      const exchange = await t.ask(request)
      const because = isRefused(exchange, statuses)
        ? []
        : (
            await Promise.all(
              unless.map(async ({ id, request }) => {
                const simpler = await followUp(() => t.ask(request))
                const right = isRefused(simpler, id === 'NFD-04' ? missingOrRefused : missing)
                // That an unknown thread is empty does not explain why this one is not.
                return right || (showsEvents(exchange) && !showsEvents(simpler)) ? [] : [id]
              }),
            )
          ).flat()
      if (isRefused(exchange, statuses)) t.record([exchange.id], undefined)
      else {
        const refused = await whereStreamsAreRefused(t, exchange)
        t.expectRefusal(exchange, statuses, what, [...new Set([...because, ...refused])])
      }
    }),
  )
}

function isRefused(exchange: Exchange, statuses: readonly number[]): boolean {
  const status = exchange.response?.status ?? 0
  // An HTTP server or router may refuse such a path by itself, with the 4xx of its choice.
  const before = statuses.includes(400) && isBeforeRoute(exchange)
  return before || statuses.includes(status)
}

function showsEvents(exchange: Exchange): boolean {
  const page = readPage(exchange)
  return typeof page === 'string' ? (exchange.stream?.frames.length ?? 0) > 0 : page.events.length > 0
}
