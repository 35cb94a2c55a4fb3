import type { Fault } from '../fault.ts'

export const collationFaults: readonly Fault[] = [
  {
    name: 'event-cache-case-insensitive',
    sentence:
      'Events are cached under case-insensitive keys, so that one of two ids that differ only in case is returned twice.',
    violates: ['EVT-02'],
    alsoAffects: ['ENV-03', 'EVT-08', 'ORD-01', 'PAG-05', 'SSE-02', 'SSE-03', 'SSE-04'],
    seen: 'A cache key that is lower-cased.',
    generatedOnly: true,
    override: (base) => ({
      present(call, event) {
        const twin = call.thread.sorted.find(
          ({ event: other }) => other.id.toLowerCase() === event.id.toLowerCase(),
        )
        return base.present(call, twin?.event ?? event)
      },
    }),
  },
]
