import type { Fault } from '../fault.ts'

export const keysetFaults: readonly Fault[] = [
  {
    name: 'keyset-without-tie-break',
    sentence: 'Cursors compare `created_at` only, so events with the timestamp of the cursor are skipped.',
    violates: ['PAG-03', 'PAG-04'],
    alsoAffects: ['PAG-05', 'PAG-06', 'ORD-03'],
    seen: 'Keyset pagination on a timestamp column that is not unique.',
    override: (base) => ({
      beyondCursor(call, sequence) {
        const { cursor, order } = call.query
        const mark = sequence.find(({ event }) => event.id === cursor?.id)
        if (cursor === undefined || mark === undefined) return base.beyondCursor(call, sequence)
        const sign = (cursor.side === 'after') === (order === 'asc') ? 1 : -1
        return sequence.filter((entry) => sign * base.compare(entry, mark) > 0)
      },
    }),
  },
]
