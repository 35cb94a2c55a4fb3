import { headerLines } from '../../request-context.ts'
import type { Fault } from '../fault.ts'

export const credentialsFaults: readonly Fault[] = [
  {
    name: 'other-tenant-accepted',
    sentence: 'A token of any tenant reads any session.',
    violates: ['ISO-05'],
    override: () => ({ findSession: (call, id) => call.serverState.store.sessions.get(id) }),
  },
  {
    name: 'other-tenant-accepted-on-streams',
    sentence: 'The tenant is checked for lists, not for streams.',
    violates: ['ISO-05'],
    override: (base) => ({
      findSession: (call, id) =>
        call.behaviour.wantsStream(call, headerLines(call.request, 'accept'))
          ? call.serverState.store.sessions.get(id)
          : base.findSession(call, id),
    }),
  },
  {
    name: 'other-tenant-is-401',
    sentence: 'A token of another tenant returns 401.',
    violates: ['ISO-05'],
    override: (base) => ({
      resolve: (call) =>
        call.identity?.tenant === 'other'
          ? {
              denied: true,
              status: 401,
              type: 'authentication_error',
              message: 'No.',
              headers: { 'www-authenticate': 'Bearer' },
            }
          : base.resolve(call),
    }),
  },
]
