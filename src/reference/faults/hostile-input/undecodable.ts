import { headerLines } from '../../request-context.ts'
import type { Fault } from '../fault.ts'
import { crash } from '../overrides/crash.ts'

/** Unexpected bytes, repeated parameters and headers. */
export const undecodableFaults: readonly Fault[] = [
  {
    name: 'type-found-in-a-prototype-crashes',
    sentence: 'A `type` that is a property of every JavaScript object returns 500.',
    violates: ['INP-01'],
    alsoAffects: ['FLT-02', 'INP-04'],
    seen: 'handlers[type], where handlers is a plain object.',
    override: crash(({ request }) =>
      /(?:^|&)type=(?:\w+,)*(?:constructor|toString|__proto__)/.test(request.query),
    ),
  },
  {
    name: 'cursor-found-in-a-prototype-crashes',
    sentence: 'An `after_id` of `__proto__` returns 500.',
    violates: ['INP-01'],
    override: crash(({ request }) => /(?:^|&)after_id=__proto__/.test(request.query)),
  },
  {
    name: 'session-found-in-a-prototype-crashes',
    sentence: 'A session id that is a property of every JavaScript object returns 500.',
    violates: ['INP-01'],
    override: (base) => ({
      findSession(call, id) {
        if (id in {}) throw new Error('crash')
        return base.findSession(call, id)
      },
    }),
  },
  {
    name: 'nested-type-crashes',
    sentence: '`type[a][b]=c` returns 500.',
    violates: ['INP-01'],
    seen: 'Query parsers that turn brackets into objects.',
    override: crash(({ request }) => /(?:^|&)type\[\w+\]/.test(request.query)),
  },
  {
    name: 'invalid-traceparent-crashes',
    sentence: 'A traceparent that is not valid returns 500.',
    violates: ['INP-01'],
    override: crash(({ request }) =>
      headerLines(request, 'traceparent').some(
        (line) => !/^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-/.test(line),
      ),
    ),
  },
  {
    name: 'path-bytes-not-utf-8-crash',
    sentence: 'Percent-encoded bytes in the path that are not UTF-8 return 500.',
    violates: ['INP-01'],
    alsoAffects: ['NFD-04'],
    seen: 'decodeURIComponent outside a try.',
    override: () => ({ decodeSegment: (segment) => decodeURIComponent(segment) }),
  },
  {
    name: 'session-bytes-not-utf-8-crash',
    sentence: 'Percent-encoded bytes in the session id that are not UTF-8 return 500.',
    violates: ['INP-01'],
    override: (base) => ({
      resolve(call) {
        decodeURIComponent(call.rawIds.session.replace(/%(?![\da-f]{2})/gi, '%25'))
        return base.resolve(call)
      },
    }),
  },
  {
    name: 'nul-in-a-session-id-crashes',
    sentence: 'A NUL in the session id returns 500.',
    violates: ['NFD-04'],
    alsoAffects: ['INP-01'],
    seen: 'PostgreSQL refuses NUL in text.',
    override: (base) => ({
      findSession(call, id) {
        if (id.includes('\0')) throw new Error('crash')
        return base.findSession(call, id)
      },
    }),
  },
  {
    name: 'parameter-names-not-utf-8-crash',
    sentence: 'The name of a query parameter that is not UTF-8 returns 500.',
    violates: ['INP-01'],
    override: crash(({ request }) => /(?:^|&)[^=&]*%(?:FF|C0|80)[^=&]*=/i.test(request.query)),
  },
  {
    name: 'type-not-utf-8-crashes',
    sentence: 'A `type` that is not UTF-8 returns 500.',
    violates: ['INP-01'],
    override: crash(({ request }) => /(?:^|&)type=[^&]*%FF/i.test(request.query)),
  },
  {
    name: 'order-not-utf-8-crashes',
    sentence: 'An `order` that is not UTF-8 returns 500.',
    violates: ['INP-01', 'INP-02'],
    override: crash(({ request }) => /(?:^|&)order=[^&]*%FF/i.test(request.query)),
  },
  {
    name: 'repeated-order-crashes',
    sentence: '`order` given twice returns 500.',
    violates: ['INP-01'],
    seen: 'Query parsers that make a list of a repeated parameter.',
    override: crash(({ request }) => new URLSearchParams(request.query).getAll('order').length > 1),
  },
  {
    name: 'repeated-cursor-crashes',
    sentence: '`after_id` given twice returns 500.',
    violates: ['INP-01'],
    override: crash(({ request }) => new URLSearchParams(request.query).getAll('after_id').length > 1),
  },
  {
    name: 'null-origin-crashes',
    sentence: '`Origin: null` returns 500.',
    violates: ['INP-01'],
    seen: 'The origin is parsed as a URL, outside a try.',
    override: crash((call) => headerLines(call.request, 'origin').includes('null')),
  },
  {
    name: 'long-request-id-crashes',
    sentence: 'An X-Request-ID of more than 128 characters returns 500.',
    violates: ['INP-01'],
    seen: 'A column of fixed length in a table of requests.',
    override: crash((call) => headerLines(call.request, 'x-request-id').some(({ length }) => length > 128)),
  },
  {
    name: 'empty-last-event-id-crashes',
    sentence: 'An empty Last-Event-ID returns 500.',
    violates: ['INP-01'],
    override: (base) => ({
      readQuery(call) {
        if (headerLines(call.request, 'last-event-id')[0] === '') throw new Error('crash')
        return base.readQuery(call)
      },
    }),
  },
  {
    name: 'quote-in-a-type-crashes',
    sentence: 'A quote in `type` returns 500.',
    violates: ['INP-01'],
    seen: 'SQL that is concatenated from the names.',
    override: crash(({ request }) => /(?:^|&)type=[^&]*%27/.test(request.query)),
  },
  {
    name: 'repeated-before-id-crashes',
    sentence: 'A repeated `before_id` returns 500.',
    violates: ['INP-01'],
    seen: 'Query parsers that turn repeated parameters into an array.',
    override: crash(({ request }) => /before_id=[^&]*&.*before_id=/.test(request.query)),
  },
  {
    name: 'parameter-without-a-name-crashes',
    sentence: 'A parameter without a name returns 500.',
    violates: ['INP-01'],
    override: crash(({ request }) => /(?:^|&)=/.test(request.query)),
  },
  {
    name: 'parameter-without-a-value-crashes',
    sentence: 'A `type` without an equals sign returns 500.',
    violates: ['INP-01'],
    seen: 'A parser that splits at the equals sign and decodes undefined.',
    override: crash(({ request }) => /(?:^|&)type(?:&|$)/.test(request.query)),
  },
  {
    name: 'invalid-forwarded-host-crashes',
    sentence: 'An X-Forwarded-Host that is not a host returns 500.',
    violates: ['INP-01'],
    seen: 'Links that are built with new URL().',
    override: crash(({ request }) =>
      headerLines(request, 'x-forwarded-host').some((line) => /[ ,]/.test(line)),
    ),
  },
  {
    name: 'emoji-in-a-thread-id-crashes',
    sentence: 'A thread id with characters beyond the Basic Multilingual Plane returns 500.',
    violates: ['NFD-04'],
    alsoAffects: ['INP-01', 'NFD-05'],
    seen: 'MySQL tables with utf8mb3.',
    override: (base) => ({
      findThread(call, session, id) {
        if (/[\u{10000}-\u{10ffff}]/u.test(id)) throw new Error('crash')
        return base.findThread(call, session, id)
      },
    }),
  },
]
