import { ExactNumber, markExactNumbers, reviveExactNumber, unmarked } from './exact-number.ts'

/** Any value that JSON can express. */
export type JsonValue =
  | null
  | boolean
  | number
  | ExactNumber
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/** A JSON object whose fields are not yet known. */
export type JsonObject = { readonly [key: string]: JsonValue }

/** Whether a JSON value is an object (not an array, not null). */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  )
}

/**
 * How deep a value may nest. RFC 8259 lets a parser set a limit; without one, recursion over a value
 * could be made to overflow the stack.
 */
const deepestNesting = 1_000

/**
 * Parses text as JSON (RFC 8259). A number that a double cannot hold becomes an {@link ExactNumber}.
 * @returns the value, or `undefined` when the text is not JSON, or nests too deep: {@link jsonProblem} tells.
 */
export function parseJson(text: string): JsonValue | undefined {
  if (nestsTooDeep(text)) return undefined
  try {
    const value: JsonValue = JSON.parse(text)
    // To look for a number in the value is many times as fast as to look for a long one in the text.
    if (!holdsNumber(value)) return value
    const marked = markExactNumbers(text)
    if (marked === undefined) return value
    const exact: JsonValue = JSON.parse(marked, reviveExactNumber)
    return exact
  } catch {
    return undefined
  }
}

function holdsNumber(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(holdsNumber)
  if (!isJsonObject(value)) return typeof value === 'number'
  for (const name in value) if (holdsNumber(value[name] ?? null)) return true
  return false
}

/** Why {@link parseJson} gives no value, as the predicate of a sentence; `undefined` when it gives one. */
export function jsonProblem(text: string): string | undefined {
  if (nestsTooDeep(text)) return `is nested more than ${deepestNesting} levels deep`
  return parseJson(text) === undefined ? 'is not JSON' : undefined
}

const quote = 34
const backslash = 92

// Seen from the text, so that not even the parser has to build what nests too deep.
function nestsTooDeep(text: string): boolean {
  if (text.length <= deepestNesting || openings(text) <= deepestNesting) return false
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === backslash) at += 1
      else if (code === quote) inString = false
    } else if (code === quote) inString = true
    else if (code === 91 || code === 123) {
      depth += 1
      if (depth > deepestNesting) return true
    } else if (code === 93 || code === 125) depth -= 1
  }
  return false
}

// Counted only as far as it matters, by a search that is many times as fast as looking at each character.
function openings(text: string): number {
  let count = 0
  for (const sign of ['{', '['])
    for (let at = text.indexOf(sign); at !== -1 && count <= deepestNesting; at = text.indexOf(sign, at + 1))
      count += 1
  return count
}

/** The field of an object when it is a string, else `undefined`. */
export function stringField(value: JsonValue | undefined, name: string): string | undefined {
  return isJsonObject(value) ? ownString(value, name) : undefined
}

/** As {@link stringField}, for a value that is known to be an object. */
export function ownString(object: JsonObject, name: string): string | undefined {
  const field = object[name]
  return typeof field === 'string' && Object.hasOwn(object, name) ? field : undefined
}

/** Writes a value as JSON, every number with all of its digits. */
export function writeJson(value: JsonValue | object, space?: number | string): string {
  return unmarked(JSON.stringify(value, undefined, space))
}

/** One text for one JSON value: key order and number spelling do not count. */
export function canonicalJson(value: JsonValue): string {
  if (value instanceof ExactNumber) return value.canonical
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (isJsonObject(value)) {
    const fields = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`)
    return `{${fields.join(',')}}`
  }
  return JSON.stringify(value)
}
