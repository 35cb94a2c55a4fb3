import { canonicalJson, isJsonObject, type JsonValue } from '../contract/json.ts'
import type { RecordedAnswer, RecordedBody, RecordedFrame } from '../record/recorded-answer.ts'
import type { ObservedRequest } from './observed-run.ts'

/** One side of an answer that a bug can change by itself. */
export type Facet =
  | 'status'
  | 'representation'
  | 'media type'
  | 'Vary'
  | 'WWW-Authenticate'
  | 'secrets'
  | 'error body'
  | 'envelope'
  | 'first_id, last_id'
  | 'has_more'
  | 'which events'
  | 'order of events'
  | 'fields of events'
  | 'framing'
  | 'start of the stream'
  | 'body'

/** By exchange, the facets in which a server with some bugs differs from the target. */
export type Differences = ReadonlyMap<number, ReadonlySet<Facet>>

/** Where these differ, nothing else can be compared. */
const hiding: ReadonlySet<Facet> = new Set(['status', 'representation'])

/** Whether the difference hides every other. */
export function hidesOthers(facets: ReadonlySet<Facet>): boolean {
  return [...facets].some((facet) => hiding.has(facet))
}

/** The facets in which an answer of the reference server differs from what the target answered. */
export function differingFacets(
  { answer: seen, exchange }: Pick<ObservedRequest, 'answer' | 'exchange'>,
  told: RecordedAnswer,
  values: readonly JsonValue[],
): ReadonlySet<Facet> {
  const found = new Set<Facet>()
  const differs = (facet: Facet, isDifferent: boolean) => {
    if (isDifferent) found.add(facet)
  }
  const failed = [seen.failure !== null, told.failure !== null]
  if (failed[0] === true || failed[1] === true) {
    differs('status', failed[0] !== failed[1])
    return found
  }
  differs('status', seen.status !== told.status)
  differs('secrets', seen.echo !== told.echo)
  if (seen.status < 400 !== told.status < 400) return found
  differs('Vary', seen.varies !== told.varies)
  differs('WWW-Authenticate', seen.challenge !== told.challenge)
  if (isStream(seen.body) !== isStream(told.body)) {
    differs('representation', true)
    return found
  }
  differs('media type', seen.mediaType !== told.mediaType || seen.utf8 !== told.utf8)
  for (const facet of bodyFacets(seen.body, told.body, values, exchange.stream?.end === 'enough'))
    found.add(facet)
  return found
}

function isStream({ kind }: RecordedBody): boolean {
  return kind === 'stream'
}

function bodyFacets(
  seen: RecordedBody,
  told: RecordedBody,
  values: readonly JsonValue[],
  partly: boolean,
): Facet[] {
  if (seen.kind === 'list' && told.kind === 'list') return listFacets(seen, told, values)
  if (seen.kind === 'stream' && told.kind === 'stream')
    return streamFacets(seen.frames, told.frames, values, partly)
  if (isError(seen) || isError(told))
    return errorShape(seen, values) === errorShape(told, values) ? [] : ['error body']
  if (seen.kind === 'list' || told.kind === 'list') return ['envelope']
  if (seen.kind === 'text' && told.kind === 'text') return seen.text === told.text ? [] : ['body']
  const same =
    seen.kind === 'json' &&
    told.kind === 'json' &&
    fieldsOf(values[seen.value]) === fieldsOf(values[told.value])
  return same ? [] : ['body']
}

// What is neither a list nor an error has values of its own.
function fieldsOf(value: JsonValue | undefined): string {
  return isJsonObject(value) ? Object.keys(value).sort().join() : typeof value
}

function isError({ kind }: RecordedBody): boolean {
  return kind === 'error'
}

// Further fields of an error are the server's own business.
function errorShape(body: RecordedBody, values: readonly JsonValue[]): string {
  if (body.kind !== 'error') return body.kind
  const value = values[body.value]
  if (!isJsonObject(value)) return 'no object'
  const { type, error, shows } = value
  const inner = isJsonObject(error) ? [error.type ?? null, error.message ?? null] : [typeof error]
  return JSON.stringify([type ?? null, ...inner, shows ?? null])
}

