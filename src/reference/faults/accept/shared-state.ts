import { isDenial } from '../../behaviour/denial.ts'
import type { Behaviour } from '../../behaviour.ts'
import type { RequestContext, ServerState, ThreadRequestContext } from '../../request-context.ts'
import type { Fault } from '../fault.ts'

/** How long a handler waits for a database, in milliseconds. Other requests run meanwhile. */
const queryMs = 5

/**
 * A variable of the whole server in which each request keeps something while it waits.
 * @returns a function that writes the value, waits, and reads what the variable has by then
 */
function keptInAGlobal<T>(): (call: RequestContext, value: T) => Promise<T> {
  const globals = new WeakMap<ServerState, T[]>()
  return async (call, value) => {
    const written = globals.get(call.serverState) ?? []
    globals.set(call.serverState, written)
    written[0] = value
    await new Promise((resolve) => setTimeout(resolve, queryMs))
    return written[0]
  }
}

/** Reads the page with a part of the call as the variable has it by then. */
function readWith(part: (call: ThreadRequestContext) => Partial<ThreadRequestContext>) {
  return (base: Behaviour): Partial<Behaviour> => {
    const kept = keptInAGlobal<Partial<ThreadRequestContext>>()
    return { window: async (call) => base.window({ ...call, ...(await kept(call, part(call))) }) }
  }
}

/** Variables of the whole server that belong to one request. */
export const sharedStateFaults: readonly Fault[] = [
  {
    name: 'query-kept-in-a-global',
    sentence:
      'The query is kept in a global variable, so that simultaneous lists get the page of the last one.',
    violates: ['NEG-05'],
    sometimes: true,
    seen: 'Controllers that are singletons and keep the request in a field.',
    override: readWith(({ query }) => ({ query })),
  },
  {
    name: 'thread-kept-in-a-global',
    sentence:
      'The thread is kept in a global variable, so that simultaneous lists get the events of the last one.',
    violates: ['NEG-05'],
    sometimes: true,
    override: readWith(({ thread }) => ({ thread })),
  },
  {
    name: 'credentials-kept-in-a-global',
    sentence:
      'The credentials are kept in a global variable, so that simultaneous requests share those of the last one.',
    violates: ['NEG-05'],
    sometimes: true,
    seen: 'A client of an identity service that is shared by all requests and configured anew for each.',
    override: (base) => {
      const kept = keptInAGlobal<string | undefined>()
      return {
        async authenticate(call) {
          const text = await kept(call, call.behaviour.credentials(call))
          return base.authenticate({ ...call, behaviour: { ...call.behaviour, credentials: () => text } })
        },
      }
    },
  },
  {
    name: 'bodies-in-a-shared-buffer',
    sentence: 'Bodies are sent from a buffer that the next list overwrites.',
    violates: ['NEG-05'],
    sometimes: true,
    seen: 'Pooled buffers that are given back before they are written to the socket.',
    override: (base) => {
      const buffer = Buffer.alloc(4_000_000)
      return {
        async list(call) {
          const reply = await base.list(call)
          if (isDenial(reply)) return reply
          const body = reply.body.subarray(0, buffer.length)
          buffer.set(body)
          await new Promise((resolve) => setTimeout(resolve, queryMs))
          return { ...reply, body: Buffer.from(buffer.subarray(0, body.length)) }
        },
      }
    },
  },
]
