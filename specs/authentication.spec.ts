import type { Feature } from '../src/capabilities/request-features.ts'
import type { RequirementId } from '../src/contract/catalogue.ts'
import { percentEncoded } from '../src/contract/percent-encoded.ts'
import { judgeChallenge, judgeEcho } from '../src/oracle/authentication/authentication.ts'
import { fitsHeader } from '../src/oracle/pagination/list-query.ts'
import type { CheckContext } from '../src/spec-dsl/check-context.ts'
import { trustedHeaders } from '../src/spec-dsl/client-headers.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { isThorough } from '../src/spec-dsl/is-thorough.ts'
import { collect } from '../src/spec-dsl/over-history.ts'
import { whereStreamsAreRefused } from '../src/spec-dsl/refused-streams.ts'
import { check, overHistory } from '../src/spec-dsl/spec-items.ts'
import {
  furtherInvalidTokens,
  type InvalidToken,
  invalidTokens,
  wildcardTokens,
} from '../src/targets/invalid-tokens.ts'
import { address, expiredToken } from '../src/targets/preconditions.ts'
import { followUp } from '../src/targets/request-attribution.ts'
import type { RouteRequest } from '../src/targets/route-client.ts'
import { streamAccept } from '../src/targets/route-client.ts'
import { unknownIdFor } from '../src/targets/unknown-ids.ts'
import { unknownToken } from '../src/wire/derived-tokens.ts'
import type { Exchange } from '../src/wire/exchange.ts'

/**
 * A request that must not be let in, and simpler ones that explain it where they are let in too. Wrong credentials may lock
 * an account or an address: a run sends 30 at the most. A stream is therefore asked for with some of them, each of another
 * kind.
 */
interface Case extends Pick<InvalidToken, 'onStream' | 'screen' | 'likeWildcard'> {
  readonly what: string
  readonly request: RouteRequest
  readonly unless?: readonly Simpler[]
}

interface Simpler {
  readonly id: RequirementId
  readonly request: RouteRequest
}

