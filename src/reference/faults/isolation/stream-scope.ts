import type { Fault } from '../fault.ts'

export const streamScopeFaults: readonly Fault[] = [
  {
    name: 'stream-carries-siblings',
    sentence: "The stream carries the events of all of the session's threads.",
    violates: ['ISO-04'],
    alsoAffects: ['SSE-04', 'SSE-05', 'SSE-06', 'SSE-07'],
    seen: 'One channel for each session.',
    override: () => ({ watched: (call) => [...call.session.threads.values()] }),
  },
]
