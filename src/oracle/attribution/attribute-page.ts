import type { RequirementId } from '../../contract/catalogue.ts'
import {
  isAllowedRefusal,
  judgeEmpty,
  judgeEnds,
  judgeHasMore,
  judgeRepresentation,
  judgeShape,
  type ListJudge,
} from '../envelope/envelope.ts'
import { isPartialResponse } from '../envelope/partial-response.ts'
import { judgeContent } from '../event/content.ts'
import { judgeSharedId } from '../event/event-fields.ts'
import { type KnownEvent, sameValue } from '../event.ts'
import type { Finding } from '../finding.ts'
import type { ListExchange } from '../history.ts'
import { judgeAvailability, judgeConforming } from '../hostile-input/availability.ts'
import { judgeListIsolation } from '../isolation/isolation.ts'
import { isDecided } from '../judge-result.ts'
import { firstInversion } from '../order/inversion.ts'
import { ofTypes } from '../pagination/expected-window.ts'
import { defaultLimit, type TypeSpelling } from '../pagination/list-query.ts'
import { idsOf } from '../pagination/page.ts'
import { describedList, judgeWindow, possibleWindows } from '../pagination/page-window.ts'
import { expectedBut } from '../said.ts'
import { type Attribution, attributed } from './attribution.ts'

const envelope: readonly (readonly [RequirementId, ListJudge])[] = [
  ['ENV-01', judgeShape],
  ['ENV-02', judgeRepresentation],
  ['ENV-03', judgeEnds],
  ['ENV-04', judgeEmpty],
]

/** What is wrong with a page, apart from which events it has. */
export interface PageJudgement {
  readonly attributions: readonly Attribution[]
  /** How its events differ from those that its query asks for; nothing if that cannot be decided. */
  readonly window: Finding | undefined
}

/**
 * Judges one page of a thread that is known.
 * @param loaded the events that were loaded, for a thread that the suite created
 */
export function judgePage(list: ListExchange, loaded?: ReadonlyMap<string, KnownEvent>): PageJudgement {
  const { exchange, page } = list
  if (isNoAnswer(list) || isAllowedRefusal(list)) return { attributions: [], window: undefined }
  const attributions = envelope.flatMap(([id, judge]) => attributed(id, judge(list)))
  if (typeof page === 'string') {
    if (exchange.stream !== undefined) return { attributions: [unasked(list)], window: undefined }
    const dead = [
      ...attributed('INP-04', judgeConforming(exchange)),
      ...attributed('INP-01', judgeAvailability(exchange, true)),
    ]
    const window = dead.length > 0 ? undefined : noList(list, page)
    return { attributions: [...(dead.length > 0 ? [] : attributions), ...dead], window }
  }
  const foreign = attributed(isNarrowed(list) ? 'ISO-02' : 'ISO-01', judgeListIsolation(list))
  const shared = attributed('EVT-02', judgeSharedId(list))
  const content = loaded === undefined || foreign.length > 0 ? [] : contentOf(list, page.events, loaded)
  attributions.push(...foreign, ...shared, ...content)
  if (foreign.length + shared.length + content.length > 0) return { attributions, window: undefined }
  const window = judgeWindow(list, page)
  if (!isDecided(window)) return { attributions, window: undefined }
  return { attributions: [...attributions, ...attributed('ENV-05', judgeHasMore(list))], window }
}

/**
 * Which requirement a page of wrong events breaks, if no simpler query gets a wrong response.
 * @param spelling how the query wrote its types
 */
export function requirementOfWindow(list: ListExchange, spelling: TypeSpelling): RequirementId {
  const { query, page } = list
  const { types, after, before, page: cursor, order, limit } = query
  if (types !== undefined) return requirementOfFilter(list, types, spelling)
  const side =
    cursor !== undefined
      ? 'PAG-21'
      : after !== undefined
        ? 'PAG-03'
        : before !== undefined
          ? 'PAG-04'
          : undefined
  if (side === undefined && isNewestFirst(list)) return 'ORD-01'
  if (typeof page === 'string') return side ?? (order === 'desc' ? 'ORD-03' : 'ENV-01')
  const actual = idsOf(page.events)
  const [window] = possibleWindows(list)
  const expected = idsOf(window?.events ?? [])
  if (expected.toSorted().join() === actual.toSorted().join()) {
    if (firstInversion(order === 'desc' ? page.events.toReversed() : page.events) !== undefined)
      // The right events of a cursor in reverse are that cursor's.
      return side !== undefined && expected.toReversed().join() === actual.join() ? side : 'ORD-01'
    return order === 'desc' ? 'ORD-03' : 'ORD-04'
  }
  const tooMany = limit === undefined ? 'PAG-01' : 'PAG-02'
  if (side !== undefined) {
    if (expected.length === 0 && side !== 'PAG-21') return 'PAG-07'
    return isCutOf(expected, actual, side === 'PAG-04') ? tooMany : side
  }
  if (order === 'desc') return 'ORD-03'
  const counted = limit !== undefined || list.thread.sequence.events.length > defaultLimit
  return expected.length !== actual.length && counted ? tooMany : 'PAG-05'
}

