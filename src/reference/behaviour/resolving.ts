import type { Resolving } from '../behaviour.ts'
import { notFound } from './denial.ts'

export const standardResolving: Resolving = {
  decodeSegment(segment) {
    try {
      return decodeURIComponent(segment)
    } catch {
      return undefined
    }
  },

  findSession: (call, id) =>
    call.identity?.tenant === 'other' ? undefined : call.serverState.store.sessions.get(id),

  findThread: (_call, session, id) => session.threads.get(id),

  resolve(call) {
    const { behaviour, rawIds } = call
    const sessionId = behaviour.decodeSegment(rawIds.session)
    const threadId = behaviour.decodeSegment(rawIds.thread)
    const session = sessionId === undefined ? undefined : behaviour.findSession(call, sessionId)
    if (session === undefined) return notFound('The session does not exist.')
    const thread = threadId === undefined ? undefined : behaviour.findThread(call, session, threadId)
    return thread === undefined ? notFound('The thread does not exist in this session.') : { session, thread }
  },
}
