import type { RequirementId } from '../contract/catalogue.ts'
import { isNewestFirst } from '../oracle/attribution/attribute-page.ts'
import type { SeenEvent } from '../oracle/event.ts'
import { positionOf } from '../oracle/events-by-id.ts'
import type { Finding } from '../oracle/finding.ts'
import {
  type History,
  type KnownThread,
  type ListExchange,
  revisionOf,
  type StreamExchange,
} from '../oracle/history.ts'
import { judgeIdempotence } from '../oracle/hostile-input/idempotence.ts'
import { isLeaked } from '../oracle/isolation/isolation.ts'
import { ofTypes } from '../oracle/pagination/expected-window.ts'
import { ownEvents } from '../oracle/pagination/interesting-cursors.ts'
import type { ListQuery } from '../oracle/pagination/list-query.ts'
import { judgeWindow } from '../oracle/pagination/page-window.ts'
import { expectedFrames } from '../oracle/stream/history-replay.ts'
import { frameId } from '../oracle/stream/read-frames.ts'
import {
  type ListViolation,
  listViolation,
  listViolations,
  requirementOfViolation,
} from './list-violation.ts'
import { type ListCause, refineCause } from './refine-cause.ts'
import {
  bySize,
  complexityOf,
  isSimpler,
  isSimplerStream,
  namesOneTwice,
  spellingOf,
  streamSize,
  surplusOf,
  usesLess,
} from './simpler-request.ts'
import { requirementOfStreamViolation, type StreamViolation, streamViolations } from './stream-violation.ts'

/** Why the answer of one exchange is wrong: the requirement that the smallest such request breaks. */
export interface Violation {
  readonly exchange: number
  readonly requirement: RequirementId
  readonly kind: ListViolation['kind'] | StreamViolation['kind']
  /** The finding of the smallest request that shows it. */
  readonly finding: Finding
}

/**
 * Judges each list and stream of a history by itself, and names the cause of what is wrong: the requirement of the
 * smallest request in the history that goes wrong in the same way and uses nothing that this one does not use.
 */
export function violationsOf(history: History): Violation[] {
  const lists = history.lists.flatMap(listViolations)
  const listed = underMisreadBrackets(listCauses(lists, history), lists)
  return [...listed, ...streamCauses(history.streams.flatMap(streamViolations), listed, lists)]
}

function listCauses(lists: readonly ListViolation[], history: History): Violation[] {
  const smallestFirst = lists.toSorted(bySize)
  const unstable = unstableRequests(history.lists)
  // Where the default order is wrong, it explains nothing that is asked for in another one.
  const reversed = new Set(history.lists.filter(isNewestFirst).map(({ thread }) => thread))
  const filterWorks = history.lists.some(isRightlyFiltered)
  return lists.map((violation): Violation => {
    const twice = unstable.get(requestOf(violation.list))
    if (twice !== undefined && (violation.kind === 'records' || violation.kind === 'count'))
      return caused(violation, 'INP-03', twice)
    const leak = leakBehind(violation, smallestFirst)
    if (leak !== undefined) return caused(violation, requirementOfViolation(leak, 'comma'), leak.finding)
    const isReversed = reversed.has(violation.list.thread)
    const asked = violation.list.query.order
    const cause =
      smallestFirst.find(
        (one) => isSimpler(one, violation) && !(isReversed && one.list.query.order !== asked),
      ) ?? violation
    const leakOfCause = cause === violation ? undefined : leakBehind(cause, smallestFirst)
    if (leakOfCause !== undefined)
      return caused(violation, requirementOfViolation(leakOfCause, 'comma'), leakOfCause.finding)
    const alone = requirementOfViolation(isReversed ? inDefaultOrder(cause) : cause, spellingOf(cause.list))
    const refined = refineCause(cause, alone, lists, history.lists)
    const { requirement, finding } = limitBehind(violation, refined, smallestFirst) ?? refined
    return {
      exchange: violation.list.exchange.id,
      requirement:
        requirement === 'FLT-01' && isRefusedForItsType(cause, filterWorks) ? 'FLT-04' : requirement,
      kind: violation.kind,
      finding,
    }
  })
}

/** Brackets that a plain query shows to be misread explain the same types in a longer query. */
function underMisreadBrackets(
  violations: readonly Violation[],
  lists: readonly ListViolation[],
): readonly Violation[] {
  const misread = new Map(
    violations.flatMap((one, at) => {
      const list = lists[at]?.list
      return one.requirement === 'FLT-03' && list !== undefined ? [[typesOf(list), one] as const] : []
    }),
  )
  return violations.map((one, at): Violation => {
    const list = lists[at]?.list
    if (one.requirement !== 'FLT-05' || list === undefined || spellingOf(list) === 'comma') return one
    const plain = misread.get(typesOf(list))
    return plain === undefined ? one : { ...one, requirement: plain.requirement, finding: plain.finding }
  })
}

