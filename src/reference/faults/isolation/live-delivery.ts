import type { Behaviour } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'
import type { Thread } from '../../store/thread.ts'
import type { Fault } from '../fault.ts'

/** Streams that receive what arrives in other threads, and send only the history of their own. */
function listening(channel: (call: ThreadRequestContext, thread: Thread) => boolean) {
  return (base: Behaviour): Partial<Behaviour> => ({
    subscribe(call) {
      const all = () =>
        [...call.session.threads.values()].filter((thread) => thread === call.thread || channel(call, thread))
      return base.subscribe({ ...call, behaviour: { ...call.behaviour, watched: all } })
    },
  })
}

/** Identifiers of PostgreSQL have at most so many bytes; the rest of a longer one is cut without an error. */
const longestChannel = 63

export const liveDeliveryFaults: readonly Fault[] = [
  {
    name: 'channel-names-cut',
    sentence: 'Live events are sent to every thread whose channel name has the same first 63 characters.',
    violates: ['ISO-04'],
    seen: 'LISTEN with a name made of both ids.',
    override: listening((call, thread) => {
      const name = ({ id }: Thread) => `thread_events_${call.session.id}_${id}`.slice(0, longestChannel)
      return name(thread) === name(call.thread)
    }),
  },
  {
    name: 'filtered-live-events-of-siblings',
    sentence: 'A filtered stream includes new events of the other threads of the session.',
    violates: ['ISO-04'],
    seen: 'A subscription by session and type.',
    override: listening((call) => call.query.types !== undefined),
  },
  {
    name: 'resumed-live-events-of-siblings',
    sentence: 'A stream that was resumed includes new events of the other threads of the session.',
    violates: ['ISO-04'],
    override: listening((call) => call.query.lastEventId !== undefined),
  },
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