type ListBody = Extract<RecordedBody, { kind: 'list' }>

function listFacets(seen: ListBody, told: ListBody, values: readonly JsonValue[]): Facet[] {
  if (seen.rows === null || told.rows === null) return seen.rows === told.rows ? [] : ['envelope']
  const isShown = (row: number) => values[row] !== null
  const [own, other] = [seen.rows.filter(isShown), told.rows.filter(isShown)]
  const ids = [own.map((row) => idOf(values[row], row)), other.map((row) => idOf(values[row], row))] as const
  const given = (body: ListBody) => [body.first, body.last, body.more].map((one) => one !== undefined).join()
  const found: Facet[] = given(seen) === given(told) ? [] : ['envelope']
  if (endsOf(seen, ids[0]).some((end, at) => differ(end, endsOf(told, ids[1])[at])))
    found.push('first_id, last_id')
  if (differ(seen.more, told.more)) found.push('has_more')
  return [...found, ...recordFacets(ids[0], ids[1], own, other, seen.rows.length - own.length)]
}

function differ(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b && canonicalJson(a) !== canonicalJson(b)
}

// Ends that are those of the page are right whatever is on it.
function endsOf({ first, last }: ListBody, ids: readonly string[]): (JsonValue | undefined)[] {
  const own = (value: JsonValue | undefined, id: string | undefined) =>
    value !== undefined && value === (id ?? null) ? 'own' : value
  return [own(first, ids[0]), own(last, ids.at(-1))]
}

function recordFacets(
  seen: readonly string[],
  told: readonly string[],
  seenRows: readonly number[],
  toldRows: readonly number[],
  unknown = 0,
): Facet[] {
  const found: Facet[] = []
  if (!sameEvents(seen, told, unknown)) found.push('which events')
  const [inSeen, inTold] = [new Set(seen), new Set(told)]
  const common = [seen.filter((id) => inTold.has(id)), told.filter((id) => inSeen.has(id))] as const
  if (new Set(common[0]).size > 1 && [...new Set(common[0])].join() !== [...new Set(common[1])].join())
    found.push('order of events')
  const form = new Map(told.map((id, at) => [id, toldRows[at]]))
  if (seen.some((id, at) => inTold.has(id) && form.get(id) !== seenRows[at])) found.push('fields of events')
  return found
}

/** @param unknown how many events of a page were not shown: they may be any */
function sameEvents(seen: readonly string[], told: readonly string[], unknown: number): boolean {
  if (unknown === 0) return seen.toSorted().join() === told.toSorted().join()
  const [inSeen, inTold] = [new Set(seen), new Set(told)]
  return seen.every((id) => inTold.has(id)) && told.filter((id) => !inSeen.has(id)).length <= unknown
}

function streamFacets(
  seen: readonly RecordedFrame[],
  told: readonly RecordedFrame[],
  values: readonly JsonValue[],
  partly: boolean,
): Facet[] {
  // The suite stops reading when it has what it wanted, so that a stream may have had more to say.
  const other = partly ? told.slice(0, seen.length) : told
  const ids = (frames: readonly RecordedFrame[]) =>
    frames.map(({ value, id }) => idOf(values[value], undefined) ?? id ?? `#${value}`)
  const found: Facet[] = []
  const [own, right] = [ids(seen), ids(other)]
  if (own[0] !== right[0]) found.push('start of the stream')
  const framing = new Map(other.map((frame, at) => [right[at], frame]))
  const reframed = seen.some((frame, at) => {
    const twin = framing.get(own[at])
    return twin !== undefined && (twin.id !== frame.id || twin.event !== frame.event)
  })
  if (reframed) found.push('framing')
  const rows = (frames: readonly RecordedFrame[]) => frames.map(({ value }) => value)
  return [...found, ...recordFacets(own, right, rows(seen), rows(other))]
}

function idOf(value: JsonValue | undefined, row: number): string
function idOf(value: JsonValue | undefined, row: undefined): string | undefined
function idOf(value: JsonValue | undefined, row: number | undefined): string | undefined {
  if (isJsonObject(value) && typeof value.id === 'string') return value.id
  return row === undefined ? undefined : `#${row}`
}
