import type { Fault } from '../fault.ts'
import { sequence } from '../overrides/pages.ts'

export const directionFaults: readonly Fault[] = [
  {
    name: 'desc-ignored-behind-a-cursor',
    sentence: 'With a cursor, `order=desc` is ignored: the second page is ascending.',
    violates: ['PAG-03', 'PAG-04'],
    alsoAffects: ['ORD-03', 'ORD-01', 'PAG-02', 'PAG-05', 'PAG-06', 'PAG-07', 'FLT-05'],
    override: sequence((right, { query, thread }) => (query.cursor === undefined ? right : thread.sorted)),
  },
]
