import type { Fault } from '../fault.ts'
import { listed } from '../overrides/events.ts'

export const listBodyFaults: readonly Fault[] = [
  {
    name: 'null-among-the-records',
    sentence: 'Events of a type that the serialiser does not know are `null` in lists.',
    violates: ['EVT-01'],
    alsoAffects: ['ENV-01', 'SSE-04'],
    override: listed((event) => (event.type === 'agent.thinking' ? null : event)),
  },
]
