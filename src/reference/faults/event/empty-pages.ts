import type { Fault } from '../fault.ts'
import { envelope } from '../overrides/pages.ts'

export const emptyPagesFaults: readonly Fault[] = [
  {
    name: 'empty-page-of-one-empty-record',
    sentence: 'An empty page contains one event without fields.',
    violates: ['EVT-01'],
    alsoAffects: ['PAG-03', 'PAG-04', 'PAG-07', 'FLT-01', 'FLT-04', 'FLT-05'],
    seen: 'LEFT JOIN returns one row of nulls, and the serialiser omits nulls.',
    override: envelope((body, _call, page) => (page.entries.length === 0 ? { ...body, data: [{}] } : body)),
  },
]
