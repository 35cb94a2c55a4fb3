import { isDenial, notFound } from '../../behaviour/denial.ts'
import type { Reply } from '../../behaviour/reply.ts'
import type { Behaviour } from '../../behaviour.ts'
import { headerLines, type RequestContext } from '../../request-context.ts'
import type { Fault } from '../fault.ts'
import { crash } from '../overrides/crash.ts'

/** Changes finished replies for requests that carry a header. */
function whereSent(name: string, change: (reply: Reply) => Reply) {
  return (base: Behaviour): Partial<Behaviour> => ({
    async finish(call, reply) {
      const right = await base.finish(call, reply)
      return right.status === 200 && sent(call, name) ? change(right) : right
    },
  })
}

function sent(call: RequestContext, name: string): boolean {
  return headerLines(call.request, name).some((value) => value !== '')
}

const notModified = ({ headers }: Reply): Reply => ({ status: 304, headers, body: new Uint8Array() })

/** Headers of clients, browsers and proxies that change a list. */
export const requestHeaderFaults: readonly Fault[] = [
  {
    name: 'range-cuts-the-list',
    sentence: 'A Range header returns 200 with the first bytes of the list.',
    violates: ['ENV-02'],
    alsoAffects: ['ENV-01'],
    seen: 'Range support of a static file server around the route, behind a proxy that replaces the status.',
    override: whereSent('range', ({ status, headers, body }) => ({
      status,
      headers,
      body: body.subarray(0, 100),
    })),
  },
  {
    name: 'any-validator-gives-304',
    sentence: 'Any If-None-Match returns 304.',
    violates: ['ENV-01'],
    alsoAffects: ['ENV-02'],
    override: whereSent('if-none-match', notModified),
  },
  {
    name: 'any-date-gives-304',
    sentence: 'Any If-Modified-Since returns 304.',
    violates: ['ENV-01'],
    alsoAffects: ['ENV-02'],
    override: whereSent('if-modified-since', notModified),
  },
  {
    name: 'method-override-without-a-route',
    sentence: 'A request with X-HTTP-Method-Override finds no route.',
    violates: ['ENV-01', 'SSE-01'],
    alsoAffects: ['SSE-04', 'INP-01'],
    override: (base) => ({
      resolve: (call) => (sent(call, 'x-http-method-override') ? notFound('No route.') : base.resolve(call)),
    }),
  },
  {
    name: 'forwarded-requests-crash',
    sentence: 'A Forwarded header returns 500.',
    violates: ['INP-04', 'SSE-01'],
    alsoAffects: ['SSE-04', 'INP-01', 'ENV-01'],
    override: (base) => ({
      resolve(call) {
        if (sent(call, 'forwarded')) throw new Error('crash')
        return base.resolve(call)
      },
    }),
  },
  {
    name: 'cookies-replace-the-token',
    sentence: 'A request with any cookie is authenticated by its session cookie alone.',
    violates: ['ENV-01', 'SSE-01'],
    alsoAffects: ['SSE-04', 'SSE-10', 'AUT-03'],
    seen: 'Session middleware before the bearer token.',
    override: (base) => ({
      credentials: (call) => (sent(call, 'cookie') ? undefined : base.credentials(call)),
    }),
  },
  {
    name: 'gzip-said-and-not-done',
    sentence: 'With Accept-Encoding: gzip, the list claims to be compressed but is not.',
    violates: ['ENV-02'],
    alsoAffects: ['ENV-01'],
    override: (base) => ({
      async list(call) {
        const reply = await base.list(call)
        if (isDenial(reply) || !headerLines(call.request, 'accept-encoding').join().includes('gzip'))
          return reply
        return { ...reply, headers: { ...reply.headers, 'content-encoding': 'gzip' } }
      },
    }),
  },
  {
    name: 'identity-encoding-refused',
    sentence: 'Accept-Encoding: identity returns 406.',
    violates: ['ENV-01'],
    alsoAffects: ['ENV-02'],
    seen: 'A table of encodings that lacks the one without compression.',
    override: (base) => ({
      readQuery: (call) =>
        headerLines(call.request, 'accept-encoding').join() === 'identity'
          ? { denied: true, status: 406, type: 'invalid_request_error', message: 'No such encoding.' }
          : base.readQuery(call),
    }),
  },
  {
    name: 'languages-choose-a-page',
    sentence: 'Browsers, which send Accept-Language, get an HTML page.',
    violates: ['ENV-02'],
    alsoAffects: ['ENV-01'],
    override: whereSent('accept-language', ({ headers }) => ({
      status: 200,
      headers: { ...headers, 'content-type': 'text/html' },
      body: Buffer.from('<!doctype html><title>Events</title>'),
    })),
  },
  {
    name: 'several-forwarded-addresses-crash',
    sentence: 'An X-Forwarded-For with several addresses returns 500.',
    violates: ['INP-04'],
    alsoAffects: ['SSE-01', 'SSE-04', 'INP-01', 'ENV-01'],
    seen: 'A column of type inet.',
    override: crash(({ request }) => headerLines(request, 'x-forwarded-for').join().includes(', ')),
  },
  {
    name: 'json-in-a-cookie-crashes',
    sentence: 'A cookie whose value is JSON returns 500.',
    violates: ['INP-04'],
    alsoAffects: ['SSE-01', 'SSE-04', 'INP-01', 'ENV-01'],
    override: crash(({ request }) => headerLines(request, 'cookie').join().includes('{')),
  },
  {
    name: 'any-language-crashes',
    sentence: 'An Accept-Language with `*` returns 500.',
    violates: ['INP-04'],
    alsoAffects: ['SSE-01', 'SSE-04', 'INP-01', 'ENV-01'],
    seen: 'A table of locales.',
    override: crash(({ request }) => headerLines(request, 'accept-language').join().includes('*')),
  },
]
