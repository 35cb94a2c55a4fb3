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
