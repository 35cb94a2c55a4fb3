import { headerLines } from '../../request-context.ts'
import type { Fault } from '../fault.ts'

/** Bytes and headers that nobody expected. */
export const undecodableFaults: readonly Fault[] = [
  {
    name: 'path-bytes-not-utf-8-crash',
    sentence: 'Percent-encoded bytes in the path that are not UTF-8 return 500.',
    violates: ['INP-01'],
    seen: 'decodeURIComponent outside a try.',
    override: () => ({ decodeSegment: (segment) => decodeURIComponent(segment) }),
  },
  {
    name: 'empty-last-event-id-crashes',
    sentence: 'An empty Last-Event-ID returns 500.',
    violates: ['INP-01'],
    override: (base) => ({
      readQuery(call) {
        if (headerLines(call.request, 'last-event-id')[0] === '') throw new Error('crash')
        return base.readQuery(call)
      },
    }),
  },
]
