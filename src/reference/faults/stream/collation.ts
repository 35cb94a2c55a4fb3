import type { Fault } from '../fault.ts'
import { located, withoutSigns } from '../overrides/collation.ts'

export const collationFaults: readonly Fault[] = [
  {
    name: 'resume-at-the-first-id-that-begins-so',
    sentence: 'Last-Event-ID finds the first event whose id starts with it.',
    violates: ['SSE-05'],
    alsoAffects: ['SSE-06'],
    generatedOnly: true,
    override: located((wanted, id) => id.startsWith(wanted), 'streams'),
  },
  {
    name: 'resume-without-punctuation',
    sentence: 'Hyphens and underscores in Last-Event-ID are ignored.',
    violates: ['SSE-05'],
    alsoAffects: ['SSE-06'],
    generatedOnly: true,
    override: located((wanted, id) => withoutSigns(wanted) === withoutSigns(id), 'streams'),
  },
]
