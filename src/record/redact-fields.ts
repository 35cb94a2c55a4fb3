import { isJsonObject, type JsonValue, parseJson } from '../contract/json.ts'
import { KeptResponse } from '../oracle/pagination/kept-response.ts'
import { KeptFrame } from '../oracle/stream/kept-frame.ts'
import type { RunRecord } from './run-record.ts'

const placeholder = '[redacted]'

/** Values shorter than this stand in anything; they are taken out beside the name of their field only. */
const shortestAlone = 6

/**
 * The record with the values of these JSON fields taken out: wherever the field stands in a text, and wherever one of
 * its longer values stands by itself, as in a finding.
 * @param names of fields, at any depth of what the target sends
 */
export function redactFields(record: RunRecord, names: readonly string[]): RunRecord {
  if (names.length === 0) return record
  const field = fieldPattern(names)
  const values = valuesIn(record, field)
  const clean = (text: string) => {
    let cleaned = text.replace(field, (_all, before: string) => `${before}"${placeholder}"`)
    for (const value of values) cleaned = cleaned.replaceAll(value, placeholder)
    return cleaned
  }
  return mapped(record, new Set(names), clean)
}

// What the value is written as: a text, or anything else up to where it must have ended. Inside a text that is itself
// JSON the quotes are escaped.
function fieldPattern(names: readonly string[]): RegExp {
  const any = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return new RegExp(
    `(\\\\*"(?:${any})\\\\*"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"?|\\\\"(?:(?!\\\\").)*(?:\\\\")?|[^\\s,}\\]]+)`,
    'g',
  )
}

/** The texts that the fields have in answers, the longest first. */
function valuesIn({ exchanges }: RunRecord, field: RegExp): string[] {
  const texts = exchanges.flatMap(({ response, stream }) => [
    response?.body ?? '',
    ...(stream?.frames ?? []).map(({ data }) => data),
  ])
  const found = texts.flatMap((text) =>
    [...text.matchAll(field)].flatMap(([, , value = '']) => textsOf(parseJson(value))),
  )
  return [...new Set(found)]
    .filter((text) => text.length >= shortestAlone)
    .sort((a, b) => b.length - a.length)
}

function textsOf(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return isJsonObject(value) ? Object.values(value).flatMap(textsOf) : []
}

function mapped<T>(value: T, names: ReadonlySet<string>, clean: (text: string) => string): T
function mapped(value: unknown, names: ReadonlySet<string>, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((one) => mapped(one, names, clean))
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof KeptFrame || value instanceof KeptResponse) return mapped(value.toJSON(), names, clean)
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      names.has(name) ? placeholder : mapped(one, names, clean),
    ]),
  )
}
