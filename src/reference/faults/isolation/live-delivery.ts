import type { Thread } from '../../store/thread.ts'
import type { Fault } from '../fault.ts'

export const liveDeliveryFaults: readonly Fault[] = [
  {
    name: 'live-events-of-siblings',
    sentence: 'An open stream carries what happens in the other threads of the session.',
    violates: ['ISO-04'],
    seen: 'One channel for each session; the query of the history has the thread, the listener has not.',
    override: (base) => ({
      subscribe(call) {
        const all = (): readonly Thread[] => [...call.session.threads.values()]
        return base.subscribe({ ...call, behaviour: { ...call.behaviour, watched: all } })
      },
    }),
  },
]
