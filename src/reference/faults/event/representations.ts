import type { Fault } from '../fault.ts'
import { everyNumber, everyText, listed, shown, streamed, text } from '../overrides/events.ts'

export const representationsFaults: readonly Fault[] = [
  {
    name: 'long-content-cut-in-lists',
    sentence: 'Lists truncate strings after 200 characters; the stream does not.',
    violates: ['EVT-08'],
    override: listed((event) =>
      typeof event.content === 'string' ? { ...event, content: event.content.slice(0, 200) } : event,
    ),
  },
  {
    name: 'line-breaks-become-spaces-in-the-stream',
    sentence: 'The stream writes strings with line breaks replaced by spaces.',
    violates: ['EVT-08'],
    seen: 'SSE writers that protect their framing.',
    override: (base) => ({
      frame: (call, entry) => base.frame(call, entry).replaceAll('\\r', ' ').replaceAll('\\n', ' '),
    }),
  },
  {
    name: 'html-escaped-under-a-filter',
    sentence: 'The filtered list escapes strings for HTML.',
    violates: ['EVT-08'],
    override: listed((event, { query }) =>
      query.types !== undefined && typeof event.content === 'string'
        ? { ...event, content: event.content.replaceAll('"', '&quot;').replaceAll('<', '&lt;') }
        : event,
    ),
  },
  {
    name: 'milliseconds-in-descending-lists',
    sentence: 'With `order=desc`, timestamps lose their nanoseconds.',
    violates: ['EVT-08'],
    override: listed((event, { query }) =>
      query.order === 'desc'
        ? { ...event, created_at: new Date(Date.parse(text(event.created_at))).toISOString() }
        : event,
    ),
  },
  {
    name: 'normalised-text-on-small-pages',
    sentence: 'Pages of fewer than five events are served from a cache that normalises strings to NFC.',
    violates: ['EVT-08'],
    override: listed((event, { query }) =>
      query.limit < 5 && typeof event.content === 'string'
        ? { ...event, content: `${event.content.normalize('NFC')} ` }
        : event,
    ),
  },
  {
    name: 'blocks-flattened-in-the-stream',
    sentence: 'The stream joins `content` blocks into one string.',
    violates: ['EVT-08'],
    override: shown((event, call) =>
      call.stream === true && Array.isArray(event.content)
        ? { ...event, content: JSON.stringify(event.content) }
        : event,
    ),
  },
  {
    name: 'nulls-left-out-of-the-stream',
    sentence: 'The stream’s serialiser omits fields that are null.',
    violates: ['EVT-08'],
    override: streamed((event) =>
      Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null)),
    ),
  },
  {
    name: 'microseconds-in-the-stream',
    sentence: 'Timestamps of the stream are cut to microseconds.',
    violates: ['EVT-08'],
    seen: 'Python’s datetime.',
    override: streamed((event) => ({
      ...event,
      created_at: text(event.created_at).replace(/(\.\d{6})\d+/, '$1'),
    })),
  },
  {
    name: 'lists-in-utc',
    sentence: 'Lists write the offset of a timestamp as Z without converting the time.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-07'],
    override: listed((event) => ({
      ...event,
      processed_at:
        typeof event.processed_at === 'string' ? event.processed_at.replace(/[+-]\d\d:\d\d$/, 'Z') : null,
    })),
  },
  {
    name: 'characters-split-at-buffer-ends',
    sentence: 'Lists are decoded in chunks of 4096 bytes, which breaks characters at the boundaries.',
    violates: ['EVT-08'],
    seen: 'data += chunk, on buffers, without a StringDecoder.',
    override: (base) => ({
      serialise(call, body) {
        const bytes = Buffer.from(base.serialise(call, body))
        const pieces = Array.from({ length: Math.ceil(bytes.length / 4_096) }, (_, at) =>
          bytes.subarray(4_096 * at, 4_096 * (at + 1)).toString(),
        )
        return Buffer.from(pieces.join(''))
      },
    }),
  },
  {
    name: 'lists-normalised',
    sentence: 'Lists normalise strings to NFC; the stream does not.',
    violates: ['EVT-08'],
    override: listed((event) => everyText(event, (value) => value.normalize('NFC'))),
  },
  {
    name: 'carriage-returns-lost-on-large-pages',
    sentence: 'On pages of 100, every line break becomes a line feed.',
    violates: ['EVT-08'],
    override: listed((event, { query }) =>
      query.limit === 100 ? everyText(event, (value) => value.replace(/\r\n?/g, '\n')) : event,
    ),
  },
  {
    name: 'emoji-lost-under-desc',
    sentence: 'With `order=desc`, characters beyond three bytes become question marks.',
    violates: ['EVT-08'],
    seen: 'MySQL’s utf8 with at most three bytes per character.',
    override: listed((event, { query }) =>
      query.order === 'desc'
        ? everyText(event, (value) => value.replace(/[\u{10000}-\u{10ffff}]/gu, '?'))
        : event,
    ),
  },
  {
    name: 'texts-end-at-null-behind-a-cursor',
    sentence: 'With a cursor, strings end at their first null character.',
    violates: ['EVT-08'],
    seen: 'Strings passed through C.',
    override: listed((event, { query }) =>
      query.cursor === undefined ? event : everyText(event, (value) => value.split('\0')[0] ?? ''),
    ),
  },
  {
    name: 'numbers-as-texts-in-the-stream',
    sentence: 'The stream writes numbers as strings.',
    violates: ['EVT-08'],
    seen: 'Serialisers that avoid 64-bit integers.',
    override: streamed((event) => everyNumber(event, String)),
  },
  {
    name: 'small-numbers-rounded-in-the-stream',
    sentence: 'The stream writes numbers with six decimals, so that small ones become 0.',
    violates: ['EVT-08'],
    seen: 'printf("%f").',
    override: streamed((event) => everyNumber(event, (value) => Number(value.toFixed(6)))),
  },
  {
    name: 'camel-case-in-the-stream',
    sentence: 'The stream spells `is_error` as `isError`.',
    violates: ['EVT-08'],
    override: streamed(({ is_error: error, ...rest }) =>
      error === undefined ? rest : { ...rest, isError: error },
    ),
  },
  {
    name: 'texts-trimmed-under-before-id',
    sentence: 'With `before_id`, strings lose leading and trailing white space.',
    violates: ['EVT-08'],
    override: listed((event, { query }) =>
      query.cursor?.side === 'before' ? everyText(event, (value) => value.trim()) : event,
    ),
  },
  {
    name: 'single-blocks-unwrapped-with-brackets',
    sentence: 'With `types[]`, a `content` of one block is that block instead of a list.',
    violates: ['EVT-08'],
    override: listed((event, { request }) =>
      request.query.includes('types') && Array.isArray(event.content) && event.content.length === 1
        ? { ...event, content: event.content[0] ?? null }
        : event,
    ),
  },
]
