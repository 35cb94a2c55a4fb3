import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import type { SetupAction } from '../record/evidence.ts'
import type { RecordedAnswer } from '../record/recorded-answer.ts'
import type { RunRecord } from '../record/run-record.ts'
import { instantKey } from '../reference/store/instant-key.ts'
import type { ThreadEvent, World } from '../reference/world/world.ts'
import type { Exchange } from '../wire/exchange.ts'
import { type ArrivalRanks, asArrived } from './arrival-order.ts'
import { modeOf, mostWidespread, type RequestMode } from './event-forms.ts'

/** One request of the run with its whole answer. */
export interface ObservedRequest {
  readonly exchange: Exchange
  readonly answer: RecordedAnswer
  /** How many had been answered before it. */
  readonly answered: number
  /** The session that its path names, decoded; empty where it names none. */
  readonly sessionId: string
}

/** What a run asked, and the data that the target was seen to hold. */
export interface ObservedRun {
  /** In the order of sending. */
  readonly asked: readonly ObservedRequest[]
  /** What the target held of its own. */
  readonly world: World
  /** What the suite put there, in order. */
  readonly setupActions: readonly SetupAction[]
}

interface Place {
  readonly sessionId: string
  readonly threadId: string
}

const route = /^\/sessions\/([^/?]+)(?:\/threads(?:\/([^/?]+)(?:\/events)?)?)?(?:[?]|$)/

/** Puts together what the target must have held to answer as it did. */
export function observedRunOf({ exchanges, evidence, attribution }: RunRecord): ObservedRun {
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]))
  const asked = evidence.answers
    .flatMap(({ exchange: id, answer }, answered): ObservedRequest[] => {
      const exchange = byId.get(id)
      if (exchange === undefined) return []
      return [{ exchange, answer, answered, sessionId: placeOf(exchange).sessionId }]
    })
    .sort((a, b) => a.exchange.id - b.exchange.id)
  const world = worldOf(asked, evidence.values, evidence.setupActions)
  return {
    asked,
    world: isCutOff(attribution) ? withUnseen(world, asked, evidence.values) : world,
    setupActions: evidence.setupActions,
  }
}

/** Whether no request leads beyond the first page. */
function isCutOff({ capabilities }: RunRecord['attribution']): boolean {
  return (['after_id', 'order'] as const).every((feature) =>
    capabilities.some((one) => one.feature === feature && one.usable.length === 0 && one.state !== 'unknown'),
  )
}

/** The time of an event that no page showed: it sorts after every event that a page did show. */
const lastOfAll = '9999-01-01T00:00:00Z'

/** A thread whose last known page says that more follows has events that no page could show. */
function withUnseen(world: World, asked: readonly ObservedRequest[], values: readonly JsonValue[]): World {
  const ended = new Set(
    asked.flatMap(({ answer: { body } }) =>
      body.kind === 'list' && body.more === true ? (idOf(values[body.rows?.at(-1) ?? -1]) ?? []) : [],
    ),
  )
  return {
    ...world,
    sessions: world.sessions.map((session) => ({
      ...session,
      threads: session.threads.map((thread) => {
        const last = thread.events.at(-1)
        if (last === undefined || !ended.has(last.id)) return thread
        const unseen = {
          ...last,
          id: `${last.id}-unseen`,
          type: unseenType,
          created_at: lastOfAll,
        }
        return { ...thread, events: [...thread.events, unseen] }
      }),
    })),
  }
}

