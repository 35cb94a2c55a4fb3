import { isJsonObject, type JsonValue, writeJson } from '../../contract/json.ts'
import type { Override } from '../behaviour.ts'
import type { Variant } from './variant.ts'

/** Rewrites every JSON text of the route: lists, errors and the data of frames, which must stay one line. */
function written(write: (value: JsonValue, oneLine: boolean) => string): Override {
  return (base) => ({
    serialise: (_call, body) => Buffer.from(write(body, false)),
    refuse: (call, denial) => ({
      ...base.refuse(call, denial),
      body: Buffer.from(write(base.errorBody(call, denial), false)),
    }),
    frame: (call, entry) =>
      `id: ${entry.event.id}\nevent: ${entry.event.type}\ndata: ${write(call.behaviour.frameData(call, entry), true)}\n\n`,
  })
}

function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed)
  if (!isJsonObject(value)) return value
  const fields = Object.entries(value).toReversed()
  return Object.fromEntries(fields.map(([name, own]) => [name, reversed(own)]))
}

function escaped(text: string): string {
  const unit = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`
  return text.replace(/[^\x20-\x7e]|[<>&']/g, unit).replaceAll('/', '\\/')
}

export const jsonVariants: readonly Variant[] = [
  {
    name: 'fields-in-reverse-order',
    sentence: 'All JSON objects have their fields in reverse order: `has_more` first, `data` last.',
    override: written((value) => writeJson(reversed(value))),
  },
  {
    name: 'stream-has-another-field-order',
    sentence: 'Events of the stream have their fields in another order than those of the list.',
    override: (base) => ({ frameData: (call, entry) => reversed(base.frameData(call, entry)) }),
  },
  {
    name: 'pretty-printed-json',
    sentence: 'Lists and errors are indented with tabs and surrounded by white space.',
    override: written((value, oneLine) =>
      oneLine ? writeJson(value) : `\r\n ${writeJson(value, '\t')}\n\n`,
    ),
  },
  {
    name: 'everything-escaped',
    sentence: 'All characters beyond ASCII, and some of ASCII, are written as \\u escapes, slashes as \\/.',
    override: written((value) => escaped(writeJson(value))),
  },
  {
    name: 'numbers-spelt-otherwise',
    sentence: 'Numbers are written with exponents in the list, and plainly in the stream.',
    override: (base) => ({
      serialise: (call, body) =>
        Buffer.from(
          new TextDecoder()
            .decode(base.serialise(call, body))
            .replace(/(?<="(?:tokens|exact_tokens)":)(\d+)(?=[,}])/g, '$1.0e0'),
        ),
    }),
  },
  {
    name: 'fields-that-are-null',
    sentence: 'Events have null for absent fields, and the envelope has additional nulls.',
    override: (base) => ({
      present(call, event) {
        const value = base.present(call, event)
        return isJsonObject(value) ? { agent_name: null, parent_id: null, metadata: null, ...value } : value
      },
      envelope(call, page) {
        const body = base.envelope(call, page)
        return isJsonObject(body) ? { ...body, next_page: null, total: null } : body
      },
    }),
  },
  {
    name: 'optional-fields-left-out',
    sentence: 'Events have no schema_version, no turn_id and no processed_at.',
    undecided: ['EVT-07'],
    override: (base) => ({
      present(call, event) {
        const value = base.present(call, event)
        if (!isJsonObject(value)) return value
        const { schema_version: _version, turn_id: _turn, processed_at: _processed, ...rest } = value
        return rest
      },
    }),
  },
]
