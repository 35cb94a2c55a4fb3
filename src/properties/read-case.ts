import { z } from 'zod'
import { isJsonObject, type JsonValue } from '../contract/json.ts'
import { schemaProblem } from '../contract/schemas.ts'
import type { GeneratedCase } from './generators/generated-case.ts'

const jsonObject = z.record(z.string(), z.json())
const thread = z.number().int().min(0)
const types = z.array(z.string())
const accept = z.array(z.string())
const spelling = z.enum(['comma', 'brackets', 'encoded-brackets'])
const side = z.enum(['after', 'before'])
const limit = z.number().int()
const query = z.strictObject({
  limit: limit.exactOptional(),
  order: z.enum(['asc', 'desc']).exactOptional(),
  after: z.string().exactOptional(),
  before: z.string().exactOptional(),
  types: types.exactOptional(),
})
const generatedQuery = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('page'), thread, query, spelling, accept }),
  z.strictObject({
    ask: z.literal('traverse'),
    thread,
    query,
    turns: z.array(z.strictObject({ side, limit: limit.exactOptional() })),
  }),
  z.strictObject({
    ask: z.literal('stream'),
    thread,
    types: types.exactOptional(),
    after: z.string().exactOptional(),
    spelling,
    accept,
  }),
  z.strictObject({
    ask: z.literal('foreign'),
    thread,
    owner: thread,
    side,
    cursor: z.string(),
    order: z.literal('desc').exactOptional(),
  }),
  z.strictObject({
    ask: z.literal('hostile'),
    thread,
    segment: z.string().exactOptional(),
    query: z.string(),
    headers: z.array(z.tuple([z.string(), z.string()])),
    accept,
  }),
])
const worldOfOne = z.object({
  sessions: z.tuple([
    z.object({
      id: z.string(),
      threads: z.array(z.object({ id: z.string(), events: z.array(jsonObject) })),
    }),
  ]),
})

/** Names of queries in reports of version 0.1. */
const earlierNames: Readonly<Record<string, string>> = { walk: 'traverse', strange: 'foreign' }

function renamed(query: JsonValue): JsonValue {
  if (!isJsonObject(query) || typeof query.ask !== 'string') return query
  return { ...query, ask: earlierNames[query.ask] ?? query.ask }
}

/**
 * Reads a case that a report holds.
 * @returns the case, or one clause that says why it is none
 */
export function readCase(world: JsonValue, queries: JsonValue): GeneratedCase | string {
  const asked = z
    .array(generatedQuery)
    .min(1)
    .safeParse(Array.isArray(queries) ? queries.map(renamed) : queries)
  if (!asked.success) return 'its queries cannot be read'
  if (world === null) return { queries: asked.data }
  const problem = schemaProblem('world', world)
  if (problem !== undefined) return `its world ${problem}`
  const read = worldOfOne.safeParse(world)
  if (!read.success) return 'its world is not one session'
  const [session] = read.data.sessions
  return { session, queries: asked.data }
}
