import { compareInstants, isWrittenInUtc, parseInstant } from '../../contract/instant.ts'
import { isJsonObject, stringField } from '../../contract/json.ts'
import { type EventDefinition, eventProblem } from '../../contract/schemas.ts'
import { createdInstant, type SeenEvent, sameValue } from '../event.ts'
import type { Finding } from '../finding.ts'
import { type History, type ListExchange, revisionOf } from '../history.ts'

/** One event with the exchange that showed it. */
export interface Sighting {
  readonly event: SeenEvent
  readonly list: ListExchange
}

/** Every event of every page, each JSON value of a thread once. */
export function sightings({ lists }: History): readonly Sighting[] {
  const known = collected.get(lists)
  if (known?.of === lists.length) return known.sightings
  const seenIn = new Map<string, Set<SeenEvent | string>>()
  const found: Sighting[] = []
  for (const list of lists) {
    if (typeof list.page === 'string') continue
    const seen = seenIn.get(list.thread.threadId) ?? new Set()
    seenIn.set(list.thread.threadId, seen)
    for (const event of list.page.events) {
      // Events without a table are distinguished by their text.
      const key = event.original ?? JSON.stringify(event.value)
      if (seen.size === seen.add(key).size) continue
      found.push({ event, list })
    }
  }
  collected.set(lists, { of: lists.length, sightings: found })
  return found
}

// Seven judges read the same history, and collecting its events is most of their work.
const collected = new WeakMap<
  History['lists'],
  { readonly of: number; readonly sightings: readonly Sighting[] }
>()

/** What an event breaks of one definition of the event schema. */
export function judgeSchema(definition: EventDefinition, { event, list }: Sighting): Finding | undefined {
  // An event that is not an object is one finding, of EVT-01 alone.
  if (!isJsonObject(event.value) && definition !== 'EVT-01') return undefined
  // So is an id that is not a string.
  if (definition === 'EVT-02' && event.id === undefined) return undefined
  const problem = eventProblem(definition, event.value, revisionOf(list.thread).schemas.event)
  if (problem === undefined) return undefined
  return {
    kind: `schema: ${problem.replace(/"[^"]*"/g, '…')}`,
    message: `Event ${event.id ?? '(no id)'}: ${problem}.`,
    expected: `an event that meets ${definition}`,
    actual: problem,
    exchanges: [list.exchange.id],
  }
}

/** EVT-03 and EVT-04: the event's label is the thread, or session, of the path. */
export function judgeLabel(which: 'thread' | 'session', { event, list }: Sighting): Finding | undefined {
  const expected = which === 'thread' ? list.thread.threadId : list.thread.sessionId
  const actual = event[which]
  if (actual === undefined || actual === expected) return undefined
  const field = which === 'thread' ? 'session_thread_id' : 'session_id'
  return {
    kind: `label-${which}`,
    message: `Event ${event.id ?? '(no id)'} has the ${field} of another ${which}.`,
    expected: `${field}: ${expected}`,
    actual: `${field}: ${actual}`,
    exchanges: [list.exchange.id],
  }
}

/** EVT-02, second half: two different events of one page that share an id. */
export function judgeSharedId(list: ListExchange): Finding | undefined {
  if (typeof list.page === 'string') return undefined
  const byId = new Map<string, SeenEvent>()
  for (const event of list.page.events) {
    if (event.id === undefined) continue
    const twin = byId.get(event.id)
    if (twin !== undefined && !sameValue(twin, event))
      return {
        kind: 'shared-id',
        message: `Two different events on one page share the id ${event.id}.`,
        expected: 'unique event ids',
        actual: `${event.id} twice`,
        exchanges: [list.exchange.id],
      }
    byId.set(event.id, event)
  }
  return undefined
}

/** A test for events with at least one of these fields, not null. */
export function hasField(...names: readonly string[]): (sighting: Sighting) => boolean {
  return ({ event: { value } }) => isJsonObject(value) && names.some((name) => value[name] != null)
}

/** Whether the event has any of the fields of EVT-07. */
export const hasRecommendedFields = hasField('schema_version', 'processed_at', 'turn_id')

/** EVT-07, second part: `processed_at` is not before `created_at`. */
export function judgeProcessedAt({ event, list }: Sighting): Finding | undefined {
  const text = stringField(event.value, 'processed_at')
  const processed = text === undefined ? undefined : parseInstant(text)
  const created = createdInstant(event)
  if (processed === undefined || created === undefined || compareInstants(processed, created) >= 0)
    return undefined
  return {
    kind: 'processed-before-created',
    message: `Event ${event.id ?? '(no id)'} was processed before it was created.`,
    expected: `processed_at not before ${event.createdAt ?? ''}`,
    actual: `processed_at: ${text ?? ''}`,
    exchanges: [list.exchange.id],
  }
}

/** EVT-10: `created_at` and `processed_at` are written in UTC. A value that is not a timestamp is EVT-05's finding. */
export function judgeUtc({ event, list }: Sighting): Finding | undefined {
  for (const field of ['created_at', 'processed_at']) {
    const text = stringField(event.value, field)
    if (text === undefined || parseInstant(text) === undefined || isWrittenInUtc(text)) continue
    return {
      kind: `utc-${field}`,
      message: `Event ${event.id ?? '(no id)'}: ${field} is not in UTC.`,
      expected: `${field} ending in Z or +00:00`,
      actual: `${field}: ${text}`,
      exchanges: [list.exchange.id],
    }
  }
  return undefined
}
