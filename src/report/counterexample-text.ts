import { isJsonObject, type JsonValue, stringField } from '../contract/json.ts'
import type { ReportedCounterexample } from './model.ts'

/** A longer world is told by its size. */
const mostEvents = 6

/** One thread of a counterexample's world. */
export interface LoadedThread {
  readonly id: string
  readonly events: readonly JsonValue[]
}

/** The lines that tell a counterexample: what was loaded, what was asked, and how to see it again. */
export function counterexampleLines(one: ReportedCounterexample): string[] {
  return [
    foundBy(one),
    ...worldLines(one.world),
    ...one.steps.map((step) => `asked: ${step}`),
    `again: ${replayLine(one)}`,
  ]
}

/** Which property of generated data failed, and what generates the same again. */
export function foundBy({ property, seed, path }: ReportedCounterexample): string {
  return `found by generated data: ${property} (seed ${seed}, path ${path})`
}

/** The command that asks a counterexample again. */
export function replayLine({ requirement }: ReportedCounterexample): string {
  return `thread-events-conformance replay conformance.json ${requirement}`
}

/** The threads that were loaded; none where the target's own thread was asked about. */
export function loadedThreads(world: JsonValue): LoadedThread[] {
  const sessions = isJsonObject(world) && Array.isArray(world.sessions) ? world.sessions : []
  const [session] = sessions
  const threads = isJsonObject(session) && Array.isArray(session.threads) ? session.threads : []
  return threads.map((thread) => ({
    id: stringField(thread, 'id') ?? '',
    events: isJsonObject(thread) && Array.isArray(thread.events) ? thread.events : [],
  }))
}

/** What tells one event from another in a counterexample: when, which, what. */
export function eventCells(event: JsonValue): string[] {
  return ['created_at', 'id', 'type'].map((name) => stringField(event, name) ?? '—')
}

/** How a thread of a counterexample is named, by its place from 0. */
export function threadHead({ id, events }: LoadedThread, at: number): string {
  return `thread ${at + 1} ${id}: ${events.length} event${events.length === 1 ? '' : 's'}`
}

function worldLines(world: JsonValue): string[] {
  const threads = loadedThreads(world)
  if (threads.length === 0) return ['in the thread of the target']
  return threads.flatMap((thread, at) => {
    const head = threadHead(thread, at)
    const { events } = thread
    if (events.length > mostEvents) return [head]
    return [head, ...events.map((event) => `  ${eventCells(event).join('  ')}`)]
  })
}
