import { readFileSync } from 'node:fs'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { parseInstant } from './instant.ts'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from './json.ts'
import { packageFile } from './package-root.ts'

const schemaNames = ['event', 'list', 'error', 'world', 'report', 'waivers'] as const
/** Schemas of later revisions, which are read when one of these revisions is asked for. */
const laterSchemaNames = ['2026-07/event', '2026-07/list', '2026-07/error'] as const
/** A schema of the `schemas/` folder. */
export type SchemaName = (typeof schemaNames)[number] | (typeof laterSchemaNames)[number]
/** The schema of an event, by revision. */
export type EventSchema = Extract<SchemaName, 'event' | `${string}/event`>
/** The schema of a list, by revision. */
export type ListSchema = Extract<SchemaName, 'list' | `${string}/list`>

/** Definitions of the event schema that carry the name of the requirement they state. */
export type EventDefinition = 'EVT-01' | 'EVT-02' | 'EVT-05' | 'EVT-06' | 'EVT-07' | 'EVT-09' | 'EVT-21'

/** Reads one of the published schemas. Throws when the installation is incomplete. */
export function readSchema(name: SchemaName): JsonObject {
  const value = parseJson(readFileSync(packageFile(`schemas/${name}.schema.json`), 'utf8'))
  if (!isJsonObject(value)) throw new Error(`schemas/${name}.schema.json is not a JSON object.`)
  return value
}

const ajv = new Ajv2020({ allErrors: false, strict: true, strictRequired: false, allowUnionTypes: true })
ajv.addFormat('date-time', (text: string) => parseInstant(text) !== undefined)
for (const name of schemaNames) ajv.addSchema(readSchema(name))

const added = new Set<SchemaName>()

function compiled(ref: string): ValidateFunction {
  const uri = `urn:thread-events-conformance:schema:${ref}`
  const later = laterSchemaNames.find((name) => name === ref.split('#')[0])
  if (later !== undefined && !added.has(later)) {
    added.add(later)
    ajv.addSchema(readSchema(later))
  }
  const validate = ajv.getSchema(uri)
  if (validate === undefined) throw new Error(`No schema ${ref}.`)
  return validate
}

function problem(validate: ValidateFunction, value: JsonValue): string | undefined {
  if (validate(value)) return undefined
  return validate.errors?.map(sentence)[0] ?? 'does not match the schema'
}

function sentence(error: ErrorObject): string {
  const where = error.instancePath === '' ? '' : `${error.instancePath.slice(1).replaceAll('/', '.')} `
  const parameters: Record<string, unknown> = error.params
  const allowed = error.keyword === 'enum' ? ` (${JSON.stringify(parameters.allowedValues)})` : ''
  const constant = error.keyword === 'const' ? ` ${JSON.stringify(parameters.allowedValue)}` : ''
  return `${where}${error.message ?? error.keyword}${allowed}${constant}`
}

/**
 * What a value breaks of a published schema, in words.
 * @returns one sentence about the first problem, or `undefined` when the value is valid.
 */
export function schemaProblem(name: SchemaName, value: JsonValue): string | undefined {
  return problem(compiled(name), value)
}

/** As {@link schemaProblem}, for the fields of the list envelope apart from their values (ENV-01). */
export function envelopeProblem(value: JsonValue, schema: ListSchema = 'list'): string | undefined {
  return problem(compiled(`${schema}#/$defs/ENV-01`), value)
}

/** A type guard for one of our own files, as its published schema describes it. */
export function schemaGuard<T>(name: SchemaName): ValidateFunction<T> {
  const validate = ajv.getSchema<T>(`urn:thread-events-conformance:schema:${name}`)
  if (validate === undefined) throw new Error(`No schema ${name}.`)
  return validate
}

const definitions = new Map<string, ValidateFunction>()

/** As {@link schemaProblem}, for one requirement's part of the event schema. */
export function eventProblem(
  definition: EventDefinition,
  value: JsonValue,
  schema: EventSchema = 'event',
): string | undefined {
  const ref = `${schema}#/$defs/${definition}`
  let validate = definitions.get(ref)
  if (validate === undefined) {
    validate = compiled(ref)
    definitions.set(ref, validate)
  }
  return problem(validate, value)
}
