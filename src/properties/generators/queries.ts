import fc from 'fast-check'
import type { KnownEvent } from '../../oracle/event.ts'
import { simultaneous } from '../../oracle/order/inversion.ts'
import {
  fitsHeader,
  type ListQuery,
  largestLimit,
  type TypeSpelling,
} from '../../oracle/pagination/list-query.ts'
import { typeFamilies } from './event-types.ts'
import type { HostileQuery } from './hostile-queries.ts'

/** One step of a traversal: the end of the page to continue from, and the limit of the next one. */
export interface Turn {
  readonly side: 'after' | 'before'
  readonly limit?: number
}

interface About {
  /** Which of the threads. */
  readonly thread: number
}

/** A request for one page. `accept`: one Accept line each, none at all for an empty list. */
export interface PageQuery extends About {
  readonly ask: 'page'
  readonly query: ListQuery
  readonly spelling: TypeSpelling
  readonly accept: readonly string[]
}

/** A page, and the pages that are asked for from its ends, one after the other. */
export interface TraversalQuery extends About {
  readonly ask: 'traverse'
  readonly query: ListQuery
  readonly turns: readonly Turn[]
}

export interface StreamQuery extends About {
  readonly ask: 'stream'
  readonly types?: readonly string[]
  readonly after?: string
  readonly spelling: TypeSpelling
  readonly accept: readonly string[]
}

/** A page behind a cursor that is an event of another thread. */
export interface ForeignQuery extends About {
  readonly ask: 'foreign'
  /** The thread that the cursor belongs to. */
  readonly owner: number
  readonly side: Turn['side']
  readonly cursor: string
  readonly order?: 'desc'
}

export type GeneratedQuery = PageQuery | TraversalQuery | StreamQuery | ForeignQuery | HostileQuery

/** How many requests a query needs at the most. */
export function requestsOf(query: GeneratedQuery): number {
  return query.ask === 'traverse' ? query.turns.length + 1 : 1
}

/** Threads as their events are known, the main one first. */
export type KnownThreads = readonly (readonly KnownEvent[])[]

const listAccepts = [
  ['application/json'],
  ['application/json'],
  ['*/*'],
  [],
  ['application/*;q=0.5, text/html'],
]
const streamAccepts = [
  ['text/event-stream'],
  ['application/json;q=0.1, text/event-stream'],
  ['*/*', 'Text/Event-Stream;q=0.001'],
]
const limit = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(1, 2, 3, 7) },
  { weight: 2, arbitrary: fc.constantFrom(19, 20, 21, 50, 99, largestLimit) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: largestLimit }) },
)
const order = fc.constantFrom<undefined | 'asc' | 'desc'>(undefined, 'asc', 'desc', 'desc')
const side = fc.constantFrom<Turn['side']>('after', 'before')
const spelling = fc.constantFrom<TypeSpelling>('comma', 'comma', 'brackets', 'encoded-brackets')

/** What a page behind a cursor is asked for with: each combination goes a way of its own through a server. */
interface Corner {
  readonly side: Turn['side']
  readonly order: 'asc' | 'desc'
  readonly filter: 'none' | 'comma' | 'brackets'
}

const corners: readonly Corner[] = (['none', 'comma', 'brackets'] as const).flatMap((filter) =>
  (['asc', 'desc'] as const).flatMap((order) =>
    (['after', 'before'] as const).map((side) => ({ side, order, filter })),
  ),
)

/**
 * Queries about threads, in every combination of what the route takes.
 * @param behindCursors how many of them are pages behind a cursor, no two of which combine the same things; what is
 * left to chance alone would miss some combination in every tenth run
 * @param least how many others at least
 * @param most how many others at most
 */
export function queriesAbout(
  known: KnownThreads,
  behindCursors: number,
  least: number,
  most: number,
): fc.Arbitrary<GeneratedQuery[]> {
  const places = known.flatMap((events, at) => (at === 0 ? [0, 0, 0, 0, 0] : events.length > 0 ? [at] : []))
  const place = fc.constantFrom(...(places.length === 0 ? [0] : places))
  const about = known.map((events, thread) => {
    const cursor = eventOf(events)
    return {
      any: anyQuery(known, thread),
      behind: corners.map((corner) => cornerQuery(events, { ...corner, cursor }, thread)),
    }
  })
  const any = place.chain((thread) => about[thread]?.any ?? anyQuery(known, thread))
  const behind = fc
    .shuffledSubarray([...corners.keys()], { minLength: behindCursors, maxLength: behindCursors })
    .chain((chosen) =>
      fc.tuple(...chosen.map((at) => place.chain((thread) => about[thread]?.behind[at] ?? any))),
    )
  return fc
    .tuple(behind, fc.array(any, { minLength: least, maxLength: most, size: 'max' }))
    .map(([first, rest]) => [...first, ...rest])
}