function placeOf({ request }: Exchange): Place {
  const [, session = '', thread = ''] = route.exec(request.target) ?? []
  return { sessionId: decoded(session), threadId: decoded(thread) }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** Where an event was seen, how often, and in which forms. */
interface Sighting {
  readonly places: Map<string, number>
  /** By its number, the modes of requests that showed a form. */
  readonly forms: Map<number, Set<RequestMode>>
  readonly ranks: ArrivalRanks
  /** The type by which a filter found it. */
  readonly askedType?: string
}

function worldOf(
  asked: readonly ObservedRequest[],
  values: readonly JsonValue[],
  setupActions: readonly SetupAction[],
): World {
  const made = new Set(setupActions.flatMap((action) => (action.did === 'put' ? [action.session.id] : [])))
  const threads = new Map<string, Map<string, ThreadEvent[]>>()
  const threadAt = ({ sessionId, threadId }: Place) => {
    const session = threads.get(sessionId) ?? new Map<string, ThreadEvent[]>()
    threads.set(sessionId, session)
    const events = session.get(threadId) ?? []
    session.set(threadId, events)
    return events
  }
  for (const { place } of listed(asked, values))
    if (!made.has(place.sessionId)) {
      if (place.threadId === '') threads.set(place.sessionId, threads.get(place.sessionId) ?? new Map())
      else threadAt(place)
    }
  const sightings = sightingsOf(asked, values, made)
  for (const sighting of sightings.values()) {
    const value = values[mostWidespread(sighting.forms, values) ?? -1]
    if (!isJsonObject(value)) continue
    const [sessionId = '', threadId = ''] = ownPlace(value, sighting).split('\n')
    const event = asEvent(
      sighting.askedType === undefined || isText(value.type) ? value : { ...value, type: sighting.askedType },
      { sessionId, threadId },
      unseenTime(sighting.ranks.inList ?? sighting.ranks.behindCursor),
    )
    if (event !== undefined) threadAt({ sessionId, threadId }).push(event)
  }
  return {
    version: 1,
    sessions: [...threads].map(([id, own]) => ({
      id,
      threads: [...own].map(([threadId, events]) => ({
        id: threadId,
        events: asArrived(events, ({ id }) => sightings.get(id)?.ranks ?? {}),
      })),
    })),
  }
}

/** Sessions and threads that exist: listed as such, or whose list was given. */
function listed(
  asked: readonly ObservedRequest[],
  values: readonly JsonValue[],
): { readonly place: Place }[] {
  return asked.flatMap(({ exchange, answer }) => {
    const { target } = exchange.request
    const rows = answer.body.kind === 'list' && isSuccess(answer) ? (answer.body.rows ?? []) : undefined
    if (rows === undefined) return []
    const ids = rows.flatMap((row) => idOf(values[row]) ?? [])
    if (/^\/sessions(\?|$)/.test(target))
      return ids.map((sessionId) => ({ place: { sessionId, threadId: '' } }))
    const { sessionId, threadId } = placeOf(exchange)
    if (threadId === '' && /\/threads(\?|$)/.test(target))
      return ids.map((id) => ({ place: { sessionId, threadId: id } }))
    return []
  })
}

/** More events than a page can have: the rank of an event is its exchange, and after the point its position. */
const positions = 1_000_000

function sightingsOf(
  asked: readonly ObservedRequest[],
  values: readonly JsonValue[],
  made: ReadonlySet<string>,
): ReadonlyMap<string, Sighting> {
  const sightings = new Map<string, Sighting>()
  const newestFirst = isNewestFirst(asked, values)
  for (const { exchange, answer } of asked) {
    const place = placeOf(exchange)
    if (!isSuccess(answer) || place.threadId === '' || made.has(place.sessionId)) continue
    const key = `${place.sessionId}\n${place.threadId}`
    const mode = modeOf(exchange)
    const rows = rowsOf(answer)
    const isList = answer.body.kind === 'list'
    const reversed = newestFirst && !/[?&]order=/.test(exchange.request.target)
    const plain = isList && isPlain(exchange) && !reversed
    const withCursor = /[?&]after_id=/.test(exchange.request.target)
    const descending =
      isList &&
      (/[?&]order=desc(&limit=\d+)?$/.test(exchange.request.target) ||
        (reversed && isWithoutParameters(exchange)))
    const askedType = /[?&](?:type|types\[\])=([a-z0-9._]+)$/.exec(exchange.request.target)?.[1]
    const whole = answer.body.kind === 'stream' && isWholeStream(exchange) && isChronological(rows, values)
    for (const [at, row] of rows.entries()) {
      const id = idOf(values[row])
      if (id === undefined) continue
      const page = exchange.id + at / positions
      const known: Sighting = sightings.get(id) ?? { places: new Map(), forms: new Map(), ranks: {} }
      const { ranks } = known
      const earliest = (rank: number | undefined) => Math.min(rank ?? page, page)
      sightings.set(id, {
        ...known,
        ...(askedType === undefined ? {} : { askedType }),
        ranks: {
          ...ranks,
          ...(plain && !withCursor ? { inList: earliest(ranks.inList) } : {}),
          ...(plain && withCursor
            ? {
                behindCursor: earliest(ranks.behindCursor),
                onPages: new Map([...(ranks.onPages ?? []), [exchange.id, at]]),
              }
            : {}),
          ...(descending && ranks.fromEnd === undefined ? { fromEnd: -at } : {}),
          ...(whole && ranks.inStream === undefined ? { inStream: at } : {}),
        },
      })
      known.places.set(key, (known.places.get(key) ?? 0) + 1)
      known.forms.set(row, (known.forms.get(row) ?? new Set()).add(mode))
    }
  }
  return sightings
}

// What an order that does not exist is taken for says nothing about the order of the thread.
function isPlain({ request: { target } }: Exchange): boolean {
  return !/[?&](order=(?!asc(&|$))|types?|before_id)/.test(target)
}

function isWithoutParameters({ request: { target } }: Exchange): boolean {
  return /events(\?limit=\d+)?$/.test(target)
}

/** Whether all lists without an order are newest first: their events of one instant are reversed, too. */
function isNewestFirst(asked: readonly ObservedRequest[], values: readonly JsonValue[]): boolean {
  const lists = asked
    .filter(
      ({ exchange, answer }) =>
        isSuccess(answer) && answer.body.kind === 'list' && isWithoutParameters(exchange),
    )
    .map(({ answer }) => rowsOf(answer))
  return (
    lists.some((rows) => !isChronological(rows, values)) &&
    lists.every((rows) => isChronological(rows.toReversed(), values))
  )
}

function isWholeStream({ request: { target, headers } }: Exchange): boolean {
  return !target.includes('?') && !headers.some(([name]) => /^last-event-id$/i.test(name))
}

// A stream in another order than that of time says nothing about the order of events with equal timestamps.
function isChronological(rows: readonly number[], values: readonly JsonValue[]): boolean {
  const keys = rows.map((row) => {
    const value = values[row]
    return isJsonObject(value) && typeof value.created_at === 'string'
      ? instantKey(value.created_at)
      : undefined
  })
  return keys.every((key, at) => key !== undefined && (at === 0 || (keys[at - 1] ?? '') <= key))
}

// A wrong status of a success says nothing about what it shows.
function isSuccess({ status }: RecordedAnswer): boolean {
  return status >= 200 && status < 300
}

function rowsOf({ body }: RecordedAnswer): readonly number[] {
  if (body.kind === 'list') return body.rows ?? []
  return body.kind === 'stream' ? body.frames.map(({ value }) => value) : []
}

function idOf(value: JsonValue | undefined): string | undefined {
  return isJsonObject(value) && typeof value.id === 'string' ? value.id : undefined
}

// What leaks into another thread is still labelled with its own; a wrong label names a place where it never was.
function ownPlace(value: JsonObject, { places }: Sighting): string {
  const label = `${String(value.session_id)}\n${String(value.session_thread_id)}`
  return places.has(label) ? label : mostCommon(places)
}

function mostCommon<T>(counts: ReadonlyMap<T, number>): T {
  const [best] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))
  return best
}

