import { headerLines } from '../../request-context.ts'
import type { Fault } from '../fault.ts'

export const tenantsFaults: readonly Fault[] = [
  {
    name: 'other-tenant-gets-an-empty-list',
    sentence: 'A token of another tenant returns an empty list, as with row-level security.',
    violates: ['ISO-05'],
    override: (base) => ({
      findSession: (call, id) => call.serverState.store.sessions.get(id),
      sequence: (call) => (call.identity?.tenant === 'other' ? [] : base.sequence(call)),
      history: (call) => (call.identity?.tenant === 'other' ? [] : base.history(call)),
    }),
  },
  {
    name: 'other-tenant-accepted-with-a-filter',
    sentence: 'The tenant is not checked with a filter.',
    violates: ['ISO-05'],
    override: (base) => ({
      findSession: (call, id) =>
        call.request.query.includes('type')
          ? call.serverState.store.sessions.get(id)
          : base.findSession(call, id),
    }),
  },
  {
    name: 'other-tenant-accepted-behind-a-cursor',
    sentence: 'The tenant is not checked with a cursor.',
    violates: ['ISO-05'],
    override: (base) => ({
      findSession: (call, id) =>
        call.request.query.includes('_id=')
          ? call.serverState.store.sessions.get(id)
          : base.findSession(call, id),
    }),
  },
  {
    name: 'other-tenant-accepted-on-resumed-streams',
    sentence: 'The tenant is not checked where a stream resumes by Last-Event-ID.',
    violates: ['ISO-05'],
    override: (base) => ({
      findSession: (call, id) =>
        headerLines(call.request, 'last-event-id').length > 0
          ? call.serverState.store.sessions.get(id)
          : base.findSession(call, id),
    }),
  },
  {
    name: 'other-tenant-is-500',
    sentence: 'A token of another tenant returns 500.',
    violates: ['ISO-05'],
    alsoAffects: ['INP-01'],
    override: (base) => ({
      findSession(call, id) {
        if (call.identity?.tenant === 'other' && call.serverState.store.sessions.has(id))
          throw new Error('No row where one was expected.')
        return base.findSession(call, id)
      },
    }),
  },
]
