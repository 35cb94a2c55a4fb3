import fc from 'fast-check'
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json.ts'
import { anyJson, anyText } from './any-json.ts'

/**
 * Widens what the schema says of one field by choices that are worth trying; `own` is what the schema alone
 * gives. What comes out must still be valid.
 */
export type Refine = (field: string, own: fc.Arbitrary<JsonValue>) => fc.Arbitrary<JsonValue>

/** Finds the schema that a `$ref` names. */
export type Resolve = (ref: string) => JsonValue

interface Making {
  readonly resolve: Resolve
  readonly refine: Refine
}

interface Condition {
  readonly holds: JsonValue
  readonly then: JsonValue
}

/** Several schemas that hold together: their own keywords, and what they ask for under a condition. */
interface Together {
  readonly parts: readonly JsonObject[]
  readonly conditions: readonly Condition[]
}

/**
 * Values of a JSON Schema, made from the keywords that our schemas use: `type`, `const`, `enum`, `anyOf`, `allOf`,
 * `if`/`then`, `$ref`, `properties`, `required`, `additionalProperties`, `items`, `pattern`, `format`, `minLength`.
 * A branch of every condition is made as often as none of them. Where a schema allows further fields there are some.
 */
export function fromSchema(schema: JsonValue, resolve: Resolve, refine: Refine): fc.Arbitrary<JsonValue> {
  return made([schema], { resolve, refine }, 3)
}

function made(schemas: readonly JsonValue[], making: Making, depth: number): fc.Arbitrary<JsonValue> {
  const { parts, conditions } = together(schemas, making.resolve)
  const [condition, ...others] = conditions
  if (condition === undefined) return plain(parts, making, depth)
  const rest = others.map(({ holds, then }) => ({ if: holds, then }))
  return fc.oneof(
    made([...parts, ...rest], making, depth),
    made([...parts, ...rest, condition.holds, condition.then], making, depth),
  )
}

function together(schemas: readonly JsonValue[], resolve: Resolve): Together {
  const all = schemas.filter(isJsonObject).map((schema) => {
    const { allOf, $ref, if: holds, then, ...part } = schema
    const inner = [...listOf(allOf), ...(typeof $ref === 'string' ? [resolve($ref)] : [])]
    const below: Together = inner.length === 0 ? { parts: [], conditions: [] } : together(inner, resolve)
    const condition = holds === undefined || then === undefined ? [] : [{ holds, then }]
    return { parts: [part, ...below.parts], conditions: [...condition, ...below.conditions] }
  })
  return {
    parts: all.flatMap(({ parts }) => parts),
    conditions: all.flatMap(({ conditions }) => conditions),
  }
}

function plain(parts: readonly JsonObject[], making: Making, depth: number): fc.Arbitrary<JsonValue> {
  const values = (keyword: string) => parts.flatMap((part) => part[keyword] ?? [])
  const [constant] = parts.flatMap((part) => (part.const === undefined ? [] : [part.const]))
  if (constant !== undefined) return fc.constant(constant)
  const [choices] = parts.flatMap((part) => (Array.isArray(part.enum) ? [part.enum] : []))
  if (choices !== undefined) return fc.constantFrom(...choices)
  const [either] = parts.flatMap((part) => (Array.isArray(part.anyOf) ? [part.anyOf] : []))
  if (either !== undefined) {
    const rest = parts.map(({ anyOf: _anyOf, ...part }) => part)
    return fc.oneof(...either.map((one) => made([...rest, one], making, depth)))
  }
  const types = typesOf(parts)
  const branches = types.map((type) => {
    if (type === 'object') return object(parts, making, depth)
    if (type === 'array') return array(values('items'), making, depth)
    if (type === 'string') return text(parts)
    return scalar(type)
  })
  return branches.length === 0 ? anyJson : fc.oneof(...branches)
}

function typesOf(parts: readonly JsonObject[]): string[] {
  const lists = parts.flatMap((part) => (part.type === undefined ? [] : [listOf(part.type)]))
  const [first, ...rest] = lists
  if (first === undefined) return parts.some((part) => part.properties !== undefined) ? ['object'] : []
  return first.filter(
    (type): type is string => typeof type === 'string' && rest.every((list) => list.includes(type)),
  )
}

function object(parts: readonly JsonObject[], making: Making, depth: number): fc.Arbitrary<JsonValue> {
  const fields = new Map<string, JsonValue[]>()
  for (const { properties } of parts)
    for (const [name, schema] of Object.entries(isJsonObject(properties) ? properties : {}))
      fields.set(name, [...(fields.get(name) ?? []), schema])
  const required = new Set(parts.flatMap((part) => listOf(part.required)))
  for (const name of required) if (typeof name === 'string' && !fields.has(name)) fields.set(name, [true])
  const closed = parts.some((part) => part.additionalProperties === false)
  const model = Object.fromEntries(
    [...fields].map(([name, schemas]) => {
      const value = made(schemas, making, depth - 1)
      return [name, isChosen(schemas, making) ? value : making.refine(name, value)]
    }),
  )
  const requiredKeys = [...fields.keys()].filter((name) => required.has(name))
  const own = fc.record(model, { requiredKeys, noNullPrototype: true })
  if (closed || depth < 2) return own
  const further = fc.dictionary(fc.constantFrom(...furtherNames), anyJson, {
    maxKeys: 2,
    noNullPrototype: true,
  })
  return fc.tuple(own, further).map(([known, unknown]) => ({ ...unknown, ...known }))
}

// What the schema itself picks is not widened.
function isChosen(schemas: readonly JsonValue[], { resolve }: Making): boolean {
  return together(schemas, resolve).parts.some((part) => part.const !== undefined || part.enum !== undefined)
}

const furtherNames = ['x_note', 'x_meta', 'x_trace', 'x_usage', 'x_labels', 'x_parent'] as const

function array(items: readonly JsonValue[], making: Making, depth: number): fc.Arbitrary<JsonValue> {
  const item = items.length === 0 || depth < 1 ? anyJson : made(items, making, depth - 1)
  return fc.array(item, { maxLength: 3 })
}

function text(parts: readonly JsonObject[]): fc.Arbitrary<JsonValue> {
  const [pattern] = parts.flatMap((part) => (typeof part.pattern === 'string' ? [part.pattern] : []))
  const least = Math.max(0, ...parts.map(({ minLength }) => (typeof minLength === 'number' ? minLength : 0)))
  if (parts.some(({ format }) => format === 'date-time'))
    return fc
      .date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString())
  if (pattern === undefined) return anyText.filter((value) => value.length >= least)
  // An end that the pattern leaves open is filled with letters and digits, as ids are.
  const closed = pattern.endsWith('$') ? pattern : `${pattern.replace(/\.$/, '')}[0-9a-z]{1,12}$`
  return fc.stringMatching(new RegExp(closed)).filter((value) => value.length >= least)
}

function scalar(type: string): fc.Arbitrary<JsonValue> {
  if (type === 'integer') return fc.integer()
  if (type === 'number') return fc.oneof(fc.integer(), fc.constantFrom(0.1, 1e21, -2.5e-7, 1.5))
  if (type === 'boolean') return fc.boolean()
  return fc.constant(null)
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}
