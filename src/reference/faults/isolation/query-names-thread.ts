import type { Behaviour } from '../../behaviour.ts'
import type { RequestContext } from '../../request-context.ts'
import type { Fault } from '../fault.ts'

/** Takes the thread from the query, where it names one of the session. */
function threadFromQuery(...names: readonly string[]) {
  return (base: Behaviour): Partial<Behaviour> => ({
    findThread: (call, session, id) =>
      session.threads.get(named(call, names) ?? '') ?? base.findThread(call, session, id),
  })
}

function named(call: RequestContext, names: readonly string[]): string | undefined {
  const parameters = new URLSearchParams(call.request.query)
  return names.map((name) => parameters.get(name) ?? undefined).find((value) => value !== undefined)
}

/** The parameters of path and query are one table, and the query wins. */
export const queryNamesThreadFaults: readonly Fault[] = [
  {
    name: 'thread-id-in-the-query-overrides-the-path',
    sentence: '`?thread_id=` returns the events of that thread instead of the one in the path.',
    violates: ['ISO-02', 'ISO-04'],
    alsoAffects: ['EVT-03'],
    seen: 'Frameworks that merge path and query parameters.',
    override: threadFromQuery('thread_id'),
  },
  {
    name: 'session-thread-id-in-the-query-overrides-the-path',
    sentence: '`?session_thread_id=` returns the events of that thread instead of the one in the path.',
    violates: ['ISO-02', 'ISO-04'],
    alsoAffects: ['EVT-03'],
    override: threadFromQuery('session_thread_id'),
  },
  {
    name: 'id-in-the-query-overrides-the-path',
    sentence: '`?id=` returns the events of that thread instead of the one in the path.',
    violates: ['ISO-02', 'ISO-04'],
    alsoAffects: ['EVT-03'],
    override: threadFromQuery('id'),
  },
  {
    name: 'thread-id-in-brackets-overrides-the-path',
    sentence: '`?thread_id[]=` returns the events of that thread instead of the one in the path.',
    violates: ['ISO-02', 'ISO-04'],
    alsoAffects: ['EVT-03'],
    seen: 'Parsers that read `name[]` as `name`.',
    override: threadFromQuery('thread_id[]'),
  },
  {
    name: 'filter-in-the-query-overrides-the-path',
    sentence: '`?filter[thread_id]=` returns the events of that thread instead of the one in the path.',
    violates: ['ISO-02', 'ISO-04'],
    alsoAffects: ['EVT-03'],
    override: threadFromQuery('filter[thread_id]'),
  },
  {
    name: 'session-and-thread-in-the-query-override-the-path',
    sentence: '`?session_id=…&thread_id=…` together return the events of that thread.',
    violates: ['ISO-02'],
    alsoAffects: ['EVT-03'],
    override: (base) => ({
      findThread(call, session, id) {
        const other = call.serverState.store.sessions.get(named(call, ['session_id']) ?? '')
        return other?.threads.get(named(call, ['thread_id']) ?? '') ?? base.findThread(call, session, id)
      },
    }),
  },
  {
    name: 'thread-object-in-the-query-overrides-the-path',
    sentence: '`?thread[id]=` returns the events of that thread instead of the one in the path.',
    violates: ['ISO-02', 'ISO-04'],
    alsoAffects: ['EVT-03'],
    seen: 'Query parsers that turn brackets into objects.',
    override: threadFromQuery('thread[id]'),
  },
  {
    name: 'query-widens-to-the-session',
    sentence: '`?include_children=true` adds the events of the other threads of the session.',
    violates: ['ISO-02'],
    alsoAffects: ['EVT-03', 'ISO-04'],
    override: (base) => ({
      sequence(call) {
        const own = base.sequence(call)
        const isWide = new URLSearchParams(call.request.query).get('include_children') === 'true'
        const others = [...call.session.threads.values()].filter(({ id }) => id !== call.thread.id)
        const all = [...own, ...others.flatMap(({ sorted }) => sorted)]
        return isWide ? all.toSorted(base.compare) : own
      },
    }),
  },
]
