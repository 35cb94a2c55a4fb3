import { eventsPath } from '../contract/events-path.ts'
import { type RouteRequest, streamAccept } from '../targets/route-client.ts'

const long = 'x'.repeat(3000)

const nested =
  '?types[0]=a&types[1]=b&type[a][b]=c&order[$ne]=1&before_id[a]=b&__proto__=1&constructor=2&toString=3&=x&type&&'

// Names that every JavaScript object has: a lookup in a plain object finds them.
const inheritedTypes = '?type=__proto__,constructor,toString'
const inheritedCursor = '?after_id=__proto__'

const manyTypes = Array.from({ length: 100 }, () => 'types[]=a').join('&')

/** A server that does not know the brackets or the names ignores them; none of the values is malformed. */
const wellFormed = [
  `?limit[a]=5&order[]=asc&after_id[]=a&after_id[]=b&${manyTypes}`,
  // What ends a text in SQL, and how that is escaped.
  `?type=%27%22%5C%F0%9F%98%80${long}`,
  nested,
]

const longAccept = [long]
const malformedAccept = [',,;q=,\u00e9\u00ff', ...Array.from({ length: 30 }, () => 'application/json')]

const refusable = [
  // What is usually given once: no code expects a list of values.
  '?order=asc&order=desc&after_id=evt_a&after_id=evt_b&limit=1&limit=2&type=,,',
  '?before_id=evt_a&before_id=evt_b&order',
  '?%&type=%zz',
  '?%FF%00=1&type=%FF%E2%82&types[]=%FF&before_id=%FF%FE',
]

const queries = [
  `?limit=${'9'.repeat(400)}`,
  `?after_id=${long}`,
  "?after_id=evt_'%20OR%201=1--",
  '?after_id=%F0%9F%98%80%00',
  ...wellFormed,
  ...refusable,
]

/** A request that is hostile in several ways, and requests with a part of them each. */
export interface HostileTogether {
  readonly request: RouteRequest
  readonly parts: readonly RouteRequest[]
}

/** Requests with a hostile Accept header and a hostile query, and each of the two by itself. */
export function hostileInTwoWays(ids: Parameters<typeof hostileRequests>[0]): HostileTogether[] {
  const path = eventsPath(ids)
  return [
    { target: path + inheritedCursor, accept: longAccept },
    { target: path + inheritedTypes, accept: malformedAccept },
  ].map((request) => ({ request, parts: [{ target: request.target }, { accept: request.accept }] }))
}

/**
 * What no server may refuse before it reads it, together in one request, and what it may refuse in others. All parts are
 * requests of {@link hostileRequests}, apart from an unknown order.
 */
