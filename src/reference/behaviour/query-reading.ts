import { headerLines, type RequestContext } from '../request-context.ts'
import { type Denial, invalid, isDenial } from './denial.ts'

export interface Cursor {
  readonly side: 'after' | 'before'
  readonly id: string
}

/** What a request asks for. */
export interface Query {
  readonly limit: number
  readonly order: 'asc' | 'desc'
  readonly cursor?: Cursor
  /** Wanted types; without it, all. */
  readonly types?: readonly string[]
  /** Only of a stream. */
  readonly lastEventId?: string
}

/** Decoded query parameters, in order. */
export type Parameters = readonly (readonly [name: string, value: string])[]

/** From the query string to a {@link Query} (PAG-08, PAG-09, PAG-10, PAG-15, FLT-02, FLT-03, INP-02). */
export interface QueryReading {
  parameters(call: RequestContext): Parameters
  /** Each of these gets all values of its parameter, in order. */
  readLimit(values: readonly string[]): number | Denial
  readOrder(values: readonly string[]): Query['order'] | Denial
  readCursor(after: readonly string[], before: readonly string[]): Cursor | Denial | undefined
  /** `undefined` means no filter. */
  readTypes(type: readonly string[], brackets: readonly string[]): readonly string[] | undefined
  readLastEventId(lines: readonly string[]): string | undefined
  readQuery(call: RequestContext): Query | Denial | Promise<Query | Denial>
}

const defaultLimit = 20
const integer = /^-?\d+$/

export const standardQueryReading: QueryReading = {
  parameters: (call) => [...new URLSearchParams(call.request.query)],

  readLimit([text]) {
    if (text === undefined) return defaultLimit
    const limit = integer.test(text) ? Number(text) : 0
    return limit >= 1 && limit <= 100 ? limit : invalid('limit must be an integer from 1 to 100.', 'limit')
  },

  readOrder([text = 'asc']) {
    return text === 'asc' || text === 'desc' ? text : invalid('order must be asc or desc.', 'order')
  },

  readCursor([after], [before]) {
    if (after !== undefined && before !== undefined)
      return invalid('after_id and before_id exclude each other.', 'before_id')
    if (after !== undefined) return { side: 'after', id: after }
    return before === undefined ? undefined : { side: 'before', id: before }
  },

  readTypes(type, brackets) {
    const separate = type.flatMap((value) => value.split(','))
    const names = [...separate, ...brackets].map((name) => name.trim()).filter((name) => name !== '')
    return names.length === 0 ? undefined : names
  },

  readLastEventId: ([line]) => (line === '' ? undefined : line),

  readQuery(call) {
    const { behaviour } = call
    const parameters = behaviour.parameters(call)
    const values = (name: string) => parameters.filter(([own]) => own === name).map(([, value]) => value)
    const types = behaviour.readTypes(values('type'), values('types[]'))
    const filter = types === undefined ? {} : { types }
    if (call.stream === true) {
      // A stream has no pages: parameters that speak of pages are unknown to it, and so ignored.
      const lastEventId = behaviour.readLastEventId(headerLines(call.request, 'last-event-id'))
      const resume = lastEventId === undefined ? {} : { lastEventId }
      return { limit: defaultLimit, order: 'asc', ...filter, ...resume }
    }
    const limit = behaviour.readLimit(values('limit'))
    if (isDenial(limit)) return limit
    const order = behaviour.readOrder(values('order'))
    if (isDenial(order)) return order
    const cursor = behaviour.readCursor(values('after_id'), values('before_id'))
    if (isDenial(cursor)) return cursor
    return { limit, order, ...filter, ...(cursor === undefined ? {} : { cursor }) }
  },
}