export default defineSpec('authentication', [
  check(
    'AUT-01',
    'A request without any credential is answered with 401 `authentication_error`.',
    { needs: [address] },
    async (t) => {
      await Promise.all([
        expectUnauthenticated(t, [noHeader]),
        withFurther(t).then((cases) => expectUnauthenticated(t, cases, 1)),
      ])
    },
  ),

  check(
    'AUT-02',
    'An unknown token is answered with 401: also the valid token with one character more, less, changed or in other case, with further words behind it, and patterns such as `%` and `*`.',
    { needs: [address] },
    async (t) => {
      await requireAcceptedToken(t)
      const cases = tokenCases(t)
      await Promise.all([
        expectUnauthenticated(t, cases),
        expectOtherwiseUnauthenticated(t, [...otherTokens(t), onStream(secondToken(t))]),
        expectNotAccepted(t, [further(t, 'padded'), further(t, 'long')]),
        screenStream(t, cases),
        screenUnknownSession(t, cases),
        screenWildcard(t, cases),
      ])
    },
  ),

  check(
    'AUT-03',
    'None of these authenticates, each is answered with 401: the token under another scheme (`Basic`, `Token`, `NotBearer`) or none, an empty token, the token in `x-api-key`, in a cookie, or in the query as `token`, `access_token`, `api_key`, `x-api-key` or `authorization`.',
    { needs: [address] },
    async (t) => {
      await requireAcceptedToken(t)
      const cases = schemeCases(t)
      await Promise.all([
        expectUnauthenticated(t, cases),
        expectOtherwiseUnauthenticated(t, otherSchemes(t)),
        screenElsewhere(t, cases),
        screenSchemes(t, cases),
      ])
    },
  ),

  check('AUT-04', 'An expired token is answered with 401.', { needs: [address, expiredToken] }, async (t) => {
    await Promise.all([expectUnauthenticated(t, expiredCases(t)), screenOnStreams(t, resumingExpired(t))])
  }),

  check(
    'AUT-05',
    'AUT-01 to AUT-04 hold under `Accept: text/event-stream`.',
    { needs: [address] },
    async (t) => {
      await requireAcceptedToken(t)
      const tokens = [...tokenCases(t).filter(({ onStream }) => onStream), secondToken(t)]
      const judge = (id: RequirementId, cases: readonly Case[]) =>
        expectUnauthenticated(t, askedOnStreams(id, cases), placeOnStreams(id))
      const resuming = resumingWithoutHeader(t)
      await Promise.all([
        noHeaderOnStreams(t, resuming).then((cases) => judge('AUT-01', cases)),
        judge('AUT-02', tokens),
        elsewhereOnStreams(t).then((cases) => judge('AUT-03', cases)),
        expiredOnStreams(t).then((cases) => judge('AUT-04', cases)),
        screenElsewhere(t, [
          ...askedOnStreams('AUT-01', resuming === undefined ? [] : [resuming]),
          ...askedOnStreams('AUT-03', tokenElsewhere(t)),
        ]),
      ])
    },
  ),

  check(
    'AUT-06',
    'Without valid credentials the answer is 401 whether or not the session or thread exists.',
    { needs: [address] },
    async (t) => {
      const noCredential = { authorization: null }
      const cases: readonly Case[] = [
        {
          what: 'No Authorization header, an unknown session',
          request: { ...unknownSession(t), ...noCredential },
          unless: [withoutCredential],
        },
        ...[...otherTokens(t), ...otherSchemes(t)].map(({ id, one, where, way }) => ({
          what: `${one.what}, ${where}`,
          request: { ...one.request, ...way },
          unless: [{ id, request: one.request }, withoutCredential],
        })),
        {
          what: 'No Authorization header, a known session and thread',
          request: noCredential,
          unless: [withoutCredential],
        },
        {
          what: 'An unknown token, a known session and thread',
          request: unknownBearer.request,
          unless: [unknownBearer],
        },
      ]
      const streamed = { ...noHeader.request, accept: streamAccept }
      const onStream: Case = {
        what: 'No Authorization header, an unknown session, Accept: text/event-stream',
        request: streamOfUnknownSession(t),
        unless: [withoutCredential, { id: 'AUT-05', request: streamed }],
      }
      await expectUnauthenticated(t, [...cases, onStream])
    },
  ),

  overHistory(
    'AUT-07',
    'No response repeats the token that the request carried.',
    { missing: 'a response', provide: 'See INP-04 first.' },
    ({ exchanges }) => collect(exchanges.map(judgeEcho)),
  ),

  overHistory(
    'AUT-08',
    'A 401 carries `WWW-Authenticate`.',
    { missing: 'a response with status 401', provide: 'See AUT-01 first.', blockedBy: ['AUT-01', 'AUT-02'] },
    ({ exchanges }) => collect(exchanges.map(judgeChallenge)),
  ),
])

const noHeader: Case = { what: 'No Authorization header', request: { authorization: null } }
/** With what a server may act on before it looks for a credential. All of it is valid: no 400 comes first. */
function withQuery(t: CheckContext): string {
  const cursor = t.state.thread?.events[0]?.id
  const names: (readonly [Feature, string])[] = [
    ['limit', '?limit=5'],
    ['order', '?order=desc'],
    ['type', '?type=agent.message'],
  ]
  if (cursor !== undefined) names.push(['after_id', `?after_id=${percentEncoded(cursor)}`])
  // A server may refuse what it does not know before anything else.
  const working = names.filter(([feature]) => !t.isUnusable(feature)).map(([, query]) => query)
  return `?${t
    .offered(working)
    .map((one) => one.slice(1))
    .join('&')}`
}

/** What else a server may take for a sign of trust: all of it together, and each by itself only if that is let in. */
async function withFurther(t: CheckContext): Promise<Case[]> {
  const further = [
    { words: withQuery(t), request: { query: withQuery(t) } },
    { words: 'headers that some servers trust', request: { headers: trustedHeaders } },
  ]
  const cases = [
    ...further,
    {
      words: further.map(({ words }) => words).join(' and '),
      request: { query: withQuery(t), headers: trustedHeaders },
    },
  ].map(({ words, request }) => ({
    what: `No Authorization header, ${words}`,
    request: { authorization: null, ...request },
    unless: [withoutCredential],
  }))
  const { response } = await t.ask({ authorization: null, query: withQuery(t), headers: trustedHeaders })
  const status = response?.status ?? 0
  if (status === 401) return cases.slice(-1)
  // A firewall may refuse such headers with another status.
  return status < 400 ? cases : cases.slice(0, 1)
}