function anyQuery(known: KnownThreads, thread: number): fc.Arbitrary<GeneratedQuery> {
  const events = known[thread] ?? []
  const knot = knotOf(events)
  const cursor = cursorOf(events, knot)
  const foreign = foreignQuery(known, thread)
  return fc.oneof(
    { weight: 3, arbitrary: pageQuery(events, cursor, thread) },
    { weight: 2, arbitrary: traversalQuery(cursor, thread) },
    { weight: 13, arbitrary: streamQuery(events, { cursor, knot }, thread) },
    ...(foreign === undefined ? [] : [{ weight: 1, arbitrary: foreign }]),
  )
}

function cornerQuery(
  events: readonly KnownEvent[],
  { side, order, filter, cursor }: Corner & { readonly cursor: Cursor },
  thread: number,
): fc.Arbitrary<GeneratedQuery> {
  return pageOf(thread, {
    order: order === 'desc' ? fc.constant(order) : fc.constantFrom(undefined, order),
    cursor,
    side: fc.constant(side),
    types: filter === 'none' ? fc.constant(undefined) : typesOf(events),
    spelling: filter === 'brackets' ? fc.constantFrom('brackets', 'encoded-brackets') : fc.constant('comma'),
  })
}

/** A cursor, or none. */
type Cursor = fc.Arbitrary<string | undefined>

function pageQuery(
  events: readonly KnownEvent[],
  cursor: Cursor,
  thread: number,
): fc.Arbitrary<GeneratedQuery> {
  const types = fc.option(typesOf(events), { nil: undefined, freq: 3 })
  return pageOf(thread, { order, cursor, side, types, spelling })
}

/** What the page is asked for with, each part by itself. */
interface PageParts {
  readonly order: fc.Arbitrary<ListQuery['order']>
  readonly cursor: Cursor
  readonly side: fc.Arbitrary<Turn['side']>
  readonly types: fc.Arbitrary<string[] | undefined>
  readonly spelling: fc.Arbitrary<TypeSpelling>
}

function pageOf(
  thread: number,
  { order, cursor, side, types, spelling }: PageParts,
): fc.Arbitrary<PageQuery> {
  return fc
    .record({
      limit: fc.option(limit, { nil: undefined, freq: 5 }),
      order,
      cursor,
      side,
      types,
      spelling,
      accept: fc.constantFrom(...listAccepts),
    })
    .map(({ limit, order, cursor, side, types, spelling, accept }) => ({
      ask: 'page',
      thread,
      query: given({ limit, order, types, ...(cursor === undefined ? {} : { [side]: cursor }) }),
      spelling: types === undefined ? 'comma' : spelling,
      accept,
    }))
}

function traversalQuery(cursor: Cursor, thread: number): fc.Arbitrary<GeneratedQuery> {
  const turn = fc.record({ side, limit }, { requiredKeys: ['side'] })
  return fc
    .record({ order, cursor, limit, turns: fc.array(turn, { minLength: 2, maxLength: 4 }) })
    .map(({ order, cursor, limit, turns }) => ({
      ask: 'traverse',
      thread,
      query: given({ limit, order, ...(cursor === undefined ? {} : { after: cursor }) }),
      turns,
    }))
}

function streamQuery(
  events: readonly KnownEvent[],
  { cursor, knot }: { readonly cursor: Cursor; readonly knot: Cursor },
  thread: number,
): fc.Arbitrary<GeneratedQuery> {
  return fc
    .record({
      after: fc.oneof({ weight: 1, arbitrary: cursor }, { weight: 3, arbitrary: knot }),
      types: fc.option(typesOf(events), { nil: undefined, freq: 2 }),
      spelling: fc.constantFrom<TypeSpelling>('comma', 'brackets', 'encoded-brackets'),
      accept: fc.constantFrom(...streamAccepts),
    })
    .map(({ after, types, spelling, accept }) => ({
      ask: 'stream',
      thread,
      spelling: types === undefined ? 'comma' : spelling,
      accept,
      ...(after === undefined || !fitsHeader(after) ? {} : { after }),
      ...(types === undefined ? {} : { types }),
    }))
}

