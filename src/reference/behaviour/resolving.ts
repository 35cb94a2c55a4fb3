import type { RequestContext } from '../request-context.ts'
import type { Session } from '../store/store.ts'
import type { Thread } from '../store/thread.ts'
import { type Denial, notFound } from './denial.ts'

/** From the path's ids to the thread that the caller may see (NFD, ISO-05). */
export interface Resolving {
  /** The text that a path segment spells, or `undefined` when it spells none. */
  decodeSegment(segment: string): string | undefined
  findSession(call: RequestContext, id: string): Session | undefined
  findThread(call: RequestContext, session: Session, id: string): Thread | undefined
  resolve(call: RequestContext): Resolved | Denial | Promise<Resolved | Denial>
}

export interface Resolved {
  readonly session: Session
  readonly thread: Thread
}

export const standardResolving: Resolving = {
  decodeSegment(segment) {
    try {
      return decodeURIComponent(segment)
    } catch {
      return undefined
    }
  },

  findSession: (call, id) =>
    call.identity?.tenant === 'other' ? undefined : call.site.store.sessions.get(id),

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