/**
 * @param listed the causes of wrong lists, which explain some wrong streams too
 * @param lists the wrong lists themselves, in the same order
 */
function streamCauses(
  streams: readonly StreamViolation[],
  listed: readonly Violation[],
  lists: readonly ListViolation[],
): Violation[] {
  const filters = listed.filter(({ requirement }) => requirement.startsWith('FLT'))
  const filtered = new Map(lists.map(({ list }) => [list.exchange.id, list.query.types?.toSorted().join()]))
  const losing = listed.find(
    ({ requirement, kind }, at) =>
      requirement === 'PAG-03' ||
      requirement === 'PAG-04' ||
      (kind === 'count' && isPlainAndShort(lists[at])),
  )
  const wrongRepeat = listed.find(
    ({ requirement }, at) => requirement === 'FLT-02' && namesOneTwice(lists[at]?.list.query.types ?? []),
  )
  const leak = listed.find(({ requirement }) => requirement === 'ISO-01')
  const smallestFirst = streams.toSorted((a, b) => streamSize(a.stream) - streamSize(b.stream))
  return streams.map((violation): Violation => {
    const own = {
      exchange: violation.stream.exchange.id,
      kind: violation.kind,
    }
    const types = violation.stream.types?.toSorted().join()
    const filter =
      types !== undefined && ['records', 'status', 'flow'].includes(violation.kind)
        ? (filters.find(({ exchange }) => filtered.get(exchange) === types) ??
          (namesOneTwice(violation.stream.types ?? []) ? wrongRepeat : undefined))
        : undefined
    const cause = smallestFirst.find((one) => isSimplerStream(one, violation))
    const lost = violation.kind === 'records' && showsMoreThanListed(violation.stream) ? losing : undefined
    if (lost !== undefined) return { ...own, requirement: lost.requirement, finding: lost.finding }
    const leaking = isWrongByLeak(violation) ? leak : undefined
    if (leaking !== undefined) return { ...own, requirement: leaking.requirement, finding: leaking.finding }
    const simplest = cause ?? violation
    const simpler = cause !== undefined && streamSize(cause.stream) < streamSize(violation.stream)
    if (filter !== undefined && !simpler)
      return { ...own, requirement: filter.requirement, finding: filter.finding }
    return { ...own, requirement: requirementOfStreamViolation(simplest), finding: simplest.finding }
  })
}

// The default size says nothing of a page with a limit, where other limits go wrong in the same way.
function limitBehind(
  { list, kind }: ListViolation,
  { requirement }: ListCause,
  smallestFirst: readonly ListViolation[],
): ListCause | undefined {
  if (kind !== 'count' || requirement !== 'PAG-01' || list.query.limit === undefined) return undefined
  const isShort = surplusOf(list) < 0
  const limited = smallestFirst.find(
    (one) =>
      one.kind === 'count' &&
      one.list.thread === list.thread &&
      one.list.query.limit !== undefined &&
      complexityOf(one.list.query) === 1 &&
      surplusOf(one.list) < 0 === isShort,
  )
  return limited === undefined ? undefined : { requirement: 'PAG-02', finding: limited.finding }
}

function caused({ list, kind }: ListViolation, requirement: RequirementId, finding: Finding): Violation {
  return { exchange: list.exchange.id, requirement, kind, finding }
}

/** The leak that explains a list of wrong events: the page's own, or that of the list by which the thread was read. */
function leakBehind(
  violation: ListViolation,
  smallestFirst: readonly ListViolation[],
): ListViolation | undefined {
  const leaks = smallestFirst.filter(({ kind }) => kind === 'leak')
  if (showsUnknownEvents(violation)) return leaks.find((one) => usesLess(one, violation))
  if (!lacksOnlyLeaked(violation)) return undefined
  return leaks.find(({ list }) => list.thread === violation.list.thread)
}

// Messages that name both threads are no leak by themselves. Where others leak they are part of it.
function showsUnknownEvents({ kind, list: { page, thread, query } }: ListViolation): boolean {
  if (typeof page === 'string' || (kind !== 'records' && kind !== 'count')) return false
  const own = page.events.filter((event) => !isLeaked(event, thread))
  return own.length < page.events.length && areInPlace(own, thread, query)
}