/** A credential that is sent in another request than the others, and in a plain one only if it is accepted there. */
interface OtherwiseSent {
  readonly id: RequirementId
  readonly one: Case
  readonly where: string
  readonly way: Pick<RouteRequest, 'sessionId' | 'threadId' | 'accept'>
}

function onStream(one: Case): OtherwiseSent {
  return { id: 'AUT-02', one, where: `Accept: ${streamAccept}`, way: { accept: streamAccept } }
}

/** Each further request would be another wrong credential. */
function otherTokens(t: CheckContext): OtherwiseSent[] {
  return [
    { id: 'AUT-02', one: further(t, 'undefined'), where: 'an unknown session', way: unknownSession(t) },
    { id: 'AUT-02', one: further(t, 'encoded'), where: 'an unknown thread', way: unknownThread(t) },
  ]
}

function otherSchemes(t: CheckContext): OtherwiseSent[] {
  const { active } = t.state.tokens
  const schemes = [
    {
      what: 'The token under Bearer with a colon',
      authorization: furtherSchemes['Bearer with a colon'](active),
    },
    { what: 'The token itself under Basic', authorization: `Basic ${active}` },
  ]
  return schemes.map(({ what, authorization }) => ({
    id: 'AUT-03',
    one: { what, request: { authorization }, unless: [withoutCredential, unknownBearer] },
    where: 'an unknown thread',
    way: unknownThread(t),
  }))
}

function unknownThread(t: CheckContext): Pick<RouteRequest, 'threadId'> {
  return { threadId: unknownIdFor(t.state, t.address.threadId) }
}

function unknownSession(t: CheckContext): Pick<RouteRequest, 'sessionId'> {
  return { sessionId: unknownIdFor(t.state, t.address.sessionId) }
}

function further(t: CheckContext, which: keyof ReturnType<typeof furtherInvalidTokens>): Case {
  return withToken(t, furtherInvalidTokens(t.state.tokens.active)[which])
}

/** Where any word of the header is taken for the token, the scheme is ignored too. */
function secondToken(t: CheckContext): Case {
  const request = { authorization: `NotBearer ${t.state.tokens.active}` }
  return { ...further(t, 'second'), unless: [{ id: 'AUT-03', request }] }
}

function withToken(t: CheckContext, { what, name, token, ...more }: InvalidToken): Case {
  if (name !== undefined) t.routeClient.hide(name, token)
  return { what: `Bearer with ${what}`, request: { authorization: `Bearer ${token}` }, ...more }
}

/** Whether a credential is accepted for the known thread too, where another request with it is not refused. */
async function expectOtherwiseUnauthenticated(
  t: CheckContext,
  sent: readonly OtherwiseSent[],
): Promise<void> {
  await Promise.all(
    sent.map(async ({ one, way }) => {
      if (!isRefused(await t.ask({ ...one.request, ...way })))
        await followUp(() => expectUnauthenticated(t, [one]))
    }),
  )
}

/** A server may refuse these before it reads the credential: with any 4xx. */
async function expectNotAccepted(t: CheckContext, cases: readonly Case[]): Promise<void> {
  await Promise.all(
    cases.map(async ({ what, request }) => {
      const exchange = await t.ask(request)
      if ((exchange.response?.status ?? 500) < 400)
        t.expectRefusal(exchange, [401], what, await brokenBy(t, [unknownBearer], exchange))
    }),
  )
}

const withoutCredential: Simpler = { id: 'AUT-01', request: noHeader.request }
const unknownBearer: Simpler = { id: 'AUT-02', request: { authorization: `Bearer ${unknownToken}` } }

/** The cases as streams, explained by the same requests for lists. */
function askedOnStreams(id: RequirementId, cases: readonly Case[]): Case[] {
  return cases.map(({ what, request, unless = [] }) => ({
    what: `${what}, Accept: text/event-stream`,
    request: { ...request, accept: streamAccept },
    unless: [{ id, request }, ...unless],
  }))
}

