import type { Fault } from './fault.ts'

export const streamFaults: readonly Fault[] = [
  {
    name: 'stream-frames-without-id',
    sentence: 'Frames have no `id` line, so that nobody can resume.',
    violates: ['SSE-03'],
    alter: (base) => ({ frame: (call, entry) => base.frame(call, entry).replace(/^id: .*\n/, '') }),
  },
  {
    name: 'stream-carries-siblings',
    sentence: "The stream carries the events of all of the session's threads.",
    violates: ['ISO-04', 'SSE-04', 'SSE-05', 'SSE-06', 'SSE-07'],
    seen: 'One channel for each session.',
    alter: () => ({ watched: (call) => [...call.session.threads.values()] }),
  },
]
