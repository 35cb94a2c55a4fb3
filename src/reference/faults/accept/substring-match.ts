import type { Fault } from '../fault.ts'

export const substringMatchFaults: readonly Fault[] = [
  {
    name: 'accept-substring-match',
    sentence: 'Streams whenever the Accept header contains the text `text/event-stream` anywhere.',
    violates: ['NEG-04', 'NEG-02'],
    seen: '`headers.accept.includes("text/event-stream")`.',
    override: () => ({ wantsStream: (_call, accept) => accept.join(',').includes('text/event-stream') }),
  },
]
