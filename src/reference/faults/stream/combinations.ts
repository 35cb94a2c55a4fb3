import type { Fault } from '../fault.ts'
import { all, brackets, streaming, unfiltered } from '../overrides/combinations.ts'

export const combinationsFaults: readonly Fault[] = [
  {
    name: 'stream-filter-in-brackets-lost-on-resume',
    sentence: 'A resumed stream ignores `types[]`.',
    violates: ['SSE-06'],
    alsoAffects: ['SSE-05'],
    generatedOnly: true,
    override: unfiltered(all(streaming, brackets, ({ query }) => query.lastEventId !== undefined)),
  },
]
