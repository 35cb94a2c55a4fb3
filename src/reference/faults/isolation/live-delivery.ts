import type { Thread } from '../../store/thread.ts'
import type { Fault } from '../fault.ts'

export const liveDeliveryFaults: readonly Fault[] = [
  {
    name: 'live-events-of-siblings',
    sentence: 'An open stream includes new events of the other threads of the session.',
    violates: ['ISO-04'],
    seen: 'One channel per session: the query filters by thread, the listener does not.',
    override: (base) => ({
      subscribe(call) {
        const all = (): readonly Thread[] => [...call.session.threads.values()]
        return base.subscribe({ ...call, behaviour: { ...call.behaviour, watched: all } })
      },
    }),
  },
]