/** The place of the cases of a requirement among those of AUT-05, each of which is judged once it is answered. */
function placeOnStreams(id: RequirementId): number {
  const casesOfOne = 100
  return ['AUT-01', 'AUT-02', 'AUT-03', 'AUT-04'].indexOf(id) * casesOfOne
}

function resumingWithoutHeader(t: CheckContext): Case | undefined {
  const cursor = t.state.thread?.events.find(({ id }) => fitsHeader(id))
  if (cursor === undefined) return undefined
  return {
    what: `${noHeader.what}, Last-Event-ID`,
    request: { ...noHeader.request, headers: [['Last-Event-ID', cursor.id]] },
    unless: [withoutCredential],
  }
}

/** A stream without a credential that resumes, and one that does not if that opens. */
async function noHeaderOnStreams(t: CheckContext, resuming: Case | undefined): Promise<Case[]> {
  if (resuming === undefined) return [noHeader]
  const isOpen = !isRefused(await t.ask({ ...resuming.request, accept: streamAccept }))
  return isOpen ? [noHeader, resuming] : [resuming]
}

/** A resumed stream with an expired token, and a whole one only if the resumed one opens. */
async function expiredOnStreams(t: CheckContext): Promise<Case[]> {
  const resuming = resumingExpired(t)
  const answers = await Promise.all(
    resuming.map(({ request }) => t.ask({ ...request, accept: streamAccept })),
  )
  return answers.every(isRefused) ? resuming : [...expiredCases(t), ...resuming]
}

/** An expired token with a Last-Event-ID, where one can be sent. */
function resumingExpired(t: CheckContext): Case[] {
  const cursor = t.state.thread?.events.find(({ id }) => fitsHeader(id))
  if (cursor === undefined) return expiredCases(t)
  return expiredCases(t).map((one) => ({
    ...one,
    what: `${one.what}, Last-Event-ID`,
    request: { ...one.request, headers: [['Last-Event-ID', cursor.id]] },
  }))
}

/** The token where browsers send it with an EventSource. */
function tokenElsewhere(t: CheckContext): Case[] {
  return schemeCases(t).filter(({ onStream }) => onStream)
}

/** The token in the query and in a cookie: in one stream, and in a stream each only if that opens. */
async function elsewhereOnStreams(t: CheckContext): Promise<Case[]> {
  const each = tokenElsewhere(t)
  const together: Case = {
    what: 'The token in the query and in a cookie',
    request: {
      authorization: null,
      headers: each.flatMap(({ request: { headers = [] } }) => headers),
      query: each.map(({ request: { query = '' } }) => query).join(''),
    },
    unless: [withoutCredential],
  }
  const isOpen = !isRefused(await t.ask({ ...together.request, accept: streamAccept }))
  return isOpen ? [...each, together] : [together]
}

/** A wrong token is one only where the right one is let in. */
async function requireAcceptedToken(t: CheckContext): Promise<void> {
  const { response } = await t.ask({})
  // Another 2xx lets the token in as well.
  if (response !== undefined && response.status >= 200 && response.status < 300) return
  const got = response === undefined ? 'no response' : `status ${response.status}`
  t.missing(
    `a list that the token is accepted for (${got})`,
    'See ENV-01: fix the basic list response first.',
    ['ENV-01', 'INP-04', 'NFD-01'],
  )
}

function tokenCases(t: CheckContext): Case[] {
  const { seed } = t.state.controlAccess
  return invalidTokens(t.state.tokens.active, isThorough(t.state) ? seed : 0).map((one) => withToken(t, one))
}

