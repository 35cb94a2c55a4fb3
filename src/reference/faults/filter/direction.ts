import type { Fault } from '../fault.ts'
import { sequence } from '../overrides/pages.ts'

export const directionFaults: readonly Fault[] = [
  {
    name: 'desc-ignored-with-a-filter',
    sentence: 'With a filter `order=desc` is ignored.',
    violates: ['FLT-05'],
    alsoAffects: ['ORD-01', 'FLT-01', 'FLT-02', 'FLT-03'],
    override: sequence((right, { query, thread }) => (query.types === undefined ? right : thread.sorted)),
  },
]
