import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { packageFile } from '../../contract/package-root.ts'
import { instantKey } from '../store/instant-key.ts'
import type { ThreadEvent, World, WorldSession } from './world.ts'

/** Why data is not a world. The message names the place and repeats no values. */
export class WorldError extends Error {}

/** A world may have this many sessions, threads (in all) and events (in all), and values nest this deep. */
export const worldBounds = { sessions: 1_000, threads: 10_000, events: 200_000, depth: 100 } as const

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true })
ajv.addFormat('date-time', (text: string) => instantKey(text) !== undefined)
ajv.addSchema(readSchema('event'))
const isWorld = ajv.compile<World>(readSchema('world'))

function readSchema(name: 'event' | 'world'): object {
  const schema: unknown = JSON.parse(readFileSync(packageFile(`schemas/${name}.schema.json`), 'utf8'))
  if (typeof schema !== 'object' || schema === null) throw new Error(`The ${name} schema is not an object.`)
  return schema
}

/**
 * Checks a world: schemas/world.schema.json, the bounds, and that its labels agree with where they stand.
 * @throws WorldError with the first problem.
 */
export function parseWorld(json: unknown): World {
  if (nestsDeeper(json, worldBounds.depth)) throw new WorldError('The values nest too deeply.')
  if (!isWorld(json)) {
    const [error] = isWorld.errors ?? []
    const place = error?.instancePath.slice(1).replaceAll('/', '.') || 'The value'
    throw new WorldError(`${place} ${error?.message ?? 'is not a world'}.`)
  }
  const threads = json.sessions.flatMap((session) => session.threads)
  const events = threads.reduce((sum, thread) => sum + thread.events.length, 0)
  if (json.sessions.length > worldBounds.sessions) throw new WorldError('There are too many sessions.')
  if (threads.length > worldBounds.threads) throw new WorldError('There are too many threads.')
  if (events > worldBounds.events) throw new WorldError('There are too many events.')
  unique('sessions', json.sessions)
  for (const session of json.sessions) checkLabels(session)
  return json
}

/** The session that a control request puts: `{"threads": […]}` under the id of its path. */
export function parseSession(id: string, json: unknown): WorldSession {
  const [session] = parseWorld({ version: 1, sessions: [{ ...fields(json), id }] }).sessions
  if (session === undefined) throw new WorldError('There is no session.')
  return session
}

/** The events that a control request appends: `{"events": […]}` under the ids of its path. */
export function parseEvents(sessionId: string, threadId: string, json: unknown): readonly ThreadEvent[] {
  return parseSession(sessionId, { threads: [{ ...fields(json), id: threadId }] }).threads.at(0)?.events ?? []
}

function fields(json: unknown): object {
  if (typeof json !== 'object' || json === null) throw new WorldError('The value must be object.')
  return json
}

function checkLabels(session: WorldSession): void {
  unique('threads', session.threads)
  unique(
    'events of one session',
    session.threads.flatMap((thread) => thread.events),
  )
  for (const thread of session.threads)
    for (const [at, event] of thread.events.entries()) {
      const place = `events.${at}`
      if (event.session_id !== session.id) throw new WorldError(`${place} is labelled with another session.`)
      if (event.session_thread_id !== thread.id)
        throw new WorldError(`${place} is labelled with another thread.`)
      if (!fitsFrame(event.id) || !fitsFrame(event.type))
        throw new WorldError(`${place} has an id or type that no stream frame can carry.`)
    }
}

// A frame's id and event are single lines, lose one leading space only, and an id with NUL is ignored.
function fitsFrame(text: string): boolean {
  return !/[\u0000-\u001f]/.test(text)
}

function unique(what: string, items: readonly { readonly id: string }[]): void {
  if (new Set(items.map(({ id }) => id)).size < items.length)
    throw new WorldError(`Two ${what} share one id.`)
}

function nestsDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some((inner) => nestsDeeper(inner, depth - 1))
}
