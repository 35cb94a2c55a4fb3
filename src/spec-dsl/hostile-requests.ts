import { eventsPath } from '../contract/events-path.ts'
import { type RouteRequest, streamAccept } from '../targets/route-client.ts'

const long = 'x'.repeat(3000)

const queries = [
  `?limit=${'9'.repeat(400)}`,
  `?after_id=${long}`,
  "?after_id=evt_'%20OR%201=1--",
  '?after_id=%F0%9F%98%80%00',
  '?limit[a]=5&order[]=asc&after_id[]=a&after_id[]=b',
  `?type=%F0%9F%98%80${long}`,
  `?type=${Array.from({ length: 200 }, (_, at) => `t${at}`).join(',')}`,
  `?${Array.from({ length: 100 }, () => 'types[]=a').join('&')}`,
  '?types[0]=a&types[1]=b&__proto__=1&constructor=2&toString=3',
  '?%',
  '?type=%E2%82',
]

/** What no server may refuse before it reads it, together in one request, and what it may refuse in another. */
export const hostileTogether: readonly RouteRequest[] = [
  {
    query: `?limit[a]=5&order[]=asc&after_id[]=a&types[0]=a&__proto__=1&constructor=2&type=%F0%9F%98%80${long}`,
    accept: [',,;q=,', ...Array.from({ length: 30 }, () => 'application/json')],
    headers: [
      ['Cookie', 'a=b; =; %=%'],
      ['X-Forwarded-For', long],
      ['TE', 'trailers, deflate;q=0.5'],
    ],
  },
  {
    query: '?%&type=%E2%82&limit=%zz',
    accept: streamAccept,
    headers: [['Last-Event-ID', '\u00e9"\'%00']],
  },
]

/** Malformed and hostile requests: a finite table of what every server must survive. All are harmless GETs. */
export function hostileRequests(ids: {
  readonly sessionId: string
  readonly threadId: string
}): RouteRequest[] {
  const path = eventsPath(ids)
  return [
    ...queries.map((query) => ({ target: path + query })),
    ...['?type=%00', '?limit=%zz&after_id=%00'].map((query) => ({
      target: path + query,
      accept: streamAccept,
    })),
    { accept: [long] },
    { accept: [',,;q=,', ...Array.from({ length: 30 }, () => 'application/json')] },
    { authorization: `Bearer ${long}` },
    { authorization: 'Bearer \u00e9\u00ff' },
    { accept: streamAccept, headers: [['Last-Event-ID', long]] },
    { accept: streamAccept, headers: [['Last-Event-ID', '\u00e9"\'%00']] },
    {
      headers: [
        ['Range', 'bytes=0-1'],
        ['If-Modified-Since', 'never'],
        ['TE', 'trailers, deflate;q=0.5'],
        ['Accept-Encoding', 'nonsense;q=9'],
        ['X-HTTP-Method-Override', 'GET'],
        ['Cookie', 'a=b; =; %=%'],
        ['Content-Type', 'text/plain'],
        ['X-Forwarded-For', long],
      ],
    },
    { target: `/sessions/${ids.sessionId}/threads/%FF%FE/events` },
    { target: `/sessions/${ids.sessionId}/threads/%ED%A0%80/events`, accept: streamAccept },
    { target: `/sessions/%/threads/%/events` },
  ]
}
