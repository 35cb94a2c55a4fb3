import type { Behaviour } from '../behaviour.ts'
import { type Call, headerLines } from '../call.ts'
import type { KnownToken } from '../store/token-table.ts'
import type { Fault } from './fault.ts'

const listAndStream = ['AUT-02', 'AUT-05'] as const
const schemes = ['AUT-03', 'AUT-05'] as const

/** Finds tokens in another way. */
function finding(match: (presented: string, token: KnownToken) => boolean) {
  return (): Partial<Behaviour> => ({
    findToken: (text, tokens) => tokens.find((token) => match(text, token)),
  })
}

/** Also takes the token from elsewhere. */
function alsoFrom(take: (call: Call) => string | undefined) {
  return (base: Behaviour): Partial<Behaviour> => ({
    credentials: (call) => base.credentials(call) ?? take(call),
  })
}

function authorization(call: Call): string {
  return headerLines(call.request, 'authorization')[0] ?? ''
}

export const tokenFaults: readonly Fault[] = [
  {
    name: 'longer-token-accepted',
    sentence: 'A token is accepted when it merely begins with a valid one.',
    violates: [...listAndStream],
    alter: finding((presented, { text }) => presented.startsWith(text)),
  },
  {
    name: 'token-case-ignored',
    sentence: 'Tokens are compared without regard to letter case.',
    violates: [...listAndStream],
    seen: 'A token column with a case-insensitive collation.',
    alter: finding((presented, { text }) => presented.toLowerCase() === text.toLowerCase()),
  },
  {
    name: 'half-a-token-is-enough',
    sentence: 'Only the first half of a token is looked up.',
    violates: [...listAndStream],
    seen: 'Tokens of a public and a secret part, of which the secret is not checked.',
    alter: finding(
      (presented, { text }) =>
        presented.slice(0, Math.floor(text.length / 2)) === text.slice(0, Math.floor(text.length / 2)),
    ),
  },
  {
    name: 'any-token-accepted',
    sentence: 'Any bearer token is accepted.',
    violates: ['AUT-02', 'AUT-05', 'AUT-06', 'SSE-10'],
    alter: (base) => ({ findToken: (text, tokens) => base.findToken(text, tokens) ?? tokens[0] }),
  },
  {
    name: 'expired-tokens-accepted',
    sentence: 'The expiry of a token is not checked.',
    violates: ['AUT-04', 'AUT-05'],
    alter: () => ({ isValid: () => true }),
  },
  {
    name: 'expired-tokens-stream',
    sentence: 'The expiry of a token is not checked when a stream is opened.',
    violates: ['AUT-05'],
    alter: (base) => ({
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
    sentence: 'An expired token gives 403.',
    violates: ['AUT-04', 'AUT-05'],
    alter: (base) => ({
      async authenticate(call) {
        const text = call.behaviour.credentials(call)
        const token = text === undefined ? undefined : base.findToken(text, call.site.tokens.tokens)
        return token?.state === 'expired'
          ? { denied: true, status: 403, type: 'permission_error', message: 'The token has expired.' }
          : base.authenticate(call)
      },
    }),
  },
  {
    name: 'no-header-is-403',
    sentence: 'A request without a token gives 403.',
    violates: ['AUT-01', 'AUT-03', 'AUT-05', 'AUT-06', 'SSE-10'],
    alter: (base) => ({
      async authenticate(call) {
        return call.behaviour.credentials(call) === undefined
          ? { denied: true, status: 403, type: 'permission_error', message: 'A token is required.' }
          : base.authenticate(call)
      },
    }),
  },
  {
    name: 'no-header-is-400',
    sentence: 'A request without an Authorization header gives 400.',
    violates: ['AUT-01', 'AUT-03', 'AUT-05', 'AUT-06', 'SSE-10'],
    seen: 'A required header in a request schema.',
    alter: (base) => ({
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
    name: 'guests-may-read',
    sentence: 'A request without an Authorization header is served.',
    violates: ['AUT-01', 'AUT-03', 'AUT-05', 'AUT-06', 'SSE-10'],
    alter: (base) => ({
      authenticate: (call) =>
        headerLines(call.request, 'authorization').length === 0
          ? { tenant: 'owner' }
          : base.authenticate(call),
    }),
  },
  {
    name: 'streams-without-authentication',
    sentence: 'Streams are not authenticated.',
    violates: ['AUT-05', 'SSE-10', 'ISO-05'],
    seen: 'EventSource cannot set headers, so the check was left out.',
    alter: (base) => ({
      authenticate: (call) =>
        call.behaviour.wantsStream(call, headerLines(call.request, 'accept'))
          ? { tenant: 'owner' }
          : base.authenticate(call),
    }),
  },
  {
    name: 'any-scheme-accepted',
    sentence: 'The scheme before the token is not looked at.',
    violates: [...schemes],
    alter: alsoFrom((call) => authorization(call).split(' ')[1]),
  },
  {
    name: 'bare-token-accepted',
    sentence: 'A token without a scheme is accepted.',
    violates: [...schemes],
    alter: alsoFrom((call) => authorization(call)),
  },
  {
    name: 'basic-accepted',
    sentence: 'The token is accepted as the user name of Basic authentication.',
    violates: [...schemes],
    alter: alsoFrom(
      (call) =>
        Buffer.from(authorization(call).replace(/^Basic /, ''), 'base64')
          .toString()
          .split(':')[0],
    ),
  },
  {
    name: 'x-api-key-accepted',
    sentence: 'The token is accepted in `x-api-key`.',
    violates: [...schemes],
    alter: alsoFrom((call) => headerLines(call.request, 'x-api-key')[0]),
  },
  {
    name: 'token-in-the-query-accepted',
    sentence: 'The token is accepted in the query.',
    violates: [...schemes],
    seen: 'For browsers’ EventSource.',
    alter: alsoFrom((call) => new URLSearchParams(call.request.query).get('access_token') ?? undefined),
  },
  {
    name: 'unknown-thread-before-token',
    sentence: 'Without a token, an unknown thread gives 404: whoever asks learns what exists.',
    violates: ['AUT-06'],
    seen: 'Loading the resource in a middleware before authentication.',
    alter: (base) => ({
      async authenticate(call) {
        const identity = await base.authenticate(call)
        if (!('denied' in identity)) return identity
        const resolved = await base.resolve({ ...call, identity: { tenant: 'owner' } })
        return 'denied' in resolved ? resolved : identity
      },
    }),
  },
  {
    name: 'token-echoed-in-the-message',
    sentence: 'The message of a 401 repeats the token.',
    violates: ['AUT-07'],
    alter: (base) => ({
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
    sentence: 'Every answer repeats the Authorization header in base64, in a debug header.',
    violates: ['AUT-07'],
    alter: (base) => ({
      listHeaders: (call) => ({
        ...base.listHeaders(call),
        'x-debug-auth': Buffer.from(authorization(call)).toString('base64'),
      }),
    }),
  },
  {
    name: 'token-echoed-in-404',
    sentence: 'The message of a 404 shows the headers of the request, URL-encoded.',
    violates: ['AUT-07'],
    alter: (base) => ({
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
    sentence: 'A 401 has no WWW-Authenticate.',
    violates: ['AUT-08'],
    alter: (base) => ({
      errorHeaders(call, denial) {
        const { 'www-authenticate': _, ...headers } = base.errorHeaders(call, denial)
        return headers
      },
    }),
  },
  {
    name: 'other-tenant-sees-everything',
    sentence: 'A token of any tenant reads any session.',
    violates: ['ISO-05'],
    alter: () => ({ findSession: (call, id) => call.site.store.sessions.get(id) }),
  },
  {
    name: 'other-tenant-streams',
    sentence: 'The tenant is checked for lists, not for streams.',
    violates: ['ISO-05'],
    alter: (base) => ({
      findSession: (call, id) =>
        call.behaviour.wantsStream(call, headerLines(call.request, 'accept'))
          ? call.site.store.sessions.get(id)
          : base.findSession(call, id),
    }),
  },
  {
    name: 'other-tenant-is-401',
    sentence: 'A token of another tenant gives 401.',
    violates: ['ISO-05'],
    alter: (base) => ({
      resolve: (call) =>
        call.identity?.tenant === 'other'
          ? {
              denied: true,
              status: 401,
              type: 'authentication_error',
              message: 'No.',
              headers: { 'www-authenticate': 'Bearer' },
            }
          : base.resolve(call),
    }),
  },
]
