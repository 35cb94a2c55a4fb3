import { invalid } from '../../behaviour/denial.ts'
import type { Fault } from '../fault.ts'

export const cursorsFaults: readonly Fault[] = [
  {
    name: 'cursor-must-match-the-filter',
    sentence: 'A cursor that does not match the filter is refused.',
    violates: ['FLT-05'],
    override: (base) => ({
      beyondCursor(call, sequence) {
        const { cursor } = call.query
        const mark = sequence.find(({ event }) => event.id === cursor?.id)
        if (mark !== undefined && !call.behaviour.matches(call, mark.event))
          return invalid('The cursor is not in the filtered list.', 'after_id')
        return base.beyondCursor(call, sequence)
      },
    }),
  },
]
