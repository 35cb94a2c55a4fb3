import fc from 'fast-check'

/** Texts that break careless servers, each for one mistake of its own. */
const awkward = [
  '',
  ' ',
  '请调研 Cloud Agents API 的最新竞品动态。',
  'two\nlines, then\r\na third, and a lone \r one',
  'line separator \u2028, paragraph separator \u2029, next line \u0085',
  'id: evt_0\nevent: agent.message\ndata: {"id":"evt_0"}\n\n',
  'data: [DONE]\n\n',
  ': heartbeat\n\n',
  'retry: 1\n',
  '\n\n',
  '{"data":[],"first_id":null,"last_id":null,"has_more":false}',
  '[{"id":"evt_1"}]',
  '"quoted" and \\escaped\\ and \\n not a line break',
  '👩🏽‍💻🚀 e\u0301 é 🇳🇴 ﷽ 𝔘𝔫𝔦',
  'שלום \u200f مرحبا \u202e turned',
  '\ttab \u001b escape \u007f delete \ufeff mark \u200b nothing',
  '<script>alert("x")</script> &amp; &#39; %20 + 100%',
  "'; DROP TABLE events; --",
  'null',
  'true',
  '0123',
  '1e999',
  '2026-06-15T08:01:00Z',
  '{{mustache}} %s %d $1 \\u0041',
] as const

/** Sizes at which buffers end, the most usual one twice. */
const bufferEnds = [256, 1_024, 4_096, 4_096, 8_192, 16_384] as const
const wide = ['é', '中', '🚀'] as const

/**
 * A text of which a character of several bytes lies across the place where some buffer would end. An odd number of
 * bytes before it: characters of two and four are cut by that.
 */
const acrossBufferEnd = fc
  .tuple(
    fc.constantFrom(...bufferEnds),
    fc.constantFrom(...wide),
    fc.nat({ max: 199 }).map((half) => 2 * half + 1),
  )
  .map(([size, char, back]) => 'a'.repeat(Math.max(0, size - back)) + char.repeat(Math.min(200, back)))

/** Text as events carry it. */
export const eventText: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...awkward) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 1, arbitrary: acrossBufferEnd },
)
