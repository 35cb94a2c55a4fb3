import { type Denial, isDenial } from '../../behaviour/denial.ts'
import type { Behaviour } from '../../behaviour.ts'
import type { RequestContext } from '../../request-context.ts'

/** Changes the refusal of an unknown session or thread. */
export function refusal(change: (denial: Denial, call: RequestContext) => Denial) {
  return (base: Behaviour): Partial<Behaviour> => ({
    async resolve(call) {
      const resolved = await base.resolve(call)
      return isDenial(resolved) ? change(resolved, call) : resolved
    },
  })
}
