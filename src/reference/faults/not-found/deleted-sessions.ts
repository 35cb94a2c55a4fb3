import { isDenial, notFound } from '../../behaviour/denial.ts'
import type { Behaviour } from '../../behaviour.ts'
import { headerLines, type RequestContext, type ServerState } from '../../request-context.ts'
import type { Entry } from '../../store/entry.ts'
import type { Session } from '../../store/store.ts'
import type { Fault } from '../fault.ts'

/** Keeps what was deleted, for those who may still find it. */
function kept(base: Behaviour, finds: (call: RequestContext) => boolean): Partial<Behaviour> {
  return {
    remove(state, id) {
      const session = state.store.sessions.get(id)
      if (session !== undefined) graves(state).set(id, session)
      return base.remove(state, id)
    },
    findSession: (call, id) =>
      base.findSession(call, id) ??
      (finds(call) && call.identity?.tenant === 'owner' ? graves(call.serverState).get(id) : undefined),
  }
}

const allGraves = new WeakMap<ServerState, Map<string, Session>>()

function graves(state: ServerState): Map<string, Session> {
  const known = allGraves.get(state) ?? new Map<string, Session>()
  allGraves.set(state, known)
  return known
}

/** Keeps what was replaced until the session is deleted. */
function keptOnReplacement(base: Behaviour): Pick<Behaviour, 'put' | 'remove'> {
  return {
    put(state, session) {
      const before = state.store.sessions.get(session.id)
      if (before !== undefined) graves(state).set(session.id, before)
      return base.put(state, session)
    },
    remove(state, id) {
      graves(state).delete(id)
      return base.remove(state, id)
    },
  }
}

const wantsStream = (call: RequestContext) =>
  call.behaviour.wantsStream(call, headerLines(call.request, 'accept'))

/** Sessions after their deletion. */
export const deletedSessionFaults: readonly Fault[] = [
  {
    name: 'deleted-session-still-served',
    sentence: 'A deleted session is still served.',
    violates: ['NFD-01'],
    seen: 'A soft delete that the route does not look at.',
    override: (base) => kept(base, () => true),
  },
  {
    name: 'deleted-session-still-streamed',
    sentence: 'A deleted session is no longer listed, but still streamed.',
    violates: ['NFD-01'],
    override: (base) => kept(base, wantsStream),
  },
  {
    name: 'deleted-session-is-an-empty-list',
    sentence: 'A deleted session returns an empty list.',
    violates: ['NFD-01'],
    override: (base) => ({
      ...kept(base, (call) => !wantsStream(call)),
      sequence: (call) =>
        graves(call.serverState).get(call.session.id) === call.session ? [] : base.sequence(call),
    }),
  },
  {
    name: 'deleted-session-still-listed',
    sentence: 'A deleted session is no longer streamed, but still listed with its events.',
    violates: ['NFD-01'],
    seen: 'A cache of lists that a deletion does not clear.',
    override: (base) => kept(base, (call) => !wantsStream(call)),
  },
  {
    name: 'deleted-session-found-with-a-filter',
    sentence: 'A deleted session is still listed where the request has a type filter.',
    violates: ['NFD-01'],
    seen: 'A search index that a deletion does not clear.',
    override: (base) => kept(base, (call) => !wantsStream(call) && call.request.query.includes('type')),
  },
  {
    name: 'deleted-session-found-behind-a-cursor',
    sentence: 'A deleted session is still listed where the request has a cursor.',
    violates: ['NFD-01'],
    seen: 'Cursors whose events are looked up first, in a table that a deletion does not clear.',
    override: (base) => kept(base, (call) => !wantsStream(call) && call.request.query.includes('_id=')),
  },
  {
    name: 'deleted-session-still-resumed',
    sentence: 'A stream of a deleted session is refused, unless it resumes by Last-Event-ID.',
    violates: ['NFD-01'],
    seen: 'A replay buffer that outlives its session.',
    override: (base) =>
      kept(base, (call) => wantsStream(call) && headerLines(call.request, 'last-event-id').length > 0),
  },
  {
    name: 'replaced-session-keeps-its-threads',
    sentence: 'Threads that a replaced session no longer has are still served.',
    violates: ['NFD-02'],
    seen: 'An upsert that never deletes.',
    override: (base) => ({
      ...keptOnReplacement(base),
      findThread: (call, session, id) =>
        base.findThread(call, session, id) ?? graves(call.serverState).get(session.id)?.threads.get(id),
    }),
  },
  {
    name: 'replaced-session-streams-its-old-history',
    sentence: 'A stream of a session that was replaced starts with the history from before.',
    violates: ['SSE-04'],
    seen: 'A replay buffer that is filled once for each thread.',
    override: (base) => {
      const histories = new WeakMap<ServerState, Map<string, readonly Entry[]>>()
      return {
        async history(call) {
          const known = histories.get(call.serverState) ?? new Map<string, readonly Entry[]>()
          histories.set(call.serverState, known)
          const right = await base.history(call)
          if (isDenial(right) || call.query.lastEventId !== undefined) return right
          const before = known.get(call.thread.id) ?? right
          known.set(call.thread.id, before)
          const isReplaced = !right.some((entry) => before.includes(entry))
          return isReplaced && before.length > 0 ? before : right
        },
      }
    },
  },
  {
    name: 'replaced-session-found-with-a-filter',
    sentence: 'Lists with a type filter show the events of a session from before it was replaced.',
    violates: ['SSE-09'],
    seen: 'A search index that is only ever added to.',
    override: (base) => ({
      ...keptOnReplacement(base),
      sequence(call) {
        const old = graves(call.serverState).get(call.session.id)?.threads.get(call.thread.id)
        const right = base.sequence(call)
        if (call.query.types === undefined || old === undefined || old === call.thread) return right
        return call.query.order === 'asc' ? [...old.sorted, ...right] : [...right, ...old.sorted.toReversed()]
      },
    }),
  },
  {
    name: 'replaced-session-found-behind-a-cursor',
    sentence: 'A cursor of a session from before it was replaced returns events of that session.',
    violates: ['SSE-09'],
    seen: 'Cursors that are looked up in a table of all events ever.',
    override: (base) => ({
      ...keptOnReplacement(base),
      beyondCursor(call, sequence) {
        const right = base.beyondCursor(call, sequence)
        const old = graves(call.serverState).get(call.session.id)?.threads.get(call.thread.id)
        const isOld = old?.sorted.some(({ event }) => event.id === call.query.cursor?.id) === true
        return isDenial(right) && isOld ? (old?.sorted ?? []) : right
      },
    }),
  },
  {
    name: 'deleted-session-is-gone',
    sentence: 'A deleted session returns 410.',
    violates: ['NFD-01'],
    alsoAffects: ['ERR-03'],
    override: (base) => ({
      ...kept(base, () => false),
      async resolve(call) {
        const id = base.decodeSegment(call.rawIds.session) ?? ''
        const resolved = await base.resolve(call)
        const gone = 'denied' in resolved && graves(call.serverState).has(id)
        return gone ? { ...notFound('The session was deleted.'), status: 410 } : resolved
      },
    }),
  },
]
