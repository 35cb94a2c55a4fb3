import type { QueryReading } from '../behaviour.ts'
import { headerLines } from '../request-context.ts'
import { invalid, isDenial } from './denial.ts'

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
      return invalid('after_id and before_id cannot be combined.', 'before_id')
    if (after !== undefined) return { side: 'after', id: after }
    return before === undefined ? undefined : { side: 'before', id: before }
  },

  readTypes(type, brackets) {
    const separate = type.flatMap((value) => value.split(','))
    const names = [...separate, ...brackets].map((name) => name.trim()).filter((name) => name !== '')
    return names.length === 0 ? undefined : names
  },

  readLastEventId: ([line]) => (line === '' ? undefined : line),

  readPage: () => undefined,

  readQuery(call) {
    const { behaviour } = call
    const parameters = behaviour.parameters(call)
    const values = (name: string) => parameters.filter(([own]) => own === name).map(([, value]) => value)
    const types = behaviour.readTypes(values('type'), values('types[]'))
    const filter = types === undefined ? {} : { types }
    if (call.stream === true) {
      // A stream has no pages: paging parameters are unknown to it, and are ignored like any other.
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
    const [token] = values('page')
    const page = token === undefined ? undefined : behaviour.readPage(call, token)
    if (isDenial(page)) return page
    if (page !== undefined && cursor !== undefined)
      return invalid('page, after_id and before_id cannot be combined.', 'page')
    const from = cursor ?? page
    return { limit, order, ...filter, ...(from === undefined ? {} : { cursor: from }) }
  },
}