export function hostileTogether(ids: Parameters<typeof hostileRequests>[0]): HostileTogether[] {
  const path = eventsPath(ids)
  const hostile = hostileRequests(ids)
  const withQueries = (some: readonly string[]) => some.map((query) => ({ target: path + query }))
  const resuming = hostile.filter(({ headers = [] }) => headers.some(([name]) => name === 'Last-Event-ID'))
  const withMany = hostile.filter(({ headers = [] }) => headers.some(([name]) => name === 'traceparent'))
  const elsewhere = hostile.filter(({ target = path }) => !target.startsWith(path))
  return [
    {
      request: {
        query: `?limit[a]=5&order[]=asc&types[0]=a&__proto__=1&constructor=2&type=__proto__,constructor,toString,%27%22%5C%F0%9F%98%80${long}&type&=x&after_id=__proto__`,
        accept: [',,;q=,', ...Array.from({ length: 30 }, () => 'application/json')],
        headers: [
          ['Cookie', 'a=b; =; %=%'],
          ['X-Forwarded-For', long],
          ['TE', 'trailers, deflate;q=0.5'],
          ['traceparent', 'nonsense'],
          ['If-None-Match', 'nonsense'],
          ['Accept-Language', 'nonsense;q=x'],
          ['baggage', '=;,'],
          ['Date', 'never'],
          ['Last-Event-ID', ''],
        ],
      },
      parts: [
        ...withQueries(wellFormed),
        ...hostileInTwoWays(ids).map((one) => one.request),
        ...withMany,
        ...resuming,
      ],
    },
    {
      request: {
        query:
          '?%&%FF%00=1&type=%FF%E2%82&order=sideways&order=%00%FF&order=asc&after_id=evt_a&after_id=evt_b&before_id=evt_a&before_id=evt_b&limit=%zz&type[a][b]=c',
        accept: streamAccept,
        headers: [
          ['Last-Event-ID', '\u00e9"\'%00'],
          ['Origin', 'null'],
          ['Range', 'bytes=0-1'],
          ['X-Request-ID', long.slice(0, 300)],
          ['X-Forwarded-Host', 'a b, [::1'],
          ['X-Forwarded-Port', '-1'],
          ['X-Real-IP', 'unknown'],
        ],
      },
      parts: [...withQueries([...refusable, nested, '?order=sideways']), ...resuming, ...withMany],
    },
    // No id is valid, so that nothing is found: the path is only decoded.
    {
      request: { target: '/sessions/%FF%ED%A0%80/threads/%FF%FE%ED%A0%80/events', accept: streamAccept },
      parts: elsewhere,
    },
    // Whichever a server reads first: the path, the query or the header.
    {
      request: {
        target: '/sessions/constructor/threads/__proto__/events?order[$ne]=1&before_id[a]=b&after_id[]=a',
        accept: streamAccept,
        headers: [['Last-Event-ID', '']],
      },
      parts: [...elsewhere, ...resuming],
    },
  ]
}

/** Malformed and hostile requests: a finite table of what every server must survive. All are harmless GETs. */
export function hostileRequests(ids: {
  readonly sessionId: string
  readonly threadId: string
}): RouteRequest[] {
  const path = eventsPath(ids)
  return [
    ...queries.map((query) => ({ target: path + query })),
    ...['?type=%00%FF&type=a', '?after_id=%00'].map((query) => ({
      target: path + query,
      accept: streamAccept,
    })),
    ...hostileInTwoWays(ids).map(({ request }) => request),
    { accept: streamAccept, headers: [['Last-Event-ID', long]] },
    { accept: streamAccept, headers: [['Last-Event-ID', '']], until: (frames) => frames.length > 0 },
    {
      accept: streamAccept,
      headers: [
        ['Last-Event-ID', '\u00e9"\'%00'],
        ['Last-Event-ID', 'evt_a'],
      ],
    },
    {
      headers: [
        ['Range', 'bytes=0-1'],
        ['If-Modified-Since', 'never'],
        ['TE', 'trailers, deflate;q=0.5'],
        ['Accept-Encoding', 'nonsense;q=9'],
        ['X-HTTP-Method-Override', 'GET'],
        ['Cookie', 'a=b; =; %=%; \u00e9=\u00ff'],
        // A server may refuse pages of other origins.
        ['Origin', 'null'],
        ['Referer', 'https://a.example/\u00e9\u00ff'],
        ['Sec-Fetch-Mode', 'navigate'],
        ['Upgrade-Insecure-Requests', '1'],
        ['X-Request-ID', long.slice(0, 300)],
        ['Content-Type', 'text/plain'],
        ['X-Forwarded-For', long],
        ['X-Forwarded-Proto', 'nonsense'],
        ['Forwarded', 'nonsense'],
        ['traceparent', 'nonsense'],
        ['tracestate', '='],
        ['Accept-Language', 'nonsense;q=x'],
        ['Accept-Charset', 'nonsense;q=9'],
        ['If-None-Match', 'nonsense'],
        ['X-Forwarded-Host', 'a b, [::1'],
        ['X-Forwarded-Port', '-1'],
        ['X-Real-IP', 'unknown'],
        ['baggage', '=;,'],
        ['Prefer', 'return=minimal, wait=0'],
        ['Date', 'never'],
      ],
    },
    { target: `/sessions/%FF%ED%A0%80/threads/${ids.threadId}/events`, accept: streamAccept },
    { target: `/sessions/%/threads/%/events` },
    { target: '/sessions/constructor/threads/__proto__/events' },
  ]
}
