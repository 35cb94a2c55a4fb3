import type { Fault } from '../fault.ts'

export const typeFilterFaults: readonly Fault[] = [
  {
    name: 'filter-joined-with-or',
    sentence: 'The type filter is joined with OR and includes the whole session’s events of that type.',
    violates: ['ISO-02'],
    alsoAffects: ['EVT-03', 'FLT-01', 'FLT-02', 'FLT-03', 'FLT-04', 'FLT-05'],
    seen: 'WHERE thread_id = ? AND type = ? OR type = ?',
    override: (base) => ({
      sequence(call) {
        if (call.query.types === undefined) return base.sequence(call)
        const all = [...call.session.threads.values()].flatMap(({ sorted }) => sorted).toSorted(base.compare)
        return call.query.order === 'asc' ? all : all.toReversed()
      },
    }),
  },
]
