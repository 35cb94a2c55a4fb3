import type { RequirementId } from '../contract/catalogue.ts'
import { requirementOfWindow } from '../oracle/attribution/attribute-page.ts'
import { differenceOf } from '../oracle/difference.ts'
import { isAllowedRefusal, judgeRepresentation, judgeShape } from '../oracle/envelope/envelope.ts'
import { isPartialResponse } from '../oracle/envelope/partial-response.ts'
import { judgeSharedId } from '../oracle/event/event-fields.ts'
import type { Finding } from '../oracle/finding.ts'
import type { ListExchange } from '../oracle/history.ts'
import { judgeListIsolation } from '../oracle/isolation/isolation.ts'
import { findingIn } from '../oracle/judge-result.ts'
import { knowsCursor } from '../oracle/pagination/known-cursor.ts'
import { defaultLimit, type ListQuery, type TypeSpelling } from '../oracle/pagination/list-query.ts'
import { idsOf } from '../oracle/pagination/page.ts'
import { describedList, judgeWindow, possibleWindows } from '../oracle/pagination/page-window.ts'
import { expectedBut } from '../oracle/said.ts'

/**
 * In which way the answer to one list request is wrong. `records`: other events, or another order. `count`: the right
 * events as far as they go, and too few or too many of them. `reversed`: the right events in the descending order that
 * the target itself shows, which is not the reverse of the ascending one.
 */
export type ListViolationKind =
  | 'refused'
  | 'unreadable'
  | 'streamed'
  | 'leak'
  | 'shared-id'
  | 'nameless'
  | 'records'
  | 'count'
  | 'reversed'

/** What is wrong with the answer to one list request. */
export interface ListViolation {
  readonly list: ListExchange
  readonly kind: ListViolationKind
  readonly finding: Finding
}

/** What is wrong with the answer to a list request: of a list that leaks, also what is wrong apart from that. */
export function listViolations(list: ListExchange): ListViolation[] {
  const first = listViolation(list)
  const { page, thread } = list
  if (first?.kind !== 'leak' || typeof page === 'string') return first === undefined ? [] : [first]
  const own = page.events.filter(
    (event) =>
      (event.thread === undefined || event.thread === thread.threadId) && !thread.foreign.has(event.id ?? ''),
  )
  const rest = own.length === 0 ? undefined : listViolation({ ...list, page: { ...page, events: own } })
  // What leaks takes the place of other events.
  const explained = rest === undefined || rest.kind === 'leak' || rest.kind === 'count'
  return explained ? [first] : [first, { ...rest, list }]
}

/** The first thing that is wrong with the answer to a list request, or nothing. */
export function listViolation(list: ListExchange): ListViolation | undefined {
  const { exchange, page } = list
  const { response, failure } = exchange
  if (failure?.kind === 'aborted' || failure?.kind === 'unsendable' || response?.status === 429)
    return undefined
  if (isPartialResponse(exchange)) return undefined
  const violation = (kind: ListViolationKind, finding: Finding): ListViolation => ({ list, kind, finding })
  if (typeof page === 'string') {
    const finding = {
      kind: 'no-list',
      message: `${describedList(list)}: ${expectedBut('a list', page)}.`,
      expected: '200 with a list',
      actual: page,
      exchanges: [exchange.id],
    }
    if (exchange.stream !== undefined) return violation('streamed', finding)
    if (response === undefined || response.status < 200 || response.status > 299) {
      // An unknown cursor and an undocumented type may be refused.
      const isAllowed = response !== undefined && (!knowsCursor(list) || isAllowedRefusal(list))
      return isAllowed ? undefined : violation('refused', finding)
    }
    return violation('unreadable', finding)
  }
  const leak = findingIn(judgeListIsolation(list))
  if (leak !== undefined) return violation('leak', leak)
  const nameless = page.events.findIndex(({ id }) => id === undefined)
  if (nameless !== -1)
    return violation('nameless', {
      kind: 'no-id',
      message: `${describedList(list)}: event ${nameless + 1} of the page has no id.`,
      expected: 'an id',
      actual: JSON.stringify(page.events[nameless]?.value ?? null).slice(0, 200),
      exchanges: [exchange.id],
    })
  const shared = judgeSharedId(list)
  if (shared !== undefined) return violation('shared-id', shared)
  const window = findingIn(judgeWindow(list, page))
  if (window === undefined) return undefined
  if (isRightInOwnOrder(list)) return violation('reversed', window)
  return violation(isOnlyMiscounted(list) ? 'count' : 'records', window)
}

