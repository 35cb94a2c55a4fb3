import fc from 'fast-check'
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json.ts'
import { readSchema, type SchemaName, schemaProblem } from '../../contract/schemas.ts'
import { eventType } from './event-types.ts'
import { fromSchema, type Refine, type Resolve } from './from-schema.ts'
import { eventText } from './texts.ts'

const base = 'urn:thread-events-conformance:schema:'

/** Follows a reference into our schemas; one that begins `#` lies in the named schema itself. */
export function resolveIn(name: SchemaName): Resolve {
  return (ref) => {
    const [place = '', pointer = ''] = ref.startsWith('#')
      ? [name, ref.slice(1)]
      : ref.replace(base, '').split('#')
    const schema = place === 'world' ? readSchema('world') : readSchema('event')
    return pointer
      .split('/')
      .slice(1)
      .reduce<JsonValue>((value, key) => (isJsonObject(value) ? (value[key] ?? true) : true), schema)
  }
}

/** A block, as the stream page shows content, at times with what serialisers like to leave out. */
const block = fc.record(
  {
    type: fc.constantFrom('text', 'Text', 'json'),
    text: eventText,
    citations: fc.constantFrom<JsonValue>(null, [], {}),
    is_error: fc.boolean(),
    index: fc.nat({ max: 2 }),
  },
  { requiredKeys: ['type', 'text'], noNullPrototype: true },
)

const blocks = fc.array(block, { maxLength: 3 })

const fields: ReadonlySet<string> = new Set(['id', 'session_id', 'session_thread_id', 'created_at'])

const refine: Refine = (field, own) => {
  if (field === 'type')
    return fc.oneof({ weight: 9, arbitrary: eventType }, { weight: 1, arbitrary: typeLike(own) })
  // Made anew for each world, so one value for each is enough here.
  if (fields.has(field)) return fc.constantFrom(...fc.sample(own, { seed: 1, numRuns: 1 }))
  if (field === 'content') return fc.oneof(own, eventText, blocks)
  return own
}

// A comma separates types in a query, and white space at an end is an open question.
function typeLike(own: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> {
  return own.filter((type) => typeof type === 'string' && /^[\w.:-]{1,60}$/.test(type))
}

/** Making the generator takes longer than generating a world by it. */
let generator: { readonly of: string; readonly event: fc.Arbitrary<JsonObject> } | undefined

/**
 * Events of the event schema, with the recommended fields as EVT-07 has them; ids, labels and times are put in later.
 * The schema is read when this is called, so that a change to it changes what is generated.
 */
export function anyEvent(): fc.Arbitrary<JsonObject> {
  const schema = readSchema('event')
  const of = JSON.stringify(schema)
  if (generator?.of !== of) generator = { of, event: eventOf(schema) }
  return generator.event
}

function eventOf(own: JsonValue): fc.Arbitrary<JsonObject> {
  const schema = { allOf: [own, { $ref: '#/$defs/EVT-07' }] }
  const event = fromSchema(schema, resolveIn('event'), refine).filter(
    (value): value is JsonObject => isJsonObject(value) && schemaProblem('event', value) === undefined,
  )
  // Most types are unknown to the schema, and carry text all the same.
  return fc
    .tuple(event, fc.option(fc.oneof(eventText, blocks)))
    .map(([value, content]) => (content === null || 'content' in value ? value : { ...value, content }))
}
