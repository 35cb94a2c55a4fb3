import type { HostileServer } from './hostile-server.ts'
import { httpTarget } from './serve.ts'

function redirectTo(status: number, location: (url: string, host: string) => string) {
  return httpTarget((request, response) =>
    response.writeHead(status, { location: location(request.url ?? '/', request.headers.host ?? '') }).end(),
  )
}

const isRedirect = /returned 30\d, a redirect\. Tokens are never sent along a redirect/

/** Targets that send their clients elsewhere. That no token goes along is the canary's test. */
export const redirects: readonly HostileServer[] = [
  {
    name: 'redirect-loop',
    what: 'Redirects every request to itself.',
    serve: () => redirectTo(302, (url) => url),
    expects: { sentence: isRedirect },
  },
  {
    name: 'redirect-to-another-host',
    what: 'Redirects every request to another host.',
    serve: () => redirectTo(307, (url) => `http://localhost.localdomain.invalid${url}`),
    expects: { sentence: isRedirect },
  },
  {
    name: 'redirect-to-a-file',
    what: 'Redirects every request to a file of the client.',
    serve: () => redirectTo(301, () => 'file:///etc/passwd'),
    expects: { sentence: isRedirect },
  },
  {
    name: 'redirect-to-a-script',
    what: 'Redirects every request to a URL that contains a script, line breaks and a token.',
    serve: () =>
      redirectTo(308, (_url, host) => `javascript:alert(document.cookie)//${host}%0d%0aSet-Cookie:x`),
    expects: { sentence: isRedirect },
  },
]
