import { writeJson } from '../../contract/json.ts'
import type { Presentation } from '../behaviour.ts'
import { isDenial } from './denial.ts'
import type { Headers } from './reply.ts'

export const standardPresentation: Presentation = {
  present: (_call, event) => event,

  envelope(call, page) {
    const { entries, hasMore } = page
    const data = entries.map(({ event }) => call.behaviour.present(call, event))
    const first_id = entries.at(0)?.event.id ?? null
    const last_id = entries.at(-1)?.event.id ?? null
    const next = call.behaviour.nextPage(call, page)
    const body = { data, first_id, last_id, has_more: hasMore }
    return next === undefined ? body : { ...body, next_page: next }
  },

  nextPage: () => undefined,

  serialise: (_call, body) => Buffer.from(writeJson(body)),

  listHeaders: (call) => ({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'request-id': call.requestId,
    vary: 'Accept',
  }),

  async list(call) {
    const { behaviour } = call
    const page = await behaviour.window(call)
    if (isDenial(page)) return page
    const body = behaviour.serialise(call, behaviour.envelope(call, page))
    return { status: 200, headers: behaviour.listHeaders(call), body }
  },

  finish: (_call, reply) => reply,

  transmit(_call, reply, response) {
    response.writeHead(reply.status, { ...writable(reply.headers), 'content-length': reply.body.length })
    response.end(reply.body)
  },
}

/** Headers in the form that node's `writeHead` takes. */
export function writable(headers: Headers): Record<string, string | string[]> {
  const pairs = Object.entries(headers)
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  )
}
