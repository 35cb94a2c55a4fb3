import type { JsonValue } from '../../../contract/json.ts'
import type { Fault } from '../fault.ts'
import { type EventChange, everyText, shown, streamed } from '../overrides/events.ts'

/** Changes the texts of an event's content and of what it carries besides; its documented fields stay. */
function wording(change: (text: string) => JsonValue): EventChange {
  const own: ReadonlySet<string> = new Set([
    'id',
    'type',
    'session_id',
    'session_thread_id',
    'created_at',
    'processed_at',
    'schema_version',
    'turn_id',
    'direction',
    'status',
    'from_session_thread_id',
    'to_session_thread_id',
  ])
  return (event) =>
    Object.fromEntries(
      Object.entries(event).map(([name, value]) => [name, own.has(name) ? value : everyText(value, change)]),
    )
}

function acrossEnd(text: string, size: number): string {
  const pair = /[\ud800-\udbff]/.test(text[size - 1] ?? '')
  return pair ? `${text.slice(0, size - 1)}\ufffd${text.slice(size + 1)}` : text
}

function acrossBytes(text: string, size: number): string {
  const bytes = Buffer.from(text)
  return bytes.length <= size ? text : bytes.subarray(0, size).toString() + bytes.subarray(size).toString()
}

/** Texts that a server takes for something else: nothing shows before somebody writes such a text. */
export const textContentFaults: readonly Fault[] = [
  {
    name: 'null-text-becomes-null',
    sentence: 'The string "null" becomes null.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    generatedOnly: true,
    override: shown(wording((text) => (text === 'null' ? null : text))),
  },
  {
    name: 'true-text-becomes-true',
    sentence: 'The string "true" becomes true.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'YAML between the service and its store.',
    generatedOnly: true,
    override: shown(wording((text) => (text === 'true' ? true : text))),
  },
  {
    name: 'digit-texts-lose-leading-zeros',
    sentence: 'A string of digits loses its leading zeros.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    generatedOnly: true,
    override: shown(wording((text) => (/^0\d+$/.test(text) ? String(Number(text)) : text))),
  },
  {
    name: 'huge-number-texts-become-infinity',
    sentence: 'The string "1e999" becomes "Infinity".',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    generatedOnly: true,
    override: shown(
      wording((text) => (text !== '' && Math.abs(Number(text)) === Infinity ? String(Number(text)) : text)),
    ),
  },
  {
    name: 'templates-expanded',
    sentence: 'Text between double braces is treated as a template and removed.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    generatedOnly: true,
    override: shown(wording((text) => text.replace(/\{\{.*?\}\}/g, ''))),
  },
  {
    name: 'format-specifiers-expanded',
    sentence: 'A %s in a string is replaced.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'A logger’s format call.',
    generatedOnly: true,
    override: shown(wording((text) => text.replaceAll('%s', 'undefined'))),
  },
  {
    name: 'bidi-marks-dropped',
    sentence: 'Characters that control the direction of text are dropped.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'A sanitiser.',
    generatedOnly: true,
    override: shown(wording((text) => text.replace(/[\u202a-\u202e]/g, ''))),
  },
  {
    name: 'zero-width-space-dropped',
    sentence: 'Zero-width spaces are dropped.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    generatedOnly: true,
    override: shown(wording((text) => text.replaceAll('\u200b', ''))),
  },
  {
    name: 'next-line-becomes-a-line-feed',
    sentence: 'U+0085 becomes a line feed.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    generatedOnly: true,
    override: shown(wording((text) => text.replaceAll('\u0085', '\n'))),
  },
  {
    name: 'astral-characters-lost',
    sentence: 'Characters beyond U+FFFF become question marks.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'MySQL’s utf8 with at most three bytes per character; emoji were handled separately.',
    generatedOnly: true,
    override: shown(wording((text) => text.replace(/[\u{1d400}-\u{1d7ff}]/gu, '?'))),
  },
  {
    name: 'done-marker-ends-the-text',
    sentence: 'A string that contains `data: [DONE]` is truncated there.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'Proxies for streams of language models.',
    generatedOnly: true,
    override: shown(
      wording((text) => (text.includes('data: [DONE]') ? (text.split('data: [DONE]')[0] ?? '') : text)),
    ),
  },
  {
    name: 'streamed-comments-dropped',
    sentence: 'In streams, a line of a string that starts with a colon is dropped.',
    violates: ['EVT-08'],
    alsoAffects: ['SSE-02'],
    seen: 'Data that is parsed as frames.',
    generatedOnly: true,
    override: streamed(wording((text) => text.replace(/^:.*$/gm, ''))),
  },
  {
    name: 'streamed-retry-lines-dropped',
    sentence: 'In streams, a line of a string that starts with `retry:` is dropped.',
    violates: ['EVT-08'],
    alsoAffects: ['SSE-02'],
    generatedOnly: true,
    override: streamed(wording((text) => text.replace(/^retry:.*$/gm, ''))),
  },
  {
    name: 'texts-end-at-4096-units-inside-a-character',
    sentence: 'A character across the 4,096th UTF-16 unit of a string becomes U+FFFD.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    seen: 'A buffer that is decoded piece by piece.',
    generatedOnly: true,
    override: shown(wording((text) => acrossEnd(text, 4_096))),
  },
  {
    name: 'texts-broken-at-a-kilobyte',
    sentence: 'A character across the 1,024th byte of a string becomes two U+FFFD.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    generatedOnly: true,
    override: shown(wording((text) => acrossBytes(text, 1_024))),
  },
  {
    name: 'texts-broken-at-16-kilobytes',
    sentence: 'A character across the 16,384th byte of a string becomes U+FFFD.',
    violates: ['EVT-08'],
    alsoAffects: ['EVT-06', 'SSE-02'],
    generatedOnly: true,
    override: shown(wording((text) => acrossBytes(text, 16_384))),
  },
]
