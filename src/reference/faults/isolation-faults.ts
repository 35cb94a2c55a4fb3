import type { Behaviour } from '../behaviour.ts'
import type { ThreadCall } from '../call.ts'
import type { Entry } from '../store/entry.ts'
import type { Fault } from './fault.ts'

/** All events of the session in the requested order. */
function ofTheSession(base: Behaviour, call: ThreadCall): readonly Entry[] {
  const all = [...call.session.threads.values()].flatMap(({ sorted }) => sorted).toSorted(base.compare)
  return call.query.order === 'asc' ? all : all.toReversed()
}

/** Forgets the thread for some requests. */
function threadForgotten(when: (call: ThreadCall) => boolean) {
  return (base: Behaviour): Partial<Behaviour> => ({
    sequence: (call) => (when(call) ? ofTheSession(base, call) : base.sequence(call)),
  })
}

export const isolationFaults: readonly Fault[] = [
  {
    name: 'list-of-the-whole-session',
    sentence: 'The list shows the events of all threads of the session.',
    violates: [
      'ISO-01',
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
    alter: threadForgotten(() => true),
  },
  {
    name: 'desc-forgets-the-thread',
    sentence: 'Under `order=desc` the list shows the whole session.',
    violates: [
      'ISO-02',
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
    alter: threadForgotten(({ query }) => query.order === 'desc'),
  },
  {
    name: 'cursor-forgets-the-thread',
    sentence: 'Behind a cursor the list goes on with the whole session.',
    violates: [
      'ISO-02',
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
    alter: threadForgotten(({ query }) => query.cursor !== undefined),
  },
  {
    name: 'before-id-forgets-the-thread',
    sentence: 'Under `before_id` the list shows the whole session.',
    violates: ['ISO-02', 'EVT-03', 'PAG-04', 'PAG-06', 'ISO-03', 'PAG-14', 'FLT-05'],
    alter: threadForgotten(({ query }) => query.cursor?.side === 'before'),
  },
  {
    name: 'largest-page-forgets-the-thread',
    sentence: 'A page of 100 shows the whole session.',
    violates: [
      'ISO-01',
      'ISO-02',
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
    alter: threadForgotten(({ query }) => query.limit === 100),
  },
  {
    name: 'brackets-forget-the-thread',
    sentence: 'With `types[]` the list shows the whole session.',
    violates: ['ISO-02', 'EVT-03', 'FLT-03', 'FLT-04'],
    alter: threadForgotten(({ request }) => request.query.includes('types')),
  },
]
