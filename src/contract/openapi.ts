import type { JsonObject, JsonValue } from './json.ts'
import { isJsonObject } from './json.ts'
import { packageVersion } from './package-root.ts'
import { defaultRevision, revisionNamed } from './revisions/index.ts'
import type { Revision } from './revisions/revision.ts'
import { readSchema } from './schemas.ts'

/** An OpenAPI 3.1 document of the route in a revision, made from the schemas that judge the wire. */
export function openApiDocument(name: string = defaultRevision.name): JsonObject {
  const revision = revisionNamed(name)
  const { extensions, schemas } = revision
  const thread = '/sessions/{session_id}/threads/{thread_id}'
  const switches = extensions.has('accept-switch')
  return {
    openapi: '3.1.0',
    info: {
      title: 'Thread events',
      version: packageVersion,
      description: switches
        ? 'The events of one agent thread, as a list or, by the Accept header, as a stream.'
        : `The events of one agent thread, as a list and as a stream (revision of ${revision.published}).`,
    },
    servers: [{ url: 'http://localhost/v1' }],
    security: [{ bearer: [] }],
    paths: {
      [`${thread}/events`]: { get: operation(revision) },
      ...(switches ? {} : { [`${thread}/${revision.stream.segment}`]: { get: streamOperation() } }),
    },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        ...eventSchemas(revision),
        EventList: listSchema(revision),
        Error: plain(readSchema(schemas.error)),
      },
    },
  }
}

const pathParameters = [pathParameter('session_id', 'sess'), pathParameter('thread_id', 'sthr')]

const lastEventId = {
  name: 'Last-Event-ID',
  in: 'header',
  schema: { type: 'string' },
  description: 'Where a stream resumes',
}

function pathParameter(name: string, prefix: string) {
  return { name, in: 'path', required: true, schema: { type: 'string', pattern: `^${prefix}_` } }
}

const refusals = {
  400: refusal('invalid_request_error'),
  401: refusal('authentication_error'),
  404: refusal('not_found_error'),
}

function refusal(description: string): JsonObject {
  return {
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }
}

/** The stream where it has an address of its own. */
function streamOperation(): JsonObject {
  return {
    operationId: 'streamThreadEvents',
    summary: 'The history of a thread, then its new events',
    parameters: [...pathParameters, lastEventId],
    responses: {
      200: { description: 'The stream', content: { 'text/event-stream': { schema: { type: 'string' } } } },
      ...refusals,
    },
  }
}

function operation({ extensions, limit, cursors }: Revision): JsonObject {
  const query = (name: string, schema: JsonObject, description: string) => ({
    name,
    in: 'query',
    schema,
    description,
  })
  const others = (own: string) => cursors.filter((name) => name !== own).join(' or ')
  const switches = extensions.has('accept-switch')
  return {
    operationId: 'listThreadEvents',
    summary: 'Events of a thread in chronological order',
    parameters: [
      ...pathParameters,
      query(
        'limit',
        { type: 'integer', minimum: 1, maximum: limit.largest, default: limit.default },
        'Largest number of records',
      ),
      query(
        'after_id',
        { type: 'string' },
        `Records after this event; not together with ${others('after_id')}`,
      ),
      query(
        'before_id',
        { type: 'string' },
        `Records before this event; not together with ${others('before_id')}`,
      ),
      ...(extensions.has('page')
        ? [query('page', { type: 'string' }, `A next_page; not together with ${others('page')}`)]
        : []),
      ...(extensions.has('order')
        ? [query('order', { enum: ['asc', 'desc'], default: 'asc' }, 'Direction of sorting')]
        : []),
      ...(extensions.has('filter')
        ? [
            query('type', { type: 'string' }, 'Comma-separated event types'),
            {
              ...query(
                'types[]',
                { type: 'array', items: { type: 'string' } },
                'Event types, one a parameter',
              ),
              style: 'form',
              explode: true,
            },
          ]
        : []),
      ...(switches ? [lastEventId] : []),
    ],
    responses: {
      200: {
        description: switches ? 'A page of events, or the stream of them' : 'A page of events',
        ...(switches ? { headers: { Vary: { schema: { type: 'string' } } } } : {}),
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/EventList' } },
          ...(switches ? { 'text/event-stream': { schema: { type: 'string' } } } : {}),
        },
      },
      ...refusals,
    },
  }
}

// OpenAPI names schemas by their place in the document, so definitions move and references follow.
function eventSchemas({ schemas }: Revision): JsonObject {
  const { $defs, ...event } = plain(readSchema(schemas.event))
  const parts = isJsonObject($defs) ? Object.entries($defs) : []
  return moved({
    Event: event,
    ...Object.fromEntries(parts.map(([name, schema]) => [`Event.${name}`, schema])),
  })
}

function listSchema({ schemas }: Revision): JsonObject {
  const { $defs: _promises, ...list } = plain(readSchema(schemas.list))
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