// A leak moves a thread's own events, but it neither reorders them nor adds some that a filter leaves out.
function areInPlace(own: readonly SeenEvent[], { sequence }: KnownThread, query: ListQuery): boolean {
  const types = query.types === undefined ? undefined : new Set(query.types)
  if (types !== undefined && own.some(({ type }) => type === undefined || !types.has(type))) return false
  const places = own.flatMap(({ id = '' }) => positionOf(sequence, id) ?? [])
  const step = query.order === 'desc' ? -1 : 1
  return places.every((place, at) => at === 0 || (place - (places[at - 1] ?? 0)) * step > 0)
}

// A list that leaks brings messages of other threads into the reading: a page without them is right.
function lacksOnlyLeaked({ kind, list }: ListViolation): boolean {
  const { page, thread } = list
  if (typeof page === 'string' || (kind !== 'records' && kind !== 'count')) return false
  const events = ownEvents({ events: thread.sequence.events, threadId: thread.threadId })
  if (events.length === thread.sequence.events.length) return false
  const sequence = { ...thread.sequence, events }
  return judgeWindow({ ...list, thread: { ...thread, sequence } }, page) === undefined
}

// What `order=asc` gives is judged by itself where the list without it is no measure.
function inDefaultOrder(violation: ListViolation): ListViolation {
  const { order, ...query } = violation.list.query
  return order === 'asc' ? { ...violation, list: { ...violation.list, query } } : violation
}

function typesOf({ query }: ListExchange): string | undefined {
  return query.types?.toSorted().join()
}

// Where a type that the thread has is accepted, only the type that it lacks is refused.
function isRefusedForItsType({ list, kind }: ListViolation, filterWorks: boolean): boolean {
  const { query, thread } = list
  const lacksType = !thread.sequence.events.some(ofTypes(query.types ?? []))
  return kind === 'refused' && filterWorks && thread.sequence.complete && lacksType
}

function isRightlyFiltered(list: ListExchange): boolean {
  const { page, query } = list
  const isPlain = query.types !== undefined && spellingOf(list) === 'comma'
  return isPlain && typeof page !== 'string' && page.events.length > 0 && listViolation(list) === undefined
}

/** Requests that were answered with two different lists while no event was added. */
function unstableRequests(lists: readonly ListExchange[]): Map<string, Finding> {
  const first = new Map<string, ListExchange>()
  const found = new Map<string, Finding>()
  for (const list of lists) {
    const key = requestOf(list)
    const before = first.get(key)
    if (before === undefined) first.set(key, list)
    else if (before.known === list.known && !found.has(key)) {
      const finding = judgeIdempotence(before, list)
      if (finding !== undefined && listViolation(list)?.kind !== listViolation(before)?.kind)
        found.set(key, finding)
    }
  }
  return found
}

// With another header it is another request, whether or not the header should have an effect.
function requestOf({ exchange: { request } }: ListExchange): string {
  const headers = request.headers.map(([name, value]) => [name.toLowerCase(), value])
  return JSON.stringify([request.target, headers])
}

function isPlainAndShort(violation: ListViolation | undefined): boolean {
  if (violation === undefined) return false
  const { limit: _limit, ...rest } = violation.list.query
  return complexityOf(rest) === 0 && surplusOf(violation.list) < 0
}

// Where cursors or short pages lose events, the thread was read without them, and a stream that has them is right.
function showsMoreThanListed({ frames, thread, types, after, known }: StreamExchange): boolean {
  const due = expectedFrames({ thread, types, after }, known)
  const given = frames.map(frameId)
  // What the list has too is no event that cursors lost.
  const listed = new Set(thread.sequence.events.map(({ id }) => id))
  if (given.some((id) => listed.has(id) && !due.includes(id))) return false
  let at = 0
  for (const id of given) if (id === due[at]) at += 1
  return given.length > due.length && at === due.length && new Set(given).size === given.length
}

// Where events have no labels, what a list leaks counts as the thread's: a stream without it, and one that refuses to
// resume behind it, is right.
function isWrongByLeak({ kind, stream }: StreamViolation): boolean {
  const { thread, known, frames, after } = stream
  if (revisionOf(thread).events.labels) return false
  if (kind === 'status') return after !== undefined && thread.foreign.has(after)
  if (kind !== 'records') return false
  const given = frames.map(frameId)
  let at = 0
  for (const id of expectedFrames(stream, known)) {
    if (id === given[at]) at += 1
    else if (!thread.foreign.has(id)) return false
  }
  return at === given.length
}
