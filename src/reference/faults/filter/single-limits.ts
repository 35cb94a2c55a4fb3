import type { Fault } from '../fault.ts'

export const singleLimitsFaults: readonly Fault[] = [
  {
    name: 'brackets-with-desc-and-limit-3-lose-one',
    sentence: '`types[]` with `order=desc&limit=3` starts with the second match.',
    violates: ['FLT-05'],
    alsoAffects: ['FLT-03'],
    override: (base) => ({
      take: (call, rows, candidates) =>
        call.request.query.includes('types') && call.query.limit === 3 && call.query.order === 'desc'
          ? base.take(call, rows.slice(1), candidates)
          : base.take(call, rows, candidates),
    }),
  },
]
