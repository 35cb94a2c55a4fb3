import type { Fault } from '../fault.ts'

export const keysetFaults: readonly Fault[] = [
  {
    name: 'has-more-counts-unfiltered-rows',
    sentence: '`has_more` is computed before the type filter.',
    violates: ['ENV-05'],
    alsoAffects: ['FLT-05'],
    override: (base) => ({
      take: (call, rows, candidates) => ({
        ...base.take(call, rows, candidates),
        hasMore: candidates.length > call.query.limit,
      }),
    }),
  },
]
