import type { HostileServer } from './hostile-server.ts'
import { httpTarget } from './serve.ts'

const tooMany = '{"type":"error","error":{"type":"rate_limit_error","message":"Slow down."}}'

function limited(headers: Readonly<Record<string, string>>) {
  return httpTarget((_request, response) =>
    response.writeHead(429, { 'content-type': 'application/json', ...headers }).end(tooMany),
  )
}

const sentence = /returned 429 for longer than the suite waits/

/** Targets that put their clients off. */
export const rateLimits: readonly HostileServer[] = [
  {
    name: 'limited-for-ever',
    what: 'Always returns 429.',
    serve: () => limited({}),
    expects: { sentence },
  },
  {
    name: 'limited-for-a-day',
    what: 'Returns 429 with a Retry-After of one day.',
    serve: () => limited({ 'retry-after': '86400' }),
    expects: { sentence },
  },
  {
    name: 'limited-for-no-time',
    what: 'Always returns 429, with a Retry-After of zero.',
    serve: () => limited({ 'retry-after': '0' }),
    expects: { sentence },
  },
  {
    name: 'limited-by-a-clock-far-off',
    what: 'Returns 429 with dates from a clock that is decades off.',
    serve: () =>
      limited({ date: 'Thu, 01 Jan 1970 00:00:00 GMT', 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }),
    expects: { sentence },
  },
  {
    name: 'limited-by-nonsense',
    what: 'Returns 429 with an invalid Retry-After.',
    serve: () => limited({ 'retry-after': '99999999999999999999999999999999 or so' }),
    expects: { sentence },
  },
]
