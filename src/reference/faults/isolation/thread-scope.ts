import type { Behaviour } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'
import type { Fault } from '../fault.ts'
import { ofTheSession } from '../overrides/pages.ts'

/** Forgets the thread for some requests. */
function threadForgotten(when: (call: ThreadRequestContext) => boolean) {
  return (base: Behaviour): Partial<Behaviour> => ({
    sequence: (call) => (when(call) ? ofTheSession(base, call) : base.sequence(call)),
  })
}

const isFirst = ({ session, thread }: ThreadRequestContext) => [...session.threads.keys()][0] === thread.id

export const threadScopeFaults: readonly Fault[] = [
  {
    name: 'list-of-whole-session',
    sentence: 'The list contains the events of all threads of the session.',
    violates: ['ISO-01'],
    alsoAffects: [
      'ISO-02',
      'EVT-03',
      'ORD-03',
      'ISO-03',
      'PAG-02',
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'PAG-14',
      'FLT-01',
      'FLT-02',
      'FLT-03',
      'FLT-04',
      'FLT-05',
    ],
    seen: 'A missing WHERE thread_id = ?.',
    override: threadForgotten(() => true),
  },
  {
    name: 'desc-lists-whole-session',
    sentence: 'With `order=desc`, the list contains the whole session.',
    violates: ['ISO-02'],
    alsoAffects: [
      'EVT-03',
      'ORD-03',
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'ISO-03',
      'PAG-14',
      'FLT-01',
      'FLT-02',
      'FLT-03',
      'FLT-04',
      'FLT-05',
    ],
    override: threadForgotten(({ query }) => query.order === 'desc'),
  },
  {
    name: 'cursor-lists-whole-session',
    sentence: 'With a cursor, the list continues with the whole session.',
    violates: ['ISO-02'],
    alsoAffects: [
      'EVT-03',
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'ORD-03',
      'ISO-03',
      'PAG-02',
      'PAG-14',
      'FLT-05',
    ],
    seen: 'A keyset condition joined with OR, without parentheses.',
    override: threadForgotten(({ query }) => query.cursor !== undefined),
  },
  {
    name: 'before-id-lists-whole-session',
    sentence: 'With `before_id`, the list contains the whole session.',
    violates: ['ISO-02'],
    alsoAffects: ['EVT-03', 'PAG-04', 'PAG-06', 'ISO-03', 'PAG-14', 'FLT-05'],
    override: threadForgotten(({ query }) => query.cursor?.side === 'before'),
  },
  {
    name: 'largest-page-lists-whole-session',
    sentence: 'A page of 100 contains events of the whole session.',
    violates: ['ISO-02'],
    alsoAffects: [
      'ISO-01',
      'EVT-03',
      'ORD-03',
      'ISO-03',
      'PAG-05',
      'PAG-06',
      'FLT-01',
      'FLT-02',
      'FLT-03',
      'FLT-05',
    ],
    override: threadForgotten(({ query }) => query.limit === 100),
  },
  {
    name: 'brackets-list-whole-session',
    sentence: 'With `types[]`, the list contains the whole session.',
    violates: ['ISO-02'],
    alsoAffects: ['EVT-03', 'FLT-03', 'FLT-04'],
    override: threadForgotten(({ request }) => request.query.includes('types')),
  },
  {
    name: 'plain-list-of-whole-session',
    sentence: 'A request without parameters returns the whole session.',
    violates: ['ISO-01'],
    alsoAffects: ['EVT-03', 'ORD-02', 'PAG-05'],
    override: threadForgotten(({ request }) => request.query === ''),
  },
  {
    name: 'leak-with-rewritten-label',
    sentence: 'The first thread also lists status events of its siblings, relabelled.',
    violates: ['ISO-02'],
    alsoAffects: ['ISO-01', 'ORD-04', 'SSE-04', 'SSE-05', 'EVT-08'],
    override: (base) => ({
      sequence: (call) =>
        isFirst(call)
          ? ofTheSession(base, call).filter(
              ({ event }) =>
                event.session_thread_id === call.thread.id || event.type === 'session.thread_status_running',
            )
          : base.sequence(call),
      present: (call, event) => ({ ...event, session_thread_id: call.thread.id }),
    }),
  },
  {
    name: 'threads-share-their-events',
    sentence: 'Every thread has the events of the first thread of its session, as its own.',
    violates: ['ISO-01'],
    alsoAffects: ['NFD-03', 'EVT-08', 'ISO-03', 'ISO-04', 'SSE-04', 'SSE-05', 'SSE-06', 'PAG-11', 'SSE-07'],
    seen: 'A mock that returns one example for every id.',
    override: (base) => ({
      sequence(call) {
        const [first = call.thread] = call.session.threads.values()
        return base.sequence({ ...call, thread: first })
      },
      present: (call, event) => ({ ...event, session_thread_id: call.thread.id }),
    }),
  },
  {
    name: 'second-type-of-whole-session',
    sentence: 'With two types, events of the second type are taken from the whole session.',
    violates: ['ISO-02'],
    alsoAffects: ['EVT-03', 'FLT-02', 'FLT-03'],
    seen: 'WHERE thread_id = ? AND type = ? OR type = ?',
    override: (base) => ({
      sequence(call) {
        const [, ...others] = call.query.types ?? []
        if (others.length === 0) return base.sequence(call)
        return ofTheSession(base, call).filter(
          ({ event }) => event.session_thread_id === call.thread.id || others.includes(event.type),
        )
      },
    }),
  },
  {
    name: 'desc-before-id-lists-whole-session',
    sentence: 'With `before_id` and `order=desc`, the page is taken from the whole session.',
    violates: ['ISO-02'],
    alsoAffects: ['EVT-03', 'PAG-04', 'PAG-06', 'FLT-05'],
    override: threadForgotten(
      ({ query, thread }) =>
        query.order === 'desc' && query.cursor?.side === 'before' && thread.has(query.cursor.id),
    ),
  },
  {
    name: 'last-page-filled-up',
    sentence: 'A page that is not full, unless it is the largest, is filled with events of other threads.',
    violates: ['ISO-02'],
    alsoAffects: [
      'EVT-03',
      'PAG-02',
      'PAG-03',
      'PAG-05',
      'PAG-07',
      'FLT-01',
      'FLT-04',
      'FLT-05',
      'ORD-01',
      'ORD-03',
    ],
    override: (base) => ({
      take(call, rows, candidates) {
        const page = base.take(call, rows, candidates)
        const others = ofTheSession(base, call).filter(({ event }) => !call.thread.has(event.id))
        const { limit, cursor } = call.query
        const missing = cursor?.side === 'before' || limit === 100 ? 0 : limit - page.entries.length
        return { ...page, entries: [...page.entries, ...others.slice(0, missing)] }
      },
    }),
  },
  {
    name: 'siblings-of-the-same-instant',
    sentence: 'With a cursor, events of a sibling with the same timestamp are included.',
    violates: ['ISO-02'],
    alsoAffects: [
      'EVT-03',
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'ORD-03',
      'ISO-03',
      'PAG-14',
      'FLT-05',
      'PAG-02',
    ],
    seen: 'A join on created_at.',
    override: (base) => ({
      sequence(call) {
        if (call.query.cursor === undefined) return base.sequence(call)
        const instants = new Set(call.thread.sorted.map(({ key }) => key))
        return ofTheSession(base, call).filter(
          ({ event, key }) => event.session_thread_id === call.thread.id || instants.has(key),
        )
      },
    }),
  },
  {
    name: 'default-page-cached-for-the-session',
    sentence: 'A request without parameters returns the page cached for the session, which is a sibling’s.',
    violates: ['ISO-01'],
    alsoAffects: ['EVT-03', 'ORD-02', 'PAG-05'],
    seen: 'A cache key without the thread.',
    override: (base) => ({
      sequence(call) {
        const other = [...call.session.threads.values()].find(({ id }) => id !== call.thread.id)
        return call.request.query === '' && other !== undefined
          ? base.sequence({ ...call, thread: other })
          : base.sequence(call)
      },
    }),
  },
]
