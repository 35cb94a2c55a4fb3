import type { Fault } from '../fault.ts'

export const streamScopeFaults: readonly Fault[] = [
  {
    name: 'stream-frames-without-id',
    sentence: 'Frames have no `id` line.',
    violates: ['SSE-03'],
    override: (base) => ({ frame: (call, entry) => base.frame(call, entry).replace(/^id: .*\n/, '') }),
  },
]