function isRightInOwnOrder(list: ListExchange): boolean {
  const { page, query, thread } = list
  const { descending } = thread.sequence
  if (typeof page === 'string' || query.order !== 'desc' || descending === undefined) return false
  const sequence = { events: descending.toReversed(), complete: thread.sequence.complete }
  return judgeWindow({ ...list, thread: { ...thread, sequence } }, page) === undefined
}

/** Whether the page begins, seen from the cursor, with the events that are due, and differs in their number alone. */
function isOnlyMiscounted(list: ListExchange): boolean {
  const { page, query } = list
  if (typeof page === 'string' || page.events.length === 0) return false
  const { sequence } = list.thread
  // Of a thread that was read in part, the newest events are not known.
  if (!sequence.complete && query.order === 'desc' && query.after === undefined && query.before === undefined)
    return false
  const thread = { ...list.thread, sequence: { events: sequence.events, complete: true } }
  const [whole] = possibleWindows({ ...list, thread, query: { ...query, limit: Number.MAX_SAFE_INTEGER } })
  const known = idsOf(whole?.events ?? [])
  const actual = idsOf(page.events)
  const shared = sequence.complete ? actual.length : Math.min(actual.length, known.length)
  if (shared === 0) return false
  const [due, seen] =
    query.before === undefined
      ? [known.slice(0, shared), actual.slice(0, shared)]
      : [known.slice(-shared), actual.slice(-shared)]
  return differenceOf(due, seen) === undefined
}

/**
 * The requirement that a wrong answer breaks, given that no simpler request is answered wrongly.
 * @param spelling how the query wrote its types
 */
export function requirementOfViolation({ list, kind }: ListViolation, spelling: TypeSpelling): RequirementId {
  const { query } = list
  if (kind === 'streamed') return 'NEG-03'
  if (kind === 'leak') return isNarrowed(query) ? 'ISO-02' : 'ISO-01'
  if (kind === 'shared-id') return 'EVT-02'
  if (kind === 'nameless') return 'EVT-01'
  if (kind === 'reversed') return 'ORD-03'
  if (kind === 'unreadable') {
    const wrongText = findingIn(judgeRepresentation(list))
    return wrongText !== undefined && wrongText.kind !== 'media-type'
      ? 'ENV-02'
      : judgeShape(list) === undefined
        ? 'ENV-02'
        : 'ENV-01'
  }
  if (kind === 'refused') return requirementOfRefusal(query, spelling)
  if (query.order === 'asc' && kind !== 'count') return 'ORD-02'
  const narrowed = query.after !== undefined || query.before !== undefined || query.order === 'desc'
  if (query.types !== undefined && narrowed) return 'FLT-05'
  // A filtered page with too few events is the filter's: the same page without it has as many as it should.
  if (kind === 'count' && query.types === undefined) return requirementOfCount(list)
  return requirementOfWindow(list, spelling)
}

// A page behind a cursor that is the last one has as many events as remain, whatever the default size.
function requirementOfCount(list: ListExchange): RequirementId {
  const { limit, after, before, page, order } = list.query
  const [window] = possibleWindows(list)
  const actual = typeof list.page === 'string' ? 0 : list.page.events.length
  if (limit !== undefined) {
    const due = window?.events.length ?? limit
    // The end of the descending list is short: the ascending one is not, and no limit cuts it there.
    const isShortEnd = due < limit && actual < due
    return isShortEnd && order === 'desc' && after !== undefined ? 'ORD-03' : 'PAG-02'
  }
  if ((window?.events.length ?? defaultLimit) === defaultLimit) return 'PAG-01'
  if (page !== undefined) return 'PAG-21'
  return after !== undefined ? 'PAG-03' : before !== undefined ? 'PAG-04' : 'PAG-01'
}

function requirementOfRefusal(query: ListQuery, spelling: TypeSpelling): RequirementId {
  const { types, after, before, page, order, limit } = query
  if (page !== undefined) return 'PAG-21'
  if (types !== undefined) {
    if (after !== undefined || before !== undefined || order !== undefined) return 'FLT-05'
    if (spelling !== 'comma') return 'FLT-03'
    return types.length > 1 ? 'FLT-02' : 'FLT-01'
  }
  if (after !== undefined) return 'PAG-03'
  if (before !== undefined) return 'PAG-04'
  if (order !== undefined) return order === 'desc' ? 'ORD-03' : 'ORD-02'
  return limit === undefined ? 'ENV-01' : 'PAG-02'
}

function isNarrowed({ order, types, after, before, page }: ListQuery): boolean {
  return [order, types, after, before, page].some((one) => one !== undefined)
}