/** What stands for the type of an event that was shown without one: most likely its server did not know it. */
export const unseenType = 'type.that.was.not.shown'

/** What stands for a time that was not shown: it keeps the order in which events were listed. */
function unseenTime(first: number = afterAllRequests): string {
  return new Date(Math.round(first * positions)).toISOString()
}

/** Behind the number of any exchange of a run; as a time it is still a date that can be written. */
const afterAllRequests = 8_000_000

/**
 * The event as it must be: of every event it is known which thread it belongs to.
 * @param unseen the time to give it if it has no `created_at`
 */
export function asEvent(
  value: JsonObject,
  { sessionId, threadId }: Place,
  unseen?: string,
): ThreadEvent | undefined {
  const { id } = value
  const type = isText(value.type) ? value.type : unseenType
  const created_at = timestampOf(value.created_at) ?? (value.created_at === undefined ? unseen : undefined)
  if (typeof id !== 'string' || created_at === undefined) return undefined
  return {
    ...value,
    ...documentedFields(type, value),
    id,
    type,
    created_at,
    session_id: sessionId,
    session_thread_id: threadId,
  }
}

/** What stands for the id of a thread that was not shown. */
const unseenThread = 'sthr_unseen'

/** Stand-ins for documented fields of an event that were not shown as documented: its server must have values for them. */
function documentedFields(type: string, value: JsonObject): JsonObject {
  const isThread = (field: JsonValue | undefined) => typeof field === 'string' && field.startsWith('sthr_')
  if (type === 'session.thread_status_running') return value.status === 'running' ? {} : { status: 'running' }
  if (type !== 'agent.thread_message_sent') return {}
  return {
    ...(isText(value.direction) ? {} : { direction: 'outbound' }),
    ...(value.content === undefined ? { content: '' } : {}),
    ...(isThread(value.from_session_thread_id) ? {} : { from_session_thread_id: unseenThread }),
    ...(isThread(value.to_session_thread_id) ? {} : { to_session_thread_id: unseenThread }),
  }
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value !== ''
}

// A server that writes dates in a format of its own still means a point in time.
function timestampOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string' && instantKey(value) !== undefined) return value
  if (typeof value === 'number') return iso(value < leastMilliseconds ? value * 1_000 : value)
  if (isJsonObject(value)) return timestampOf(Object.values(value)[0])
  if (typeof value !== 'string') return undefined
  const repaired = value
    .replace(' ', 'T')
    .replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
    .replace(/\+00:00$/, 'Z')
  const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(repaired) ? repaired : `${repaired}Z`
  return instantKey(zoned) === undefined ? (iso(Date.parse(value)) ?? value) : zoned
}

/** A Unix time below it is in seconds: in milliseconds it would be before March 1973, in seconds it is before 5138. */
export const leastMilliseconds = 1e11

/** The largest time that a JavaScript `Date` can hold. */
const largestTime = 8.64e15

function iso(ms: number): string | undefined {
  return Math.abs(ms) <= largestTime ? new Date(ms).toISOString() : undefined
}
