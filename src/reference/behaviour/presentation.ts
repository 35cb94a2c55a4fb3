import type { ServerResponse } from 'node:http'
import { type JsonValue, writeJson } from '../../contract/json.ts'
import type { RequestContext, ThreadRequestContext } from '../request-context.ts'
import type { ThreadEvent } from '../world/world.ts'
import { type Denial, isDenial } from './denial.ts'
import type { Page } from './paging.ts'
import type { Headers, Reply } from './reply.ts'

/** From a page to bytes on the wire (ENV, EVT). */
export interface Presentation {
  /** An event as clients see it, in lists and in frames. */
  present(call: ThreadRequestContext, event: ThreadEvent): JsonValue
  envelope(call: ThreadRequestContext, page: Page): JsonValue
  /** The bytes of a list's body. */
  serialise(call: ThreadRequestContext, body: JsonValue): Uint8Array
  listHeaders(call: ThreadRequestContext): Headers
  /** The whole answer to a list request. */
  list(call: ThreadRequestContext): Reply | Denial | Promise<Reply | Denial>
  /** Last chance to change a finished reply, be it a list or an error. */
  finish(call: RequestContext, reply: Reply): Reply | Promise<Reply>
  /** Puts a reply on the wire; from here the socket is within reach (`response.socket`). */
  transmit(call: RequestContext, reply: Reply, response: ServerResponse): void | Promise<void>
}

export const standardPresentation: Presentation = {
  present: (_call, event) => event,

  envelope(call, { entries, hasMore }) {
    const data = entries.map(({ event }) => call.behaviour.present(call, event))
    const first_id = entries.at(0)?.event.id ?? null
    const last_id = entries.at(-1)?.event.id ?? null
    return { data, first_id, last_id, has_more: hasMore }
  },

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
