import type { Behaviour } from '../../behaviour.ts'
import type { RequestContext } from '../../request-context.ts'

/** Fails like a handler that threw, for some requests. */
export function crash(when: (call: RequestContext) => boolean) {
  return (base: Behaviour): Partial<Behaviour> => ({
    readQuery(call) {
      if (when(call)) throw new Error('crash')
      return base.readQuery(call)
    },
  })
}
