import { compareInstants, parseInstant } from '../../contract/instant.ts'
import { canonicalJson, isJsonObject, type JsonValue, writeJson } from '../../contract/json.ts'
import type { Attribution } from '../attribution/attribution.ts'
import { type KnownEvent, plainContent, type SeenEvent } from '../event.ts'
import type { ListExchange } from '../history.ts'
import { judgeLabel, judgeProcessedAt, judgeSchema } from './event-fields.ts'

const promises = ['EVT-01', 'EVT-02', 'EVT-05', 'EVT-06'] as const

/** The target decides when an event was processed. */
const ownMatter: ReadonlySet<string> = new Set(['processed_at'])

/** The documents do not require these fields; a target may drop them. */
const mayBeLeftOut: ReadonlySet<string> = new Set(['schema_version', 'turn_id'])

/**
 * Judges one listed event against the one that was loaded: it must be a valid event with the right labels, and
 * every field must be unchanged. Additional fields are allowed, and a time may be written in another form.
 */
export function judgeContent(
  event: SeenEvent,
  list: ListExchange,
  loaded: ReadonlyMap<string, KnownEvent>,
): Attribution[] {
  const sighting = { event, list }
  const broken: Attribution[] = promises.flatMap((id) => {
    const finding = judgeSchema(id, sighting)
    return finding === undefined ? [] : [{ id, finding }]
  })
  const recommended = judgeSchema('EVT-07', sighting) ?? judgeProcessedAt(sighting)
  if (recommended !== undefined) broken.push({ id: 'EVT-07', finding: recommended })
  for (const [which, id] of [['thread', 'EVT-03'] as const, ['session', 'EVT-04'] as const]) {
    const finding = judgeLabel(which, sighting)
    if (finding !== undefined) broken.push({ id, finding })
  }
  if (broken.length > 0) return broken
  const original = loaded.get(event.id ?? '')
  const changed = original === undefined ? 'id' : changedField(original.value, event.value)
  if (changed === undefined) return []
  return [changedEvent(event, original, changed, list.exchange.id, loaded)]
}

/** As {@link judgeContent}, for an event in a frame: which field differs from what was loaded. */
export function judgeFrameContent(
  event: SeenEvent,
  exchange: number,
  loaded: ReadonlyMap<string, KnownEvent>,
): Attribution | undefined {
  const original = loaded.get(event.id ?? '')
  const changed = original === undefined ? 'id' : changedField(original.value, event.value)
  return changed === undefined ? undefined : changedEvent(event, original, changed, exchange, loaded)
}

function changedEvent(
  event: SeenEvent,
  original: KnownEvent | undefined,
  field: string,
  exchange: number,
  loaded: ReadonlyMap<string, KnownEvent>,
): Attribution {
  const [expected, actual] = [original?.value ?? null, event.value].map((value) => around(value, field))
  // The right event under a wrong id has not changed: it has the id of another event.
  const misnamed = [...loaded.values()].find((other) => changedField(other.value, event.value) === 'id')
  const finding = {
    kind: misnamed === undefined ? 'changed' : 'wrong-id',
    message:
      original === undefined
        ? `Event ${event.id ?? '(no id)'} was never loaded into the target.`
        : `Event ${event.id ?? '(no id)'} differs from what was loaded: ${field} has changed.`,
    expected: expected ?? '',
    actual: actual ?? '',
    exchanges: [exchange],
  }
  return { id: misnamed === undefined ? 'EVT-08' : 'EVT-02', finding }
}

// The id last, so that a difference in it alone can be told apart from the others.
function changedField(loaded: JsonValue, seen: JsonValue): string | undefined {
  if (!isJsonObject(loaded) || !isJsonObject(seen)) return 'the whole event'
  const names = Object.keys(loaded).filter((name) => !ownMatter.has(name))
  const differs = (name: string) => !sameField(name, loaded[name] ?? null, seen[name])
  return names.filter((name) => name !== 'id').find(differs) ?? names.find(differs)
}

function sameField(name: string, loaded: JsonValue, seen: JsonValue | undefined): boolean {
  if (seen === undefined) return mayBeLeftOut.has(name)
  if (name === 'created_at' && typeof loaded === 'string' && typeof seen === 'string') {
    const [a, b] = [parseInstant(loaded), parseInstant(seen)]
    if (a !== undefined && b !== undefined) return compareInstants(a, b) === 0
  }
  if (name === 'content') return canonicalJson(plainContent(loaded)) === canonicalJson(plainContent(seen))
  return loaded === seen || canonicalJson(loaded) === canonicalJson(seen)
}

function around(value: JsonValue, field: string): string {
  const part = isJsonObject(value) ? (value[field] ?? null) : value
  return `${field}: ${writeJson(part).slice(0, 160)}`
}
