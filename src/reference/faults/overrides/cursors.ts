import type { Behaviour } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'
import type { Entry } from '../../store/entry.ts'

/** Replaces what an unknown cursor gives. */
export function unknown(
  change: (call: ThreadRequestContext, sequence: readonly Entry[]) => readonly Entry[],
) {
  return (base: Behaviour): Partial<Behaviour> => ({
    beyondCursor(call, sequence) {
      const { cursor } = call.query
      const known = cursor === undefined || base.locate(call, sequence, cursor.id) !== -1
      return known ? base.beyondCursor(call, sequence) : change(call, sequence)
    },
  })
}
