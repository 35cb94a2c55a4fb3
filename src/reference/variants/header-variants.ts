import type { Headers } from '../behaviour/reply.ts'
import { onEveryHead } from './every-head.ts'
import type { Variant } from './variant.ts'

function capitals(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]))
}

function retyped(rewrite: (type: string) => string) {
  return onEveryHead((headers) => ({ ...headers, 'content-type': rewrite(String(headers['content-type'])) }))
}

export const headerVariants: readonly Variant[] = [
  {
    name: 'header-names-in-capitals',
    sentence: 'All header names are written in capitals.',
    override: onEveryHead(capitals),
  },
  {
    name: 'media-types-without-charset',
    sentence: 'Media types have no parameters.',
    override: retyped((type) => type.split(';')[0] ?? type),
  },
  {
    name: 'media-types-in-mixed-case',
    sentence: 'Media types are written in mixed case, with a quoted charset and one more parameter.',
    override: retyped((type) =>
      type
        .replace('application/json', 'Application/JSON')
        .replace('text/event-stream', 'Text/Event-Stream')
        .replace('; charset=utf-8', ' ;Charset="UTF-8";v=1'),
    ),
  },
  {
    name: 'cookies-caching-and-tracing',
    sentence: 'Every response sets cookies, has an ETag and a trace id, and may be cached briefly.',
    override: onEveryHead((headers) => ({
      ...headers,
      'set-cookie': ['lb=a1; Path=/; HttpOnly', 'sid=b2; Secure; SameSite=Lax', 'empty='],
      etag: 'W/"3f80f"',
      'cache-control': ['private', 'max-age=0', 'must-revalidate'],
      'last-modified': 'Mon, 15 Jun 2026 08:00:00 GMT',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      'strict-transport-security': 'max-age=31536000',
      'access-control-allow-origin': '*',
      link: '</v1/sessions>; rel="up"',
    })),
  },
  {
    name: 'vary-on-several-lines',
    sentence: 'Vary is on several lines and in mixed case, with Accept among other names.',
    override: onEveryHead((headers) => ({
      ...headers,
      vary: ['Origin', 'Accept-Encoding,ACCEPT', 'Cookie'],
    })),
  },
  {
    name: 'vary-on-everything',
    sentence: 'Vary is `*`.',
    override: onEveryHead((headers) => ({ ...headers, vary: '*' })),
  },
  {
    name: 'empty-and-many-header-fields',
    sentence: 'Responses have a hundred headers, some of them empty, one very long.',
    override: onEveryHead((headers) => ({
      ...headers,
      'x-empty': '',
      'x-spaces': ['', ' '],
      'x-long': 'a'.repeat(6_000),
      ...Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`x-field-${at}`, `${at}`])),
    })),
  },
]
