import type { Exchange } from '../wire/exchange.ts'

/** URLs and header values up to this length must reach the API; what is longer an HTTP server may refuse by itself. */
const longestByRight = 2_000

/** Statuses of a gateway in front of the API. */
const gatewayStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504])

/**
 * Whether an HTTP server or router may have answered before the API's own code ran: the path has invalid
 * percent-encoding, an encoded slash or a trailing slash, or the request is oversized. Any 4xx will do then.
 */
export function mayBypassApi({ request }: Pick<Exchange, 'request'>): boolean {
  const [path = ''] = request.target.split('?')
  return (
    request.target.length > longestByRight ||
    request.headers.some(([, value]) => value.length > longestByRight) ||
    path.endsWith('/') ||
    /%2f/i.test(path) ||
    !isDecodable(path)
  )
}

/** Whether the answer may come from a gateway. It says nothing about the API. */
export function isFromGateway({ response }: Pick<Exchange, 'response'>): boolean {
  return response !== undefined && gatewayStatuses.has(response.status)
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