function foreignQuery(known: KnownThreads, thread: number): fc.Arbitrary<GeneratedQuery> | undefined {
  const own = new Set(known[thread]?.map(({ id }) => id))
  const cursors = known.flatMap((events, owner) =>
    owner === thread ? [] : events.filter(({ id }) => !own.has(id)).map(({ id }) => ({ owner, cursor: id })),
  )
  if (cursors.length === 0) return undefined
  return fc
    .record({
      cursor: fc.constantFrom(...cursors),
      side,
      order: fc.constantFrom(undefined, 'desc' as const),
    })
    .map(({ cursor, side, order }) => ({
      ask: 'foreign',
      thread,
      side,
      ...cursor,
      ...(order === undefined ? {} : { order }),
    }))
}

// Half of the cursors are events that careless comparison takes for another one, or for a whole run of them.
function cursorOf(events: readonly KnownEvent[], knot: Cursor): Cursor {
  const ids = events.map(({ id }) => id)
  if (ids.length === 0) return fc.constant(undefined)
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 3, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: fc.constantFrom(...ids.slice(0, 1), ...ids.slice(-1)) },
    { weight: 4, arbitrary: knot },
  )
}

// Any event where there is one, every other time one that is easily taken for another.
function eventOf(events: readonly KnownEvent[]): Cursor {
  const ids = events.map(({ id }) => id)
  if (ids.length === 0) return fc.constant(undefined)
  return fc
    .tuple(knotOf(events), fc.constantFrom(...ids), fc.boolean())
    .map(([knot, any, plain]) => (plain ? any : (knot ?? any)))
}

function knotOf(events: readonly KnownEvent[]): Cursor {
  const tied = events.filter((event, at) =>
    [events[at - 1], events[at + 1]].some((next) => near(event, next)),
  )
  const ids = events.map(({ id }) => id)
  // Twins are the rarer ones, and most of them harm in one place only.
  const kinds = [
    { weight: 1, ids: tied.map(({ id }) => id) },
    { weight: 2, ids: twinsOf(ids) },
    { weight: 2, ids: shadowed(ids) },
  ].filter((kind) => kind.ids.length > 0)
  if (kinds.length === 0) return fc.constant(undefined)
  return fc.oneof(...kinds.map(({ weight, ids }) => ({ weight, arbitrary: fc.constantFrom(...ids) })))
}

function near(event: KnownEvent, next: KnownEvent | undefined): boolean {
  return next !== undefined && simultaneous(event, next)
}

/** Ids that another one begins with, or equals but for case, punctuation or leading zeros. */
function twinsOf(ids: readonly string[]): string[] {
  const sorted = ids.toSorted()
  const longer = sorted.filter((id, at) => sorted[at + 1]?.startsWith(id))
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(folded(id), (counts.get(folded(id)) ?? 0) + 1)
  return [...new Set([...longer, ...ids.filter((id) => (counts.get(folded(id)) ?? 0) > 1)])]
}

/** Ids that an earlier one begins with: who looks for the first that fits finds that one. */
function shadowed(ids: readonly string[]): string[] {
  const placed = ids.map((id, place) => ({ id, place })).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return placed.flatMap(({ id, place }, at) => {
    for (const other of placed.slice(at + 1)) {
      if (!other.id.startsWith(id)) return []
      if (other.place < place) return [id]
    }
    return []
  })
}

function folded(id: string): string {
  return id
    .toLowerCase()
    .replace(/[-_]/g, '')
    .replace(/^(evt)0+/, '$1')
}

function typesOf(events: readonly KnownEvent[]): fc.Arbitrary<string[]> {
  const present = [...new Set(events.flatMap(({ type }) => type ?? []))].filter(isAskable)
  const known = present.length === 0 ? typeFamilies : present
  const near = fc.constantFrom(...known).chain((type) => fc.constantFrom(...nearMisses(type)))
  const one = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constantFrom(...typeFamilies) },
    { weight: 1, arbitrary: near },
  )
  return fc
    .constantFrom(1, 1, 2, 2, 2, 3, 3, 3)
    .chain((count) => fc.uniqueArray(one, { minLength: Math.min(count, known.length), maxLength: count }))
}

function nearMisses(type: string): [string, ...string[]] {
  const shorter = [...type].slice(0, -1).join('')
  const missing = [type.toUpperCase(), type.replaceAll('.', '_'), `${type}.`, `${type}s`, shorter]
  return [`${type}x`, ...missing.filter(isAskable)]
}

// A comma separates types, and white space at an end is an open question.
function isAskable(type: string): boolean {
  return type !== '' && !type.includes(',') && type.trim() === type
}

function given(query: { readonly [key in keyof ListQuery]: ListQuery[key] | undefined }): ListQuery {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
}
