/** Any value that JSON can express. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/** A JSON object whose fields are not yet known. */
export type JsonObject = { readonly [key: string]: JsonValue }

/** Whether a JSON value is an object (not an array, not null). */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Parses text as JSON (RFC 8259).
 * @returns the value, or `undefined` when the text is not JSON.
 */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** The field of an object when it is a string, else `undefined`. */
export function stringField(value: JsonValue | undefined, name: string): string | undefined {
  if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined
  const field = value[name]
  return typeof field === 'string' ? field : undefined
}

/**
 * One text for one JSON value: key order and number spelling do not count.
 * @throws RangeError for a value that is nested some thousand levels deep, as JSON.stringify does
 */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (isJsonObject(value)) {
    const fields = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`)
    return `{${fields.join(',')}}`
  }
  return JSON.stringify(value)
}
