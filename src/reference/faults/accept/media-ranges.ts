import type { Behaviour } from '../../behaviour.ts'
import type { RequestContext } from '../../request-context.ts'
import type { Fault } from '../fault.ts'

/** Decides between list and stream in another way. */
function streams(decide: (lines: readonly string[], call: RequestContext, right: boolean) => boolean) {
  return (base: Behaviour): Partial<Behaviour> => ({
    wantsStream: (call, lines) => decide(lines, call, base.wantsStream(call, lines)),
  })
}

const wanted = 'text/event-stream'

const ranges = (lines: readonly string[]) =>
  lines.flatMap((line) => line.split(',')).map((range) => range.trim())

const bare = (range: string) => range.split(';')[0]?.trim() ?? ''

export const mediaRangesFaults: readonly Fault[] = [
  {
    name: 'accept-exact-text',
    sentence: 'Streams only when Accept is exactly `text/event-stream`.',
    violates: ['NEG-02'],
    seen: 'req.headers.accept === "text/event-stream".',
    override: streams((lines) => lines.length === 1 && lines[0] === wanted),
  },
  {
    name: 'accept-first-range-only',
    sentence: 'Only the first media type of Accept is used.',
    violates: ['NEG-02'],
    override: streams((lines) => bare(ranges(lines)[0] ?? '').toLowerCase() === wanted),
  },
  {
    name: 'accept-case-sensitive',
    sentence: 'Media types are compared case-sensitively.',
    violates: ['NEG-02'],
    override: streams((lines) => ranges(lines).some((range) => bare(range) === wanted)),
  },
  {
    name: 'accept-parameters-not-stripped',
    sentence: 'A media type with parameters is not recognised.',
    violates: ['NEG-02'],
    override: streams((lines) => ranges(lines).some((range) => range.toLowerCase() === wanted)),
  },
  {
    name: 'accept-first-line-only',
    sentence: 'A second Accept line is ignored.',
    violates: ['NEG-02'],
    seen: 'Frameworks that keep the first of repeated headers.',
    override: streams(
      (lines, call) =>
        call.behaviour !== undefined &&
        ranges(lines.slice(0, 1)).some((range) => bare(range).toLowerCase() === wanted),
    ),
  },
  {
    name: 'accept-last-line-only',
    sentence: 'Only the last of several Accept headers is used.',
    violates: ['NEG-02'],
    override: streams((lines) =>
      ranges(lines.slice(-1)).some((range) => bare(range).toLowerCase() === wanted),
    ),
  },
  {
    name: 'json-preferred',
    sentence: 'Returns the list whenever Accept prefers JSON.',
    violates: ['NEG-02'],
    seen: 'Content negotiation libraries that pick the best match.',
    override: streams(
      (lines, _call, right) => right && !/application\/json(,|$)/.test(lines.join(',').replaceAll(' ', '')),
    ),
  },
  {
    name: 'stream-for-any-type',
    sentence: '`*/*` returns the stream.',
    violates: ['NEG-03'],
    override: streams((lines, _call, right) => right || ranges(lines).some((range) => bare(range) === '*/*')),
  },
  {
    name: 'stream-without-accept',
    sentence: 'Without an Accept header the stream is returned.',
    violates: ['NEG-03'],
    override: streams((lines, _call, right) => right || lines.length === 0),
  },
  {
    name: 'application-wildcard-refused',
    sentence: '`application/*` returns 406.',
    violates: ['NEG-03'],
    override: (base) => ({
      readQuery: (call) =>
        call.request.headers.some(([, value]) => value === 'application/*')
          ? { denied: true, status: 406, type: 'invalid_request_error', message: 'Not acceptable.' }
          : base.readQuery(call),
    }),
  },
  {
    name: 'accept-by-prefix',
    sentence: 'A media type that starts with `text/event-stream` returns the stream.',
    violates: ['NEG-04'],
    override: streams((lines) => ranges(lines).some((range) => range.toLowerCase().startsWith(wanted))),
  },
  {
    name: 'accept-by-suffix',
    sentence: 'A media type that ends with `text/event-stream` returns the stream.',
    violates: ['NEG-04'],
    override: streams(
      (lines, _call, right) => right || ranges(lines).some((range) => bare(range).endsWith(wanted)),
    ),
  },
  {
    name: 'quoted-comma-splits-media-types',
    sentence: 'A comma inside a quoted parameter ends a media type.',
    violates: ['NEG-04'],
    override: streams(
      (lines, _call, right) => right || ranges(lines).some((range) => range.replaceAll('"', '') === wanted),
    ),
  },
  {
    name: 'first-accept-remembered',
    sentence: 'A connection keeps the representation of its first request.',
    violates: ['NEG-01'],
    alsoAffects: [
      'NEG-05',
      'NEG-02',
      'NEG-03',
      'NEG-04',
      'SSE-01',
      'SSE-04',
      'SSE-05',
      'SSE-06',
      'SSE-07',
      'SSE-08',
      'SSE-10',
    ],
    sometimes: true,
    seen: 'State kept on the socket by a proxy.',
    override: (base) => ({
      wantsStream(call, lines) {
        const known = call.connection.memory.get('stream')
        const right = base.wantsStream(call, lines)
        if (known === undefined) call.connection.memory.set('stream', right)
        return typeof known === 'boolean' ? known : right
      },
    }),
  },
  {
    name: 'fourth-request-of-a-connection-gets-a-list',
    sentence: 'After two lists, a connection never returns a stream.',
    violates: ['NEG-01'],
    alsoAffects: [
      'NEG-05',
      'NEG-02',
      'SSE-01',
      'SSE-04',
      'SSE-05',
      'SSE-06',
      'SSE-07',
      'AUT-05',
      'SSE-10',
      'NFD-05',
      'ISO-05',
    ],
    sometimes: true,
    override: streams((_lines, call, right) => right && call.connection.requests < 4),
  },
  {
    name: 'no-vary',
    sentence: 'The Vary header is missing.',
    violates: ['NEG-06'],
    override: (base) => ({
      listHeaders(call) {
        const { vary: _, ...headers } = base.listHeaders(call)
        return headers
      },
      streamHead(call) {
        const { headers, ...head } = base.streamHead(call)
        const { vary: _, ...rest } = headers
        return { ...head, headers: rest }
      },
    }),
  },
  {
    name: 'vary-names-others',
    sentence: 'The Vary header of the stream names only Origin.',
    violates: ['NEG-06'],
    override: (base) => ({
      streamHead(call) {
        const head = base.streamHead(call)
        return { ...head, headers: { ...head.headers, vary: 'Origin' } }
      },
    }),
  },
]
