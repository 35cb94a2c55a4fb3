import type { RequirementId } from '../../contract/catalogue.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json.ts'
import { eventsWith } from '../../reference/composites/departures.ts'
import { leastMilliseconds, unseenType } from '../observed-run.ts'
import { asksForEvents, eventsIn, hasFailed, numbersOf, type SignInput, type Symptom } from './sign.ts'

const requiredFields = ['id', 'type', 'session_id', 'session_thread_id', 'created_at'] as const

/** Fewer events show no rule. */
const fewest = 3

/** Fields that no event has, or no event of some types; ids with another prefix; timestamps without a zone or as numbers. */
export function eventSymptoms(input: SignInput): Symptom[] {
  const { run, values, record } = input
  const shown = run.asked
    .filter(asksForEvents)
    .map((asked) => ({ asked, events: eventsIn(asked, values).filter(isJsonObject) }))
  const events = [...new Set(shown.flatMap((one) => one.events))]
  if (events.length < fewest) return []
  const sign = (
    name: string,
    sentence: string,
    violates: readonly [RequirementId, ...RequirementId[]],
    shows: (event: JsonObject) => boolean,
    change: (event: JsonObject) => JsonObject,
  ): Symptom => ({
    bug: { name, sentence, violates, override: eventsWith(change) },
    exchanges: numbersOf(shown.filter((one) => one.events.some(shows)).map(({ asked }) => asked)),
    typicalCause: 'Events are sent as they are stored, or by a serialiser for another schema.',
    suggestedFix:
      'Serialise all events by one function, and check its results against the event schema in a test.',
  })
  const found: Symptom[] = []
  if (hasFailed(record, 'EVT-01')) {
    const everywhere = requiredFields.filter((field) => typesWithout(field, events) === 'all')
    const within = fieldWith(everywhere, events)
    if (everywhere.length > 0)
      found.push(
        sign(
          within === undefined ? `${slug(everywhere.join('-'))}-missing` : `fields-under-${slug(within)}`,
          within === undefined
            ? `No event has ${listed(everywhere)}.`
            : `${listed(everywhere)} ${everywhere.length === 1 ? 'is' : 'are'} in ${within} instead of the event itself.`,
          ['EVT-01'],
          (event) => everywhere.some((field) => event[field] === undefined),
          (event) => without(event, everywhere),
        ),
      )
    for (const field of requiredFields) {
      const types = typesWithout(field, events)
      if (types === undefined || types === 'all') continue
      found.push(
        sign(
          `${slug(field)}-missing-for-${types.length === 1 ? slug(types[0] ?? '') : 'some-types'}`,
          `Events of type ${listed(types)} lack ${field}.`,
          ['EVT-01'],
          (event) => event[field] === undefined,
          (event) => (types.includes(String(event.type)) ? without(event, [field]) : event),
        ),
      )
    }
  }
  if (hasFailed(record, 'EVT-01') && events.filter(({ type }) => type === '').length >= fewest)
    found.push(
      sign(
        'unknown-types-are-empty',
        'Some events have an empty type.',
        ['EVT-01'],
        ({ type }) => type === '',
        (event) => (event.type === unseenType ? { ...event, type: '' } : event),
      ),
    )
  const prefixes = new Set(events.map(({ id }) => /^[a-z]+_/i.exec(String(id))?.[0] ?? ''))
  const [prefix] = prefixes
  if (hasFailed(record, 'EVT-02') && prefixes.size === 1 && prefix !== undefined && prefix !== 'evt_')
    found.push(
      sign(
        prefix === '' ? 'id-without-prefix' : 'event-id-prefix',
        prefix === ''
          ? 'Event ids have no prefix; evt_ is expected.'
          : `Event ids start with ${prefix} instead of evt_.`,
        ['EVT-02'],
        () => true,
        (event) => event,
      ),
    )
  const zoneless = (['created_at', 'processed_at'] as const).filter((field) => {
    const times = events.map((event) => event[field]).filter((value) => typeof value === 'string')
    return times.length >= fewest && times.every(isZoneless)
  })
  if (hasFailed(record, 'EVT-05') && zoneless.length > 0)
    found.push(
      sign(
        'timestamps-without-zone',
        `${listed(zoneless)} ${zoneless.length === 1 ? 'has' : 'have'} no time zone in any event.`,
        ['EVT-05'],
        (event) => zoneless.some((field) => isZoneless(event[field])),
        (event) =>
          Object.fromEntries(
            Object.entries(event).map(([name, value]) => [
              name,
              zoneless.some((field) => field === name) ? withoutZone(value) : value,
            ]),
          ),
      ),
    )
  const numeric = (['created_at', 'processed_at'] as const).filter((field) => {
    const times = events.map((event) => event[field]).filter((value) => value !== undefined && value !== null)
    return times.length >= fewest && times.every((value) => typeof value === 'number')
  })
  const seconds = events.every(
    ({ created_at }) => typeof created_at !== 'number' || created_at < leastMilliseconds,
  )
  if (hasFailed(record, 'EVT-05') && numeric.length > 0)
    found.push(
      sign(
        'timestamps-as-numbers',
        `${listed(numeric)} ${numeric.length === 1 ? 'is a number' : 'are numbers'} (Unix time in ${seconds ? 'seconds' : 'milliseconds'}) instead of an RFC 3339 string.`,
        ['EVT-01', 'EVT-05'],
        (event) => numeric.some((field) => typeof event[field] === 'number'),
        (event) =>
          Object.fromEntries(
            Object.entries(event).map(([name, value]) => [
              name,
              numeric.some((field) => field === name) ? unixTime(value, seconds) : value,
            ]),
          ),
      ),
    )
  return found
}

function unixTime(value: JsonValue, seconds: boolean): JsonValue {
  if (typeof value !== 'string') return value
  const milliseconds = Date.parse(value)
  return seconds ? milliseconds / 1_000 : milliseconds
}

function listed(names: readonly string[]): string {
  return names.join(', ').replace(/, (?=[^,]*$)/, ' and ')
}

function without(event: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(event).filter(([name]) => !fields.includes(name)))
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}

/** The field whose value has these fields, in every event. */
function fieldWith(fields: readonly string[], events: readonly JsonObject[]): string | undefined {
  const [first] = events
  return Object.keys(first ?? {}).find((name) =>
    events.every((event) => {
      const value = event[name]
      return isJsonObject(value) && fields.every((field) => value[field] !== undefined)
    }),
  )
}

/** The types whose events all lack a field, where every event with the field is of another type. */
function typesWithout(field: string, events: readonly JsonObject[]): readonly string[] | 'all' | undefined {
  const lacking = events.filter((event) => event[field] === undefined)
  if (lacking.length === events.length) return 'all'
  if (lacking.length < fewest || field === 'type') return undefined
  const types = new Set(lacking.map(({ type }) => String(type)))
  const mixed = events.some((event) => event[field] !== undefined && types.has(String(event.type)))
  return mixed ? undefined : [...types].toSorted()
}

function isZoneless(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?$/.test(value)
}

function withoutZone(value: JsonValue): JsonValue {
  return typeof value === 'string' ? value.replace(/(?:Z|[+-]\d\d:\d\d)$/, '') : value
}
