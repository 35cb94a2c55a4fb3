import type { Fault } from '../fault.ts'
import { fresh } from '../overrides/history.ts'

export const historyFaults: readonly Fault[] = [
  {
    name: 'stream-leaks-on-resume',
    sentence: 'A resumed stream includes the sibling’s events.',
    violates: ['ISO-04'],
    alsoAffects: ['SSE-05', 'SSE-06', 'SSE-07'],
    override: (base) => ({
      watched: (call) => (fresh(call) ? base.watched(call) : [...call.session.threads.values()]),
    }),
  },
]
