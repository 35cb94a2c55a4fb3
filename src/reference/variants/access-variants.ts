import { type Denial, invalid, isDenial } from '../behaviour/denial.ts'
import type { Override } from '../behaviour.ts'
import { headerLines, type ServerState } from '../request-context.ts'
import type { Variant } from './variant.ts'

/** Refuses one request in so many with 429, so that a run meets a few. */
function rateLimited(every: number, headers: () => Record<string, string>): Override {
  return (base) => ({
    authenticate(call) {
      if (call.number % every !== every - 1) return base.authenticate(call)
      const message = 'Too many requests.'
      const limited: Denial = {
        denied: true,
        status: 429,
        type: 'rate_limit_error',
        message,
        headers: headers(),
      }
      return limited
    },
  })
}

export const accessVariants: readonly Variant[] = [
  {
    name: 'other-tenants-are-forbidden',
    sentence: "Another tenant's token returns 403 instead of 404.",
    override: (base) => ({
      resolve: (call) =>
        call.identity?.tenant === 'other'
          ? {
              denied: true,
              status: 403,
              type: 'permission_error',
              message: 'The token may not read this session.',
            }
          : base.resolve(call),
    }),
  },
  {
    name: 'several-challenges',
    sentence: 'A 401 names several schemes, on several header lines and with parameters.',
    override: (base) => ({
      errorHeaders(call, denial) {
        const headers = base.errorHeaders(call, denial)
        const challenges = [
          'Bearer realm="threads, and events", error="invalid_token", error_description="expired"',
          'DPoP algs="ES256 RS256", Basic realm="console"',
        ]
        return denial.status === 401 ? { ...headers, 'www-authenticate': challenges } : headers
      },
    }),
  },
  {
    name: 'challenge-of-a-scheme-alone',
    sentence: 'WWW-Authenticate is the single word Bearer.',
    override: (base) => ({
      errorHeaders(call, denial) {
        const headers = base.errorHeaders(call, denial)
        return denial.status === 401 ? { ...headers, 'www-authenticate': 'Bearer' } : headers
      },
    }),
  },
  {
    name: 'origins-refused',
    sentence: 'A request from a page of another origin returns 403.',
    override: (base) => ({
      resolve: (call) =>
        headerLines(call.request, 'origin').length > 0
          ? { denied: true, status: 403, type: 'permission_error', message: 'The origin is not allowed.' }
          : base.resolve(call),
    }),
  },
  {
    name: 'failed-logins-limited',
    sentence: 'After a dozen wrong credentials every eighth one returns 429 instead of 401.',
    override: (base) => {
      const failures = new WeakMap<ServerState, number>()
      return {
        async authenticate(call) {
          const identity = await base.authenticate(call)
          if (!isDenial(identity)) return identity
          const count = (failures.get(call.serverState) ?? 0) + 1
          failures.set(call.serverState, count)
          return count > 12 && count % 8 === 1
            ? { ...identity, status: 429, type: 'rate_limit_error', message: 'Too many failed logins.' }
            : identity
        },
      }
    },
  },
  {
    name: 'rate-limit-in-seconds',
    sentence: 'Some requests return 429 with a Retry-After in seconds.',
    override: rateLimited(190, () => ({ 'retry-after': '1' })),
  },
  {
    name: 'rate-limit-until-a-date',
    sentence: 'Some requests return 429 with a Retry-After date.',
    override: rateLimited(190, () => ({ 'retry-after': new Date(Date.now() + 1_000).toUTCString() })),
  },
  {
    name: 'rate-limit-by-a-gateway',
    sentence: 'Some requests return 429 from a gateway, with an HTML page and without Retry-After.',
    override: (base) => {
      const limited = rateLimited(230, () => ({}))(base)
      return {
        ...limited,
        refuse(call, denial) {
          const reply = base.refuse(call, denial)
          if (denial.status !== 429) return reply
          const headers = { 'content-type': 'text/html' }
          return { ...reply, headers, body: Buffer.from('<h1>Slow down</h1>') }
        },
      }
    },
  },
  {
    name: 'scheme-in-lower-case-refused',
    sentence: 'The scheme is accepted only as Bearer, in this letter case.',
    override: (base) => ({
      credentials: (call) =>
        headerLines(call.request, 'authorization')[0]?.startsWith('Bearer ') === true
          ? base.credentials(call)
          : undefined,
    }),
  },
  {
    name: 'tokens-of-another-form-are-400',
    sentence: 'An Authorization header with characters that no token has returns 400.',
    override: (base) => ({
      authenticate(call) {
        const isForeign = headerLines(call.request, 'authorization').some((line) => /[^\x20-\x7e]/.test(line))
        return isForeign ? invalid('The Authorization header is malformed.') : base.authenticate(call)
      },
    }),
  },
  {
    name: 'invalid-forwarded-headers-refused',
    sentence: 'An X-Forwarded-For without addresses and an X-Forwarded-Host that is not a host return 400.',
    override: (base) => ({
      authenticate(call) {
        const line = (name: string) => headerLines(call.request, name).join()
        const isWrong =
          /[^0-9a-f.:, ]/i.test(line('x-forwarded-for')) || /[ ,]/.test(line('x-forwarded-host'))
        return isWrong ? invalid('A header of a proxy is malformed.') : base.authenticate(call)
      },
    }),
  },
  {
    name: 'local-callers-are-logged',
    sentence: 'Proxy headers are repeated in the response and grant no access.',
    override: (base) => ({
      async finish(call, reply) {
        const right = await base.finish(call, reply)
        const [from = ''] = headerLines(call.request, 'x-forwarded-for')
        return from === '' || from.length > 100
          ? right
          : { ...right, headers: { ...right.headers, 'x-client': from } }
      },
    }),
  },
]
