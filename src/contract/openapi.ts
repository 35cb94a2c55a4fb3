import type { JsonObject, JsonValue } from './json.ts'
import { isJsonObject } from './json.ts'
import { packageVersion } from './package-root.ts'
import { readSchema } from './schemas.ts'

/** An OpenAPI 3.1 document of the route, made from the schemas that judge the wire. */
export function openApiDocument(): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Thread events',
      version: packageVersion,
      description: 'The events of one agent thread, as a list or, by the Accept header, as a stream.',
    },
    servers: [{ url: 'http://localhost/v1' }],
    security: [{ bearer: [] }],
    paths: { '/sessions/{session_id}/threads/{thread_id}/events': { get: operation() } },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { ...eventSchemas(), EventList: listSchema(), Error: plain(readSchema('error')) },
    },
  }
}

function operation(): JsonObject {
  const id = (name: string, prefix: string) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', pattern: `^${prefix}_` },
  })
  const query = (name: string, schema: JsonObject, description: string) => ({
    name,
    in: 'query',
    schema,
    description,
  })
  const error = (description: string) => ({
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  })
  return {
    operationId: 'listThreadEvents',
    summary: 'Events of a thread in chronological order',
    parameters: [
      id('session_id', 'sess'),
      id('thread_id', 'sthr'),
      query('limit', { type: 'integer', minimum: 1, maximum: 100, default: 20 }, 'Largest number of records'),
      query('after_id', { type: 'string' }, 'Records after this event; not together with before_id'),
      query('before_id', { type: 'string' }, 'Records before this event; not together with after_id'),
      query('order', { enum: ['asc', 'desc'], default: 'asc' }, 'Direction of sorting'),
      query('type', { type: 'string' }, 'Comma-separated event types'),
      {
        ...query('types[]', { type: 'array', items: { type: 'string' } }, 'Event types, one a parameter'),
        style: 'form',
        explode: true,
      },
      {
        name: 'Last-Event-ID',
        in: 'header',
        schema: { type: 'string' },
        description: 'Where a stream resumes',
      },
    ],
    responses: {
      200: {
        description: 'A page of events, or the stream of them',
        headers: { Vary: { schema: { type: 'string' } } },
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/EventList' } },
          'text/event-stream': { schema: { type: 'string' } },
        },
      },
      400: error('invalid_request_error'),
      401: error('authentication_error'),
      404: error('not_found_error'),
    },
  }
}

// OpenAPI names schemas by their place in the document, so definitions move and references follow.
function eventSchemas(): JsonObject {
  const { $defs, ...event } = plain(readSchema('event'))
  const parts = isJsonObject($defs) ? Object.entries($defs) : []
  return moved({
    Event: event,
    ...Object.fromEntries(parts.map(([name, schema]) => [`Event.${name}`, schema])),
  })
}

function listSchema(): JsonObject {
  const { $defs: _promises, ...list } = plain(readSchema('list'))
  const properties = isJsonObject(list.properties) ? list.properties : {}
  const data = { type: 'array', items: { $ref: '#/components/schemas/Event' } }
  return { ...list, properties: { ...properties, data } }
}

function plain({ $schema: _schema, $id: _id, ...rest }: JsonObject): JsonObject {
  return rest
}

function moved(schemas: JsonObject): JsonObject {
  const follow = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(follow)
    if (!isJsonObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [
        key,
        key === '$ref' && typeof field === 'string'
          ? field.replace('#/$defs/', '#/components/schemas/Event.')
          : follow(field),
      ]),
    )
  }
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, follow(schema)]))
}
