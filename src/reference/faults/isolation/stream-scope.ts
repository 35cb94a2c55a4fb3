import type { Fault } from '../fault.ts'

export const streamScopeFaults: readonly Fault[] = [
  {
    name: 'stream-carries-siblings',
    sentence: 'The stream includes the events of all threads of the session.',
    violates: ['ISO-04'],
    alsoAffects: ['SSE-04', 'SSE-05', 'SSE-06', 'SSE-07'],
    seen: 'One channel per session.',
    override: () => ({ watched: (call) => [...call.session.threads.values()] }),
  },
]