function schemeCases(t: CheckContext): Case[] {
  const { active } = t.state.tokens
  const basic = Buffer.from(`${active}:${active}`).toString('base64')
  t.routeClient.hide('TOKEN_AS_BASIC', basic)
  const encoded = encodeURIComponent(active)
  // All names in one request: each further one would be another wrong credential.
  const query = ['token', 'access_token', 'api_key', 'x-api-key', 'authorization']
    .map((name) => `${name}=${name === 'authorization' ? 'Bearer%20' : ''}${encoded}`)
    .join('&')
  const others = ['Token', 'Digest', 'Bearer without a space', 'Bearer twice', 'Bearer with a colon'] as const
  const further = others[isThorough(t.state) ? t.state.controlAccess.seed % others.length : 0] ?? 'Token'
  const schemes = [
    { what: 'The token under Basic', authorization: `Basic ${basic}` },
    { what: `The token under ${further}`, authorization: furtherSchemes[further](active) },
    { what: 'The token under NotBearer', authorization: `NotBearer ${active}` },
    { what: 'The token without a scheme', authorization: active },
    // With a space behind it, the same header after parsing.
    { what: 'Bearer without a token', authorization: 'Bearer' },
  ]
  const elsewhere: readonly Omit<Case, 'unless'>[] = [
    { what: 'The token in x-api-key', request: { authorization: null, headers: [['x-api-key', active]] } },
    {
      what: 'The token in a cookie',
      // Browsers send no other credential with an EventSource.
      onStream: true,
      request: {
        authorization: null,
        headers: [
          [
            'Cookie',
            ['token', 'access_token', 'session', 'auth', 'jwt', 'pat', 'api_key', 'authorization']
              .map((name) => `${name}=${active}`)
              .join('; '),
          ],
        ],
      },
    },
    {
      what: 'The token in the query',
      onStream: true,
      request: { authorization: null, query: `?${query}` },
    },
  ]
  return [
    ...schemes.map(({ what, authorization }) => ({
      what,
      request: { authorization },
      unless: [withoutCredential, unknownBearer],
    })),
    ...elsewhere.map((one) => ({ ...one, unless: [withoutCredential] })),
  ]
}

function expiredCases(t: CheckContext): Case[] {
  const { expired } = t.state.tokens
  if (expired === undefined) return []
  return [
    {
      what: 'An expired token',
      request: { authorization: `Bearer ${expired}` },
      unless: [unknownBearer],
    },
  ]
}

/** A run asks with one of these, thorough runs with each in turn. */
const furtherSchemes = {
  Token: (token: string) => `Token ${token}`,
  Digest: (token: string) => `Digest ${token}`,
  'Bearer without a space': (token: string) => `Bearer${token}`,
  'Bearer twice': (token: string) => `Bearer Bearer ${token}`,
  'Bearer with a colon': (token: string) => `Bearer: ${token}`,
} as const

/** Judges each case once it is answered. The simplest comes first, since the first finding represents the others. */
async function expectUnauthenticated(t: CheckContext, cases: readonly Case[], from = 0): Promise<void> {
  await Promise.all(
    cases.map(async ({ what, request, unless = [] }, at) => {
      const exchange = await t.ask(request)
      if (await isRefusedForItsQuery(t, request, exchange)) return
      const because = isRefused(exchange)
        ? []
        : [...(await brokenBy(t, unless, exchange)), ...(await whereStreamsAreRefused(t, exchange))]
      t.expectRefusal(exchange, [401], what, because, from + at)
    }),
  )
}

// A router that does not know the query answers 404 before it looks for a credential.
async function isRefusedForItsQuery(
  t: CheckContext,
  { query, accept }: RouteRequest,
  { response }: Exchange,
): Promise<boolean> {
  if (query === undefined || response?.status !== 404) return false
  const accepted = await followUp(() => t.ask({ query, ...(accept === undefined ? {} : { accept }) }))
  return accepted.response?.status === 404
}

/** One request with the token everywhere but in the Authorization header. */
async function screenElsewhere(t: CheckContext, cases: readonly Case[]): Promise<void> {
  const elsewhere = cases.flatMap(({ request }) =>
    request.authorization === null && (request.headers ?? request.query) !== undefined ? [request] : [],
  )
  const [first] = elsewhere
  if (first === undefined || elsewhere.length < 2) return
  const all = {
    ...first,
    headers: elsewhere.flatMap(({ headers = [] }) => headers),
    query: elsewhere.map(({ query = '' }) => query).join(''),
  }
  await t.screen(
    async () => !isRefused(await t.ask(all)),
    () => Promise.all(elsewhere.map((request) => t.ask(request))),
  )
}

/** The streams that are asked for in any case, first: a credential that a stream accepts may open lists too. */
async function screenOnStreams(t: CheckContext, cases: readonly Case[]): Promise<void> {
  await Promise.all(
    cases.map(({ request }) =>
      t.screen(
        async () => !isRefused(await t.ask({ ...request, accept: streamAccept })),
        () => t.ask(request),
      ),
    ),
  )
}

