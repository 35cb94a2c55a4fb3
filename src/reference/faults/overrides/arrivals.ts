import type { Behaviour } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'
import type { Entry } from '../../store/entry.ts'

/** Changes a batch of events that arrived while the stream was open. */
export function arriving(change: (batch: readonly Entry[], call: ThreadRequestContext) => readonly Entry[]) {
  return (base: Behaviour): Partial<Behaviour> => ({
    async deliver(call, batch, phase) {
      const right = await base.deliver(call, batch, phase)
      return phase === 'live' ? change(right, call) : right
    },
  })
}