/** Whether a page without `order` has events of different times, the newest first. */
export function isNewestFirst({ page, query }: ListExchange): boolean {
  if (query.order !== undefined) return false
  if (typeof page === 'string' || firstInversion(page.events) === undefined) return false
  return firstInversion(page.events.toReversed()) === undefined
}

function requirementOfFilter(
  list: ListExchange,
  types: readonly string[],
  spelling: TypeSpelling,
): RequirementId {
  const { query, page, thread } = list
  if (spelling !== 'comma') return 'FLT-03'
  const union = types.length > 1 ? 'FLT-02' : 'FLT-01'
  const wanted = ofTypes(types)
  const byId = new Map(thread.sequence.events.map((event) => [event.id, event]))
  const matching = thread.sequence.events.filter(wanted).length
  if (typeof page !== 'string') {
    const wrong = page.events.some(({ id }) => {
      const known = byId.get(id ?? '')
      return known !== undefined && !wanted(known)
    })
    if (wrong) return matching === 0 && union === 'FLT-01' && isUnfiltered(list) ? 'FLT-04' : union
  }
  const cursor = query.after ?? query.before
  if (cursor !== undefined || query.order === 'desc') return 'FLT-05'
  // The right events as far as they go, and too few or too many of them: how the filter and the limit work together.
  const [window] = possibleWindows(list)
  const actual = typeof page === 'string' ? [] : idsOf(page.events)
  const cut = matching > (query.limit ?? defaultLimit) && isCutOf(idsOf(window?.events ?? []), actual, false)
  // Of a type alone, a page without a limit lacks events because of the filter.
  const lacks = query.limit === undefined && actual.length < (window?.events.length ?? 0)
  return cut && !lacks ? 'FLT-05' : union
}

function isUnfiltered(list: ListExchange): boolean {
  const { types: _types, ...query } = list.query
  const [plain] = possibleWindows({ ...list, query })
  return typeof list.page !== 'string' && idsOf(plain?.events ?? []).join() === idsOf(list.page.events).join()
}

// A prefix of the right events, counted from the cursor.
function isCutOf(expected: readonly string[], actual: readonly string[], fromEnd: boolean): boolean {
  const [one, other] = fromEnd ? [expected.toReversed(), actual.toReversed()] : [expected, actual]
  const shared = Math.min(one.length, other.length)
  return actual.length > 0 && one.slice(0, shared).join() === other.slice(0, shared).join()
}

function contentOf(
  list: ListExchange,
  events: Exclude<ListExchange['page'], string>['events'],
  loaded: ReadonlyMap<string, KnownEvent>,
): Attribution[] {
  const known = new Map(list.thread.sequence.events.map((event) => [event.id, event]))
  return events.flatMap((event) => {
    // An event that was already shown with the same value was judged then.
    const same = known.get(event.id ?? '')
    const isOriginal = same !== undefined && same === loaded.get(same.id)
    if (same !== undefined && !isOriginal && sameValue(same, event)) return []
    return judgeContent(event, list, loaded)
  })
}

/** Whether the exchange says nothing about the target: the run was stopped, the target was rate limiting, or a Range got a part. */
export function isNoAnswer({ exchange }: { readonly exchange: ListExchange['exchange'] }): boolean {
  if (isPartialResponse(exchange)) return true
  const { response, failure } = exchange
  const silent = failure?.kind === 'aborted' || failure?.kind === 'unsendable' || failure?.kind === 'connect'
  return silent || response?.status === 429
}

function isNarrowed({ query }: ListExchange): boolean {
  return Object.values(query).some((value) => value !== undefined)
}

function unasked({ exchange, query }: ListExchange): Attribution {
  const finding = {
    kind: 'representation-list',
    message: `${describedList({ exchange, query })}: expected a list, got an event stream.`,
    expected: 'application/json',
    actual: 'text/event-stream',
    exchanges: [exchange.id],
  }
  return { id: 'NEG-03', finding }
}

function noList({ exchange, query }: ListExchange, page: string): Finding {
  return {
    kind: 'no-list',
    message: `${describedList({ exchange, query })}: ${expectedBut('a list', page)}.`,
    expected: '200 with a list',
    actual: page,
    exchanges: [exchange.id],
  }
}
