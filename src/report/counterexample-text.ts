import { isJsonObject, type JsonValue, stringField } from '../contract/json.ts'
import type { Report, ReportedCounterexample } from './model.ts'

/** Of a longer thread only the size is shown. */
const mostEvents = 6

/** One thread of a counterexample's world. */
export interface LoadedThread {
  readonly id: string
  readonly events: readonly JsonValue[]
}

/** A counterexample as lines: the loaded data, the requests, and the command that repeats them. */
export function counterexampleLines(one: ReportedCounterexample, report: ReplayableReport): string[] {
  return [
    foundBy(one),
    ...worldLines(one.world),
    ...one.steps.map((step) => `request: ${step}`),
    `replay: ${replayLine(one.requirement, report)}`,
  ]
}

/** The property that failed, with the seed and path that generate the same data again. */
export function foundBy({ property, seed, path }: ReportedCounterexample): string {
  return `found with generated data: ${property} (seed ${seed}, path ${path})`
}

/** What the command that repeats a failure is made from. */
export type ReplayableReport = Pick<Report, 'replay_command'>

/** The command that repeats the failure of a requirement, as the reader of the report starts the program. */
export function replayLine(
  requirement: string,
  { replay_command = 'npx thread-events-conformance replay conformance.json' }: ReplayableReport,
): string {
  return `${replay_command} ${requirement}`
}

/** The threads that were loaded; none where the requests went to the target's own thread. */
export function loadedThreads(world: JsonValue): LoadedThread[] {
  const sessions = isJsonObject(world) && Array.isArray(world.sessions) ? world.sessions : []
  const [session] = sessions
  const threads = isJsonObject(session) && Array.isArray(session.threads) ? session.threads : []
  return threads.map((thread) => ({
    id: stringField(thread, 'id') ?? '',
    events: isJsonObject(thread) && Array.isArray(thread.events) ? thread.events : [],
  }))
}

/** Time, id and type of an event. */
export function eventCells(event: JsonValue): string[] {
  return ['created_at', 'id', 'type'].map((name) => stringField(event, name) ?? '—')
}

/** The heading of a thread, by its position from 0. */
export function threadHead({ id, events }: LoadedThread, at: number): string {
  return `thread ${at + 1} ${id}: ${events.length} event${events.length === 1 ? '' : 's'}`
}

function worldLines(world: JsonValue): string[] {
  const threads = loadedThreads(world)
  if (threads.length === 0) return ["data: the target's own thread"]
  return threads.flatMap((thread, at) => {
    const head = threadHead(thread, at)
    const { events } = thread
    if (events.length > mostEvents) return [head]
    return [head, ...events.map((event) => `  ${eventCells(event).join('  ')}`)]
  })
}
