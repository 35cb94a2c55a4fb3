import type { RequirementId } from '../contract/catalogue.ts'
import type { Finding } from '../oracle/finding.ts'
import type { ListExchange } from '../oracle/history.ts'
import { firstInversion } from '../oracle/order/inversion.ts'
import { type ListQuery, queryString } from '../oracle/pagination/list-query.ts'
import { idsOf } from '../oracle/pagination/page.ts'
import { possibleWindows } from '../oracle/pagination/page-window.ts'
import { type ListViolation, listViolation } from './list-violation.ts'
import { spellingOf, surplusOf } from './simpler-request.ts'

/** A requirement that a wrong answer breaks, and the finding that shows it. */
export interface ListCause {
  readonly requirement: RequirementId
  readonly finding: Finding
}

/**
 * What other requests tell of a wrong answer whose own request is the smallest of its kind: whether a cursor, a limit or
 * the two together go wrong.
 * @param requirement what the request alone suggests
 * @param all everything that is wrong in the history
 */
export function refineCause(
  violation: ListViolation,
  requirement: RequirementId,
  all: readonly ListViolation[],
  lists: readonly ListExchange[],
): ListCause {
  const own = { requirement, finding: violation.finding }
  if (requirement === 'PAG-07') return causeOfEvents(violation, all) ?? own
  if (requirement === 'ORD-03' || requirement === 'ORD-04') return causeOfReversal(violation, all) ?? own
  if (violation.kind !== 'count') return own
  if (isRightWithoutOrder(violation.list, lists)) return { ...own, requirement: 'ORD-02' }
  if (requirement === 'PAG-01' || requirement === 'PAG-02') return causeOfCount(violation, all) ?? own
  const isFilter = requirement === 'FLT-01' || requirement === 'FLT-02' || requirement === 'FLT-03'
  return isFilter && isRightWithoutLimit(violation.list, lists) ? { ...own, requirement: 'FLT-05' } : own
}

// Where a cursor in the middle gives itself or what lies on its other side, it does so at the ends too.
function causeOfEvents(violation: ListViolation, all: readonly ListViolation[]): ListCause | undefined {
  const { query } = violation.list
  const wrong = wrongSide(violation.list)
  const alike = all.find(({ list, kind }) => {
    const { query: other } = list
    if (kind !== 'records' || !isSameCursor(other, query) || other.types !== undefined) return false
    const [window] = possibleWindows(list)
    if (window === undefined || window.events.length === 0) return false
    const { itself, beyond } = wrongSide(list)
    return (itself || !wrong.itself) && (beyond || !wrong.beyond)
  })
  return alike === undefined ? undefined : { requirement: rootOfCursor(query), finding: alike.finding }
}

// Simultaneous events of a cursor in reverse are that cursor's where it reverses events of different times too.
function causeOfReversal(violation: ListViolation, all: readonly ListViolation[]): ListCause | undefined {
  const { query } = violation.list
  if (!isReversed(violation.list)) return undefined
  const alike = all.find(
    ({ list }) =>
      isSameCursor(list.query, query) &&
      list.query.types === undefined &&
      isReversed(list) &&
      typeof list.page !== 'string' &&
      firstInversion(query.order === 'desc' ? list.page.events.toReversed() : list.page.events) !== undefined,
  )
  return alike === undefined ? undefined : { requirement: rootOfCursor(query), finding: alike.finding }
}

function isReversed(list: ListExchange): boolean {
  const [window] = possibleWindows(list)
  if (window === undefined || typeof list.page === 'string' || window.events.length < 2) return false
  return idsOf(window.events).toReversed().join() === idsOf(list.page.events).join()
}

// A page behind a cursor that lacks as many events with a limit as without one lacks them for the cursor.
function causeOfCount(violation: ListViolation, all: readonly ListViolation[]): ListCause | undefined {
  const { query } = violation.list
  if (query.after === undefined && query.before === undefined) return undefined
  const off = surplusOf(violation.list)
  const counted = all.filter(({ list, kind }) => kind === 'count' && surplusOf(list) === off)
  const plain = counted.some(({ list }) => list.query.after === undefined && list.query.before === undefined)
  const behind = counted.filter(({ list }) => isSameCursor(list.query, query))
  const [limited, unlimited] = [true, false].map((isLimited) =>
    behind.find(({ list }) => (list.query.limit !== undefined) === isLimited),
  )
  if (plain || limited === undefined || unlimited === undefined) return undefined
  return { requirement: rootOfCursor(query), finding: unlimited.finding }
}

function rootOfCursor({ after }: ListQuery): RequirementId {
  return after === undefined ? 'PAG-04' : 'PAG-03'
}

function isSameCursor(one: ListQuery, other: ListQuery): boolean {
  const side = (query: ListQuery) => (query.after === undefined ? 'before' : 'after')
  const hasCursor = one.after !== undefined || one.before !== undefined
  return hasCursor && side(one) === side(other) && one.order === other.order
}

/** Whether a page has the cursor itself, and events that lie on its other side. */
function wrongSide({ page, query, thread }: ListExchange): { itself: boolean; beyond: boolean } {
  const events = typeof page === 'string' ? [] : idsOf(page.events)
  const known = idsOf(thread.sequence.events)
  const ordered = query.order === 'desc' ? known.toReversed() : known
  const cursor = query.after ?? query.before ?? ''
  const at = ordered.indexOf(cursor)
  const other = new Set(query.before === undefined ? ordered.slice(0, at) : ordered.slice(at + 1))
  return { itself: events.includes(cursor), beyond: events.some((id) => other.has(id)) }
}

// Types that are filtered rightly on a page of the default size show that the limit is what the filter disregards.
function isRightWithoutLimit(list: ListExchange, lists: readonly ListExchange[]): boolean {
  const { limit, types } = list.query
  const wanted = types?.toSorted().join()
  return (
    limit !== undefined &&
    lists.some(({ query, ...one }) => {
      const rest = [query.limit, query.order, query.after, query.before]
      const isAlone = rest.every((value) => value === undefined)
      return (
        isAlone &&
        query.types?.toSorted().join() === wanted &&
        spellingOf({ query, ...one }) === spellingOf(list) &&
        typeof one.page !== 'string' &&
        one.page.events.length > 0 &&
        listViolation({ query, ...one }) === undefined
      )
    })
  )
}

// The same page without `order=asc` is right.
function isRightWithoutOrder(
  { query, thread, exchange }: ListExchange,
  lists: readonly ListExchange[],
): boolean {
  const { order, ...rest } = query
  if (order !== 'asc') return false
  const plain = lists.filter(
    (list) =>
      list.thread === thread && list.exchange !== exchange && queryString(list.query) === queryString(rest),
  )
  return plain.length > 0 && plain.every((list) => listViolation(list) === undefined)
}
