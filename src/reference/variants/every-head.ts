import type { Headers } from '../behaviour/reply.ts'
import type { Override } from '../behaviour.ts'

/** A change to the header fields of every answer of the route: lists, errors and streams. */
export function onEveryHead(change: (headers: Headers) => Headers): Override {
  return (base) => ({
    async finish(call, reply) {
      const finished = await base.finish(call, reply)
      return { ...finished, headers: change(finished.headers) }
    },
    streamHead(call) {
      const head = base.streamHead(call)
      return { ...head, headers: change(head.headers) }
    },
  })
}