/** A stream with a token that is nearly right: one that accepts any token opens too. */
async function screenStream(t: CheckContext, cases: readonly Case[]): Promise<void> {
  const near = cases.filter(({ screen }) => screen === 'stream')
  const unknown = cases.filter(({ onStream }) => onStream)
  const plain = [...near, ...unknown].map(({ request }) => request)
  await Promise.all(
    near.map(({ request }) =>
      t.screen(
        async () => !isRefused(await t.ask({ ...request, accept: streamAccept })),
        () =>
          Promise.all(
            [...plain, ...unknown.map((one) => ({ ...one.request, accept: streamAccept }))].map((one) =>
              t.ask(one),
            ),
          ),
      ),
    ),
  )
}

/**
 * Requests for a session that does not exist, with tokens that some servers take for the right one: whether the token is
 * let in, or the session looked up before it, the answer is not 401.
 */
async function screenUnknownSession(t: CheckContext, cases: readonly Case[]): Promise<void> {
  const stream = streamOfUnknownSession(t)
  const { sessionId } = stream
  const unknown = { sessionId, authorization: `Bearer ${unknownToken}` }
  const missing = { sessionId, authorization: null }
  const ways = {
    'unknown-stream': {
      way: { sessionId, accept: streamAccept },
      plain: [unknown, missing, stream, { ...noHeader.request, accept: streamAccept }],
    },
    'unknown-list': { way: { sessionId }, plain: [unknown, missing] },
  }
  await Promise.all(
    cases.map(async ({ request, screen }) => {
      if (screen === undefined || screen === 'stream') return
      const { way, plain } = ways[screen]
      await t.screen(
        async () => !isRefused(await t.ask({ ...way, ...request })),
        () => Promise.all([request, ...plain].map((one) => t.ask(one))),
      )
    }),
  )
}

/**
 * The token with a wildcard for its first character: the same token for a server that ignores this one, or matches
 * patterns. One with a wildcard at its end is sent beside other requests (NEG-05).
 */
async function screenWildcard(t: CheckContext, cases: readonly Case[]): Promise<void> {
  const { begins } = wildcardTokens(t.state.tokens.active)
  t.routeClient.hide('TOKEN_BEGINS_WITH_WILDCARD', begins)
  const plain = cases.filter(({ likeWildcard }) => likeWildcard)
  await t.screen(
    async () => !isRefused(await t.ask({ authorization: `Bearer ${begins}` })),
    () => Promise.all(plain.map(({ request }) => t.ask(request))),
  )
}

/** The token under two other schemes, with `Bearer` in the middle of the header. */
async function screenSchemes(t: CheckContext, cases: readonly Case[]): Promise<void> {
  const { active } = t.state.tokens
  const schemes = cases.flatMap(({ request }) => (typeof request.authorization === 'string' ? [request] : []))
  const [basic] = schemes
  if (basic === undefined) return
  const authorization = `${basic.authorization} NotBearer ${active}`
  await t.screen(
    async () => !isRefused(await t.ask({ authorization })),
    () => Promise.all(schemes.map((request) => t.ask(request))),
  )
}

function streamOfUnknownSession(t: CheckContext): RouteRequest {
  const sessionId = unknownIdFor(t.state, t.address.sessionId)
  return { authorization: null, accept: streamAccept, sessionId }
}

/**
 * The requirements whose simpler requests explain a response. One that is refused with another status than 401 does not
 * explain why this one is accepted.
 */
async function brokenBy(
  t: CheckContext,
  simpler: readonly Simpler[],
  exchange: Exchange,
): Promise<RequirementId[]> {
  const broken = await Promise.all(
    simpler.map(async ({ id, request }) => {
      const other = await followUp(() => t.ask(request))
      return isRefused(other) || (isAccepted(exchange) && isClientError(other)) ? [] : [id]
    }),
  )
  return [...new Set(broken.flat())]
}

function isAccepted({ response }: Exchange): boolean {
  return response !== undefined && response.status >= 200 && response.status < 300
}

function isClientError({ response }: Exchange): boolean {
  return response !== undefined && response.status >= 400 && response.status < 500
}

function isRefused({ response }: Exchange): boolean {
  return response?.status === 401
}
