import { isJsonObject, type JsonValue, stringField } from '../contract/json.ts'
import type { ReportedCounterexample } from './model.ts'

/** A longer world is told by its size. */
const mostEvents = 6

/** The lines that tell a counterexample: what was loaded, what was asked, and how to see it again. */
export function counterexampleLines(one: ReportedCounterexample): string[] {
  const { world, steps, seed, path, property, requirement } = one
  return [
    `found by generated data: ${property} (seed ${seed}, path ${path})`,
    ...worldLines(world),
    ...steps.map((step) => `asked: ${step}`),
    `again: thread-events-conformance replay conformance.json ${requirement}`,
  ]
}

function worldLines(world: JsonValue): string[] {
  const threads = threadsOf(world)
  if (threads.length === 0) return ['in the thread of the target']
  return threads.flatMap(({ id, events }, at) => {
    const head = `thread ${at + 1} ${id}: ${events.length} event${events.length === 1 ? '' : 's'}`
    return events.length > mostEvents ? [head] : [head, ...events.map((event) => `  ${eventLine(event)}`)]
  })
}

function threadsOf(world: JsonValue): { id: string; events: readonly JsonValue[] }[] {
  const sessions = isJsonObject(world) && Array.isArray(world.sessions) ? world.sessions : []
  const [session] = sessions
  const threads = isJsonObject(session) && Array.isArray(session.threads) ? session.threads : []
  return threads.map((thread) => ({
    id: stringField(thread, 'id') ?? '',
    events: isJsonObject(thread) && Array.isArray(thread.events) ? thread.events : [],
  }))
}

function eventLine(event: JsonValue): string {
  return ['created_at', 'id', 'type'].map((name) => stringField(event, name) ?? '—').join('  ')
}
