import type { HeaderPair } from '../wire/exchange.ts'

/** Headers that clients, browsers and proxies send, and that change nothing about the answer. */
export interface ClientHeaders {
  readonly what: string
  readonly headers: readonly HeaderPair[]
}

const browser: readonly HeaderPair[] = [
  ['Accept-Encoding', 'gzip, deflate, br'],
  ['Accept-Language', 'de-DE,de;q=0.9,en;q=0.8,*;q=0.5'],
  ['Cache-Control', 'no-cache'],
  ['Pragma', 'no-cache'],
  ['Cookie', 'theme=dark; _ga=GA1.1.1.1; empty=; prefs={"a":"b%20c"}; quoted="d e"'],
  ['DNT', '1'],
  ['Sec-Fetch-Dest', 'empty'],
  ['Sec-Fetch-Mode', 'cors'],
  ['Sec-Fetch-Site', 'same-origin'],
  ['If-None-Match', '"no-such-validator"'],
  ['If-Modified-Since', 'Sat, 01 Jan 2000 00:00:00 GMT'],
  ['Range', 'bytes=0-99'],
  ['Priority', 'u=1, i'],
  ['Save-Data', 'on'],
  ['Sec-CH-UA', '"Chromium";v="130", "Not?A_Brand";v="99"'],
  ['X-Requested-With', 'XMLHttpRequest'],
]

const proxy: readonly HeaderPair[] = [
  ['Via', '1.1 proxy.example'],
  ['X-Forwarded-For', '127.0.0.1, ::1'],
  ['X-Forwarded-Proto', 'https'],
  ['X-Forwarded-Port', '443'],
  ['X-Real-IP', '127.0.0.1'],
  ['Forwarded', 'for=127.0.0.1;proto=https'],
  ['X-HTTP-Method-Override', 'GET'],
  ['X-Request-ID', 'conformance'],
  ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
  ['tracestate', 'vendor=1'],
  ['baggage', 'user=1;private,region=eu'],
  ['TE', 'trailers'],
  // Programs that cannot decompress say so.
  ['Accept-Encoding', 'identity'],
  ['Content-Type', 'application/json'],
]

/** Headers for which some servers need no credential. */
export const trustedHeaders: readonly HeaderPair[] = [
  ...proxy.filter(([name]) => /^(X-Forwarded-|X-Real-IP|Forwarded)/i.test(name)),
  ['X-Forwarded-User', 'admin'],
  ['X-Forwarded-Email', 'admin@example.com'],
  ['X-Remote-User', 'admin'],
  ['X-Authenticated-User', 'admin'],
  ['X-Consumer-Username', 'admin'],
  ['X-User-Id', '1'],
  ['X-Client-IP', '127.0.0.1'],
  ['True-Client-IP', '127.0.0.1'],
  ['CF-Connecting-IP', '127.0.0.1'],
  // Sent by scripts of the same origin, and by internal tools.
  ['X-Requested-With', 'XMLHttpRequest'],
  ['Origin', 'http://localhost'],
  ['Referer', 'http://localhost/'],
  ['Sec-Fetch-Site', 'same-origin'],
  ['X-Internal-Request', 'true'],
  ['X-Debug', '1'],
  ['Access-Control-Request-Method', 'GET'],
]

/** As a browser sends them: none of the validators matches, and a Range is no promise of a part. */
export const browserHeaders: ClientHeaders = { what: 'browser', headers: browser }

/** As a proxy adds them to what it passes on. */
export const proxyHeaders: ClientHeaders = { what: 'proxy', headers: proxy }

/** What reaches a server from a browser, with the headers that a proxy adds. */
export const browserBehindProxy: readonly HeaderPair[] = [...browser, ...uncompressed(proxyHeaders)]

/** Each header by itself, with further spellings of some. */
export const singleHeaders: readonly ClientHeaders[] = [
  ...browser,
  ...proxy,
  ['Accept-Encoding', 'gzip'] as const,
  ['Accept-Encoding', 'br;q=1.0, gzip;q=0.8, *;q=0.1'] as const,
  ['Accept-Encoding', '*'] as const,
  ['Accept-Encoding', ''] as const,
  ['Range', 'items=0-1'] as const,
  ['If-None-Match', 'W/"0"'] as const,
  ['If-Range', '"no-such-validator"'] as const,
  ['Accept-Charset', 'utf-8, iso-8859-1;q=0.5'] as const,
  ['Accept-Language', '*'] as const,
  ['X-Forwarded-For', '127.0.0.1'] as const,
  ['Content-Length', '0'] as const,
  ['X-HTTP-Method', 'GET'] as const,
  ['X-Method-Override', 'GET'] as const,
].map((header) => ({ what: header.join(': '), headers: [header] }))

/** Without Accept-Encoding: what compression does to a stream is judged by itself. */
export function uncompressed({ headers }: ClientHeaders): HeaderPair[] {
  return headers.filter(([name]) => name !== 'Accept-Encoding')
}
