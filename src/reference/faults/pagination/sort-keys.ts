import type { Fault } from '../fault.ts'

export const sortKeysFaults: readonly Fault[] = [
  {
    name: 'page-under-before-id-by-arrival',
    sentence: 'A page with `before_id` has the right events in insertion order.',
    violates: ['ORD-01'],
    alsoAffects: ['PAG-04', 'PAG-06', 'FLT-05'],
    seen: 'A subquery of the nearest records without an ORDER BY around it.',
    override: (base) => ({
      take(call, rows, candidates) {
        const page = base.take(call, rows, candidates)
        return call.query.cursor?.side === 'before'
          ? { ...page, entries: page.entries.toSorted((a, b) => a.position - b.position) }
          : page
      },
    }),
  },
]
