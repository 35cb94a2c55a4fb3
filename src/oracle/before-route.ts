import type { Exchange } from '../wire/exchange.ts'

/** Many servers refuse a longer request line or header themselves. */
const longest = 1_024

const invalidPercent = /%(?![\da-f]{2})/i

/**
 * Encoded slashes, backslashes, dots and control characters, and what the path validation of frameworks refuses: path
 * parameters, an encoded percent sign, and characters that some file systems forbid.
 */
const refusedInPaths = /%(2f|5c|2e|[01][\da-f]|7f|25|2a|26|3[abcef]|7c|22)|[;*&:<>|"\\]/i

/**
 * Whether an HTTP server or router may have answered before the code of the route ran (rule 5 of the contract): any
 * 4xx to a path with invalid percent-encoding, a trailing slash or a character that servers refuse before they route the
 * request, and to an oversized request line or header. Such an answer needs no error envelope.
 */
export function isBeforeRoute({ request, response }: Pick<Exchange, 'request' | 'response'>): boolean {
  if (response === undefined || response.status < 400 || response.status > 499) return false
  const [path = '', query = ''] = request.target.split(/\?(.*)/s)
  return (
    invalidPercent.test(request.target) ||
    refusedInPaths.test(path) ||
    /%00/.test(query) ||
    !isUtf8(request.target) ||
    path.endsWith('/') ||
    request.target.length > longest ||
    request.headers.some(([, value]) => value.length > longest)
  )
}

function isUtf8(target: string): boolean {
  try {
    decodeURIComponent(target)
    return true
  } catch {
    return false
  }
}
