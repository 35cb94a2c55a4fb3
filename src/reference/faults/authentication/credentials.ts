import { notFound } from '../../behaviour/denial.ts'
import type { Behaviour } from '../../behaviour.ts'
import { headerLines, type RequestContext } from '../../request-context.ts'
import type { KnownToken } from '../../store/token-table.ts'
import type { Fault } from '../fault.ts'

/** Finds tokens in another way. */
function finding(match: (presented: string, token: KnownToken) => boolean) {
  return (): Partial<Behaviour> => ({
    findToken: (text, tokens) => tokens.find((token) => match(text, token)),
  })
}

/** Also takes the token from elsewhere. */
function alsoFrom(take: (call: RequestContext) => string | undefined) {
  return (base: Behaviour): Partial<Behaviour> => ({
    credentials: (call) => base.credentials(call) ?? take(call),
  })
}

function authorization(call: RequestContext): string {
  return headerLines(call.request, 'authorization')[0] ?? ''
}

export const credentialsFaults: readonly Fault[] = [
  {
    name: 'longer-token-accepted',
    sentence: 'A token that starts with a valid token is accepted.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    override: finding((presented, { text }) => presented.startsWith(text)),
  },
  {
    name: 'token-case-ignored',
    sentence: 'Tokens are compared case-insensitively.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    seen: 'A token column with a case-insensitive collation.',
    override: finding((presented, { text }) => presented.toLowerCase() === text.toLowerCase()),
  },
  {
    name: 'half-token-accepted',
    sentence: 'Only the first half of a token is compared.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05'],
    seen: 'Tokens with a public and a secret part, of which the secret is not checked.',
    override: finding(
      (presented, { text }) =>
        presented.slice(0, Math.floor(text.length / 2)) === text.slice(0, Math.floor(text.length / 2)),
    ),
  },
  {
    name: 'any-token-accepted',
    sentence: 'Any bearer token is accepted.',
    violates: ['AUT-02'],
    alsoAffects: ['AUT-05', 'AUT-06', 'SSE-10'],
    override: (base) => ({ findToken: (text, tokens) => base.findToken(text, tokens) ?? tokens[0] }),
  },
  {
    name: 'expired-tokens-accepted',
    sentence: 'The expiry of a token is not checked.',
    violates: ['AUT-04'],
    alsoAffects: ['AUT-05'],
    override: () => ({ isValid: () => true }),
  },
  {
    name: 'expired-tokens-stream',
    sentence: 'The expiry of a token is not checked when a stream is opened.',
    violates: ['AUT-05'],
    override: (base) => ({
      async authenticate(call) {
        const wantsStream = call.behaviour.wantsStream(call, headerLines(call.request, 'accept'))
        return base.authenticate(
          wantsStream ? { ...call, behaviour: { ...call.behaviour, isValid: () => true } } : call,
        )
      },
    }),
  },
  {
    name: 'expired-token-is-403',
    sentence: 'An expired token returns 403.',
    violates: ['AUT-04'],
    alsoAffects: ['AUT-05'],
    override: (base) => ({
      async authenticate(call) {
        const text = call.behaviour.credentials(call)
        const token = text === undefined ? undefined : base.findToken(text, call.serverState.tokens.tokens)
        return token?.state === 'expired'
          ? { denied: true, status: 403, type: 'permission_error', message: 'The token has expired.' }
          : base.authenticate(call)
      },
    }),
  },
  {
    name: 'no-header-is-403',
    sentence: 'A request without a token returns 403.',
    violates: ['AUT-01'],
    alsoAffects: ['AUT-02', 'AUT-03', 'AUT-05', 'AUT-06', 'SSE-10'],
    override: (base) => ({
      async authenticate(call) {
        return call.behaviour.credentials(call) === undefined
          ? { denied: true, status: 403, type: 'permission_error', message: 'A token is required.' }
          : base.authenticate(call)
      },
    }),
  },
  {
    name: 'no-header-is-400',
    sentence: 'A request without an Authorization header returns 400.',
    violates: ['AUT-01'],
    alsoAffects: ['AUT-03', 'AUT-05', 'AUT-06', 'SSE-10'],
    seen: 'A required header in a request schema.',
    override: (base) => ({
      async authenticate(call) {
        return headerLines(call.request, 'authorization').length === 0
          ? {
              denied: true,
              status: 400,
              type: 'invalid_request_error',
              message: 'Authorization is required.',
            }
          : base.authenticate(call)
      },
    }),
  },
  {
    name: 'no-token-needed-with-a-cursor',
    sentence: 'A request with a cursor is not authenticated.',
    violates: ['AUT-01'],
    seen: 'Cursors that are meant to be signed.',
    override: (base) => ({
      authenticate: (call) =>
        call.request.query.includes('after_id=') && headerLines(call.request, 'authorization').length === 0
          ? { tenant: 'owner' }
          : base.authenticate(call),
    }),
  },
  {
    name: 'missing-credentials-accepted',
    sentence: 'A request without an Authorization header is served.',
    violates: ['AUT-01'],
    alsoAffects: ['AUT-03', 'AUT-05', 'AUT-06', 'SSE-10'],
    override: (base) => ({
      authenticate: (call) =>
        headerLines(call.request, 'authorization').length === 0
          ? { tenant: 'owner' }
          : base.authenticate(call),
    }),
  },
  {
    name: 'streams-without-authentication',
    sentence: 'Streams are not authenticated.',
    violates: ['AUT-05'],
    alsoAffects: ['SSE-10', 'ISO-05'],
    seen: 'EventSource cannot set headers, so authentication was skipped.',
    override: (base) => ({
      authenticate: (call) =>
        call.behaviour.wantsStream(call, headerLines(call.request, 'accept'))
          ? { tenant: 'owner' }
          : base.authenticate(call),
    }),
  },
  {
    name: 'any-scheme-accepted',
    sentence: 'The scheme before the token is ignored.',
    violates: ['AUT-03'],
    alsoAffects: ['AUT-02', 'AUT-05'],
    override: alsoFrom((call) => authorization(call).split(' ')[1]),
  },
  {
    name: 'bare-token-accepted',
    sentence: 'A token without a scheme is accepted.',
    violates: ['AUT-03'],
    alsoAffects: ['AUT-05'],
    override: alsoFrom((call) => authorization(call)),
  },
  {
    name: 'basic-accepted',
    sentence: 'The token is accepted as the user name of Basic authentication.',
    violates: ['AUT-03'],
    alsoAffects: ['AUT-05'],
    override: alsoFrom(
      (call) =>
        Buffer.from(authorization(call).replace(/^Basic /, ''), 'base64')
          .toString()
          .split(':')[0],
    ),
  },
  {
    name: 'basic-password-accepted',
    sentence: 'The token is accepted as the password of Basic authentication.',
    violates: ['AUT-03'],
    override: alsoFrom((call) => {
      const encoded = /^basic +(\S+)$/i.exec(authorization(call))?.[1]
      return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString().split(':')[1]
    }),
  },
  {
    name: 'x-api-key-accepted',
    sentence: 'The token is accepted in `x-api-key`.',
    violates: ['AUT-03'],
    alsoAffects: ['AUT-05'],
    override: alsoFrom((call) => headerLines(call.request, 'x-api-key')[0]),
  },
  {
    name: 'token-in-the-query-accepted',
    sentence: 'The token is accepted in the query.',
    violates: ['AUT-03'],
    alsoAffects: ['AUT-05'],
    seen: 'For browsers’ EventSource.',
    override: alsoFrom((call) => new URLSearchParams(call.request.query).get('access_token') ?? undefined),
  },
  {
    name: 'unknown-thread-before-token',
    sentence: 'Without a token, an unknown thread returns 404, which reveals what exists.',
    violates: ['AUT-06'],
    seen: 'Loading the resource in a middleware before authentication.',
    override: (base) => ({
      async authenticate(call) {
        const identity = await base.authenticate(call)
        if (!('denied' in identity)) return identity
        const resolved = await base.resolve({ ...call, identity: { tenant: 'owner' } })
        return 'denied' in resolved ? resolved : identity
      },
    }),
  },
  {
    name: 'unknown-thread-before-token-on-streams',
    sentence: 'A stream of an unknown thread returns 404 without a token, which reveals what exists.',
    violates: ['AUT-06'],
    seen: 'Streams that look up their channel before authentication.',
    override: (base) => ({
      async authenticate(call) {
        const identity = await base.authenticate(call)
        const isStream = call.behaviour.wantsStream(call, headerLines(call.request, 'accept'))
        if (!isStream || !('denied' in identity)) return identity
        const resolved = await base.resolve({ ...call, identity: { tenant: 'owner' } })
        return 'denied' in resolved ? resolved : identity
      },
    }),
  },
  {
    name: 'token-checked-by-the-sessions-tenant',
    sentence: 'With an unknown token, an unknown session returns 404, which reveals what exists.',
    violates: ['AUT-06'],
    alsoAffects: ['SSE-10'],
    seen: 'Tokens that are verified with the key of the tenant that owns the session.',
    override: (base) => ({
      async authenticate(call) {
        const identity = await base.authenticate(call)
        if (!('denied' in identity) || base.credentials(call) === undefined) return identity
        const id = base.decodeSegment(call.rawIds.session) ?? ''
        return call.serverState.store.sessions.has(id) ? identity : notFound('There is no such session.')
      },
    }),
  },
  {
    name: 'token-echoed-in-the-message',
    sentence: 'The message of a 401 repeats the token.',
    violates: ['AUT-07'],
    override: (base) => ({
      refuse: (call, denial) =>
        base.refuse(
          call,
          denial.status === 401
            ? { ...denial, message: `Invalid token ${authorization(call).split(' ')[1] ?? ''}` }
            : denial,
        ),
    }),
  },
  {
    name: 'token-echoed-in-a-header',
    sentence: 'Every response repeats the Authorization header in base64 in a debug header.',
    violates: ['AUT-07'],
    override: (base) => ({
      listHeaders: (call) => ({
        ...base.listHeaders(call),
        'x-debug-auth': Buffer.from(authorization(call)).toString('base64'),
      }),
    }),
  },
  {
    name: 'token-echoed-in-404',
    sentence: 'The message of a 404 repeats the request headers, URL-encoded.',
    violates: ['AUT-07'],
    override: (base) => ({
      refuse: (call, denial) =>
        base.refuse(
          call,
          denial.status === 404
            ? { ...denial, message: `Not found; ${encodeURIComponent(authorization(call))}` }
            : denial,
        ),
    }),
  },
  {
    name: 'no-challenge',
    sentence: 'A 401 has no WWW-Authenticate header.',
    violates: ['AUT-08'],
    override: (base) => ({
      errorHeaders(call, denial) {
        const { 'www-authenticate': _, ...headers } = base.errorHeaders(call, denial)
        return headers
      },
    }),
  },
  {
    name: 'challenge-only-without-a-token',
    sentence: 'A 401 for an invalid token has no WWW-Authenticate header. A 401 without a token has one.',
    violates: ['AUT-08'],
    seen: 'Frameworks whose bearer scheme sends the challenge, while the code that checks the token raises a plain 401.',
    override: (base) => ({
      errorHeaders(call, denial) {
        const headers = base.errorHeaders(call, denial)
        if (base.credentials(call) === undefined) return headers
        const { 'www-authenticate': _, ...rest } = headers
        return rest
      },
    }),
  },
]
