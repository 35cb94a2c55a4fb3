import type { Override } from '../behaviour.ts'
import type { Variant } from './variant.ts'

/** Answers in place of the API, in text of its own. */
function inFront(when: (path: string) => boolean, status: number, text: string): Override {
  return (base) => ({
    refuse: (call, denial) =>
      when(call.request.path)
        ? { status, headers: { 'content-type': 'text/plain' }, body: Buffer.from(text) }
        : base.refuse(call, denial),
  })
}

/** What an HTTP server or router answers before the code of the API runs. */
export const routerVariants: readonly Variant[] = [
  {
    name: 'router-answers-trailing-slashes',
    sentence: 'A path with a trailing slash returns the router’s 404 in plain text.',
    override: inFront((path) => path.endsWith('/'), 404, '404 page not found\n'),
  },
  {
    name: 'router-answers-encoded-slashes',
    sentence: 'A path with an encoded slash returns the router’s 404 in plain text.',
    override: inFront((path) => /%2f/i.test(path), 404, 'Not Found'),
  },
  {
    name: 'server-answers-invalid-escapes',
    sentence: 'A path with an invalid escape or invalid UTF-8 returns 400 from the HTTP server.',
    override: inFront((path) => !decodes(path), 400, '400 Bad Request'),
  },
  {
    name: 'server-answers-long-requests',
    sentence: 'A request line of more than 2,500 characters returns 414 from the HTTP server.',
    override: (base) => ({
      authenticate: (call) =>
        call.request.path.length + call.request.query.length > 2_500
          ? { denied: true, status: 414, type: 'invalid_request_error', message: 'URI Too Long' }
          : base.authenticate(call),
      ...inFrontOfLongPaths(base),
    }),
  },
  {
    name: 'firewall-refuses-path-parameters',
    sentence: 'A path with a semicolon or an encoded percent sign returns 400 from a firewall in HTML.',
    override: inFront((path) => /;|%25|%3b/i.test(path), 400, '<h1>HTTP Status 400 – Bad Request</h1>'),
  },
  {
    name: 'server-refuses-characters-of-file-systems',
    sentence: 'A path with a character that file systems forbid returns 400 from the HTTP server.',
    override: inFront(
      (path) => /[<>*&:]|%(2a|25|26|3[acef]|5c)/i.test(path),
      400,
      'A potentially dangerous Request.Path value was detected.',
    ),
  },
  {
    name: 'firewall-before-an-api-gateway',
    sentence: 'Quotes, NUL and encoded slashes in the URL return 403 from a firewall in JSON.',
    override: (base) => ({
      finish: (call, reply) =>
        /%27|%00|%2f/i.test(`${call.request.path}?${call.request.query}`)
          ? {
              status: 403,
              headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'ForbiddenException' },
              body: Buffer.from('{"message":"Forbidden"}'),
            }
          : base.finish(call, reply),
    }),
  },
  {
    name: 'server-refuses-long-headers',
    sentence: 'A header of more than 2,000 characters returns 431 from the HTTP server.',
    override: (base) => ({
      finish: (call, reply) =>
        call.request.headers.some(([, value]) => value.length > 2_000)
          ? {
              status: 431,
              headers: { 'content-type': 'text/html' },
              body: Buffer.from('<h1>Request Header Fields Too Large</h1>'),
            }
          : base.finish(call, reply),
    }),
  },
]

const inFrontOfLongPaths: Override = (base) => ({
  refuse: (call, denial) =>
    denial.status === 414
      ? { status: 414, headers: { 'content-type': 'text/html' }, body: Buffer.from('<h1>URI Too Long</h1>') }
      : base.refuse(call, denial),
})

function decodes(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
