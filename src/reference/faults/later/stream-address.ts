import { isDenial, notFound } from '../../behaviour/denial.ts'
import { Thread } from '../../store/thread.ts'
import type { Fault } from '../fault.ts'

const revision = '2026-07'

/** The stream at an address of its own. */
export const streamAddressFaults: readonly Fault[] = [
  {
    name: 'stream-address-missing',
    sentence: '…/stream is answered with 404: the list is the only route.',
    violates: ['SSE-20'],
    alsoAffects: ['SSE-10'],
    revision,
    override: (base) => ({
      async resolve(call) {
        return call.atStream ? notFound('There is no such route.') : await base.resolve(call)
      },
    }),
  },
  {
    name: 'stream-address-lists',
    sentence: '…/stream returns the list.',
    violates: ['SSE-20'],
    revision,
    override: (base) => ({
      // The stage asks again whether the call streams: at this address it no longer does.
      async resolve(call) {
        const resolved = await base.resolve(call)
        if (call.atStream && !isDenial(resolved)) Object.assign(call, { atStream: false, listed: true })
        return resolved
      },
      wantsStream: (call, accept) => !('listed' in call) && base.wantsStream(call, accept),
    }),
  },
  {
    name: 'stream-address-ignores-last-event-id',
    sentence: 'Last-Event-ID has no effect at …/stream.',
    violates: ['SSE-05'],
    alsoAffects: ['SSE-09', 'SSE-21'],
    revision,
    override: (base) => ({
      resumeAt: (call, entries) => (call.atStream ? 0 : base.resumeAt(call, entries)),
    }),
  },
  {
    name: 'stream-address-unknown-event-ignored',
    sentence: 'A Last-Event-ID that is no event of the thread starts the stream from the beginning.',
    violates: ['SSE-21'],
    revision,
    override: (base) => ({
      resumeAt(call, entries) {
        const at = base.resumeAt(call, entries)
        return isDenial(at) ? 0 : at
      },
    }),
  },
  {
    name: 'stream-address-unknown-event-404',
    sentence: 'A Last-Event-ID that is no event of the thread is answered with 404.',
    violates: ['SSE-21'],
    revision,
    override: (base) => ({
      resumeAt(call, entries) {
        const at = base.resumeAt(call, entries)
        return isDenial(at) ? notFound('The event does not exist.') : at
      },
    }),
  },
  {
    name: 'stream-address-foreign-event-accepted',
    sentence: 'A Last-Event-ID of another thread gives a stream of new events alone.',
    violates: ['SSE-21'],
    revision,
    override: (base) => ({
      resumeAt(call, entries) {
        const at = base.resumeAt(call, entries)
        const { lastEventId = '' } = call.query
        const known = [...call.session.threads.values()].some((thread) => thread.has(lastEventId))
        return isDenial(at) && known ? entries.length : at
      },
    }),
  },
  {
    name: 'stream-address-heartbeat-frames',
    sentence: 'A keep-alive is a frame named heartbeat.',
    violates: ['SSE-22'],
    revision,
    override: () => ({ preamble: () => 'event: heartbeat\ndata: {}\n\n' }),
  },
  {
    name: 'stream-address-without-authentication',
    sentence: '…/stream needs no token.',
    violates: ['AUT-05'],
    alsoAffects: ['SSE-10', 'AUT-06', 'ISO-05'],
    revision,
    override: (base) => ({
      authenticate: (call) => (call.atStream ? { tenant: 'owner' } : base.authenticate(call)),
    }),
  },
  {
    name: 'stream-address-unknown-thread-empty',
    sentence: 'An unknown thread has an empty stream at …/stream.',
    violates: ['NFD-05'],
    alsoAffects: ['SSE-10'],
    revision,
    override: (base) => ({
      findThread: (call, session, id) =>
        base.findThread(call, session, id) ??
        (call.atStream ? new Thread(session.id, id, call.behaviour) : undefined),
    }),
  },
  {
    name: 'stream-address-carries-siblings',
    sentence: 'The stream carries the events of all threads of the session.',
    violates: ['ISO-04'],
    alsoAffects: ['SSE-04', 'SSE-05', 'SSE-09', 'SSE-21'],
    revision,
    override: (base) => ({
      watched: (call) => (call.atStream ? [...call.session.threads.values()] : base.watched(call)),
    }),
  },
  {
    name: 'stream-address-without-history',
    sentence: '…/stream sends new events alone.',
    violates: ['SSE-08'],
    alsoAffects: ['SSE-04', 'SSE-05', 'SSE-09', 'SSE-22'],
    revision,
    override: (base) => ({
      history: (call) => (call.query.lastEventId === undefined ? [] : base.history(call)),
    }),
  },
]
