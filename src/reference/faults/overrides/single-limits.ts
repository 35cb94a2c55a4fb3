import type { Behaviour, PageSlice } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'

/** Changes the pages of some requests alone. */
export function page(when: (call: ThreadRequestContext) => boolean, change: (page: PageSlice) => PageSlice) {
  return (base: Behaviour): Partial<Behaviour> => ({
    take(call, rows, candidates) {
      const right = base.take(call, rows, candidates)
      return call.stream !== true && when(call) ? change(right) : right
    },
  })
}
