import type { Entry } from '../../store/entry.ts'
import type { Fault } from '../fault.ts'
import { inOrder, sequence } from '../overrides/pages.ts'

export const sortKeysFaults: readonly Fault[] = [
  {
    name: 'filtered-list-grouped-by-type',
    sentence: 'A filter of several types returns them one type after the other.',
    violates: ['FLT-02'],
    alsoAffects: ['FLT-03', 'FLT-05', 'ORD-01'],
    seen: 'One query per type, concatenated.',
    override: (base) => ({
      window(call) {
        const { types } = call.query
        if (types === undefined || types.length < 2) return base.window(call)
        const rank = (entry: Entry) => types.indexOf(entry.event.type)
        const grouped = call.behaviour.sequence(call).toSorted((a, b) => rank(a) - rank(b))
        return base.window({ ...call, behaviour: { ...call.behaviour, sequence: () => grouped } })
      },
    }),
  },
  {
    name: 'filtered-list-by-arrival',
    sentence: 'With a filter, the list is in insertion order.',
    violates: ['FLT-01'],
    alsoAffects: ['ORD-01', 'FLT-02', 'FLT-03', 'FLT-05'],
    seen: 'An index on (thread, type) that is read without sorting.',
    override: sequence((right, call) =>
      call.query.types === undefined ? right : inOrder(call, call.thread.inserted),
    ),
  },
]
