import { isJsonObject, type JsonObject } from '../../../contract/json.ts'
import type { Behaviour, PageSlice } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'
import type { Entry } from '../../store/entry.ts'

/** Changes the finished envelope. */
export function envelope(
  change: (body: JsonObject, call: ThreadRequestContext, page: PageSlice) => JsonObject,
) {
  return (base: Behaviour): Partial<Behaviour> => ({
    envelope(call, page) {
      const body = base.envelope(call, page)
      return isJsonObject(body) ? change(body, call, page) : body
    },
  })
}

/** Changes what `has_more` says, given what is right and the number of records on the page and matching. */
export function flag(
  change: (right: boolean, records: number, call: ThreadRequestContext, matching: number) => boolean,
) {
  return (base: Behaviour): Partial<Behaviour> => ({
    take(call, rows, candidates) {
      const page = base.take(call, rows, candidates)
      return { ...page, hasMore: change(page.hasMore, page.entries.length, call, rows.length) }
    },
  })
}

/** Changes the sequence that pages are cut from, given the right one in the requested order. */
export function sequence(
  change: (right: readonly Entry[], call: ThreadRequestContext, base: Behaviour) => readonly Entry[],
) {
  return (base: Behaviour): Partial<Behaviour> => ({
    sequence: (call) => change(base.sequence(call), call, base),
  })
}

/** All events of the session in the requested order. */
export function ofTheSession(base: Behaviour, call: ThreadRequestContext): readonly Entry[] {
  return inOrder(
    call,
    [...call.session.threads.values()].flatMap(({ sorted }) => sorted).toSorted(base.compare),
  )
}

/** Ascending entries in the order that the request asks for. */
export function inOrder(call: ThreadRequestContext, ascending: readonly Entry[]): readonly Entry[] {
  return call.query.order === 'asc' ? ascending : ascending.toReversed()
}

/** Compares texts by their UTF-16 units. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
