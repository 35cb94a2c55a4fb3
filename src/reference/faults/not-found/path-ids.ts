import { headerLines, type RequestContext } from '../../request-context.ts'
import type { Session } from '../../store/store.ts'
import { Thread } from '../../store/thread.ts'
import type { Fault } from '../fault.ts'
import { refusal } from '../overrides/path-ids.ts'

/** The session that has the thread, whichever session the path names. */
function sessionOfThread(call: RequestContext, threadId: string): Session | undefined {
  return [...call.serverState.store.sessions.values()].find(({ threads }) => threads.has(threadId))
}

function emptyThread(session: Session): Thread | undefined {
  return [...session.threads.values()].find(({ sorted }) => sorted.length === 0)
}

export const pathIdsFaults: readonly Fault[] = [
  {
    name: 'unknown-is-403',
    sentence: 'An unknown session or thread returns 403.',
    violates: ['NFD-01', 'NFD-02'],
    alsoAffects: ['NFD-03', 'NFD-05', 'SSE-10', 'NFD-04'],
    override: refusal((denial, { identity }) =>
      identity?.tenant === 'other' ? denial : { ...denial, status: 403, type: 'permission_error' },
    ),
  },
  {
    name: 'unknown-session-is-500',
    sentence: 'An unknown session returns 500.',
    violates: ['NFD-01'],
    alsoAffects: ['NFD-05', 'NFD-04', 'SSE-10', 'INP-01'],
    override: (base) => ({
      findSession(call, id) {
        const session = base.findSession(call, id)
        if (session === undefined && call.identity?.tenant !== 'other') throw new Error('crash')
        return session
      },
    }),
  },
  {
    name: 'unknown-is-410',
    sentence: 'An unknown thread returns 410 Gone.',
    violates: ['NFD-02'],
    alsoAffects: ['NFD-03', 'NFD-04', 'NFD-05', 'SSE-10'],
    override: refusal((denial) => (denial.message.includes('thread') ? { ...denial, status: 410 } : denial)),
  },
  {
    name: 'thread-looked-up-globally',
    sentence: 'A thread is found under any existing session.',
    violates: ['NFD-03'],
    alsoAffects: ['NFD-05'],
    seen: 'Nested routes that load the child by its id only.',
    override: (base) => ({
      findThread: (call, session, id) =>
        base.findThread(call, session, id) ?? sessionOfThread(call, id)?.threads.get(id),
    }),
  },
  {
    name: 'thread-of-another-session-is-empty',
    sentence: 'A thread under another session returns an empty list.',
    violates: ['NFD-03'],
    alsoAffects: ['NFD-05'],
    seen: 'Session and thread are each checked to exist, and the query joins both.',
    override: (base) => ({
      findThread(call, session, id) {
        const thread = base.findThread(call, session, id)
        if (thread !== undefined || sessionOfThread(call, id) === undefined) return thread
        return new Thread(session.id, id, call.behaviour)
      },
    }),
  },
  {
    name: 'session-not-checked',
    sentence: 'The session in the path is ignored.',
    violates: ['NFD-01'],
    alsoAffects: ['NFD-05', 'SSE-10', 'NFD-04'],
    override: (base) => ({
      findSession: (call, id) =>
        call.identity?.tenant === 'other'
          ? undefined
          : (base.findSession(call, id) ?? sessionOfThread(call, call.rawIds.thread)),
    }),
  },
  {
    name: 'unknown-thread-is-the-main-one',
    sentence: 'An unknown thread returns the events of the session’s first thread.',
    violates: ['NFD-02'],
    alsoAffects: ['NFD-03', 'NFD-04', 'NFD-05', 'SSE-10'],
    override: (base) => ({
      findThread: (call, session, id) =>
        base.findThread(call, session, id) ?? [...session.threads.values()][0],
    }),
  },
  {
    name: 'thread-id-by-prefix',
    sentence: 'A thread is found by an id that starts with its own.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    override: (base) => ({
      findThread: (call, session, id) =>
        base.findThread(call, session, id) ??
        [...session.threads.values()].find((thread) => id.startsWith(thread.id)),
    }),
  },
  {
    name: 'thread-id-cleaned',
    sentence: 'White space and control characters are removed from a thread id.',
    violates: ['NFD-04'],
    seen: 'Input that is trimmed and “sanitised”.',
    override: (base) => ({
      decodeSegment: (segment) => base.decodeSegment(segment)?.replace(/[\s\u0000-\u001f]/g, ''),
    }),
  },
  {
    name: 'thread-prefix-optional',
    sentence: 'A thread is found without the prefix of its id.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    override: (base) => ({
      findThread: (call, session, id) =>
        base.findThread(call, session, id) ?? base.findThread(call, session, `sthr_${id}`),
    }),
  },
  {
    name: 'wildcard-session',
    sentence: 'A `*` as the session matches any session.',
    violates: ['NFD-04'],
    override: (base) => ({
      findSession: (call, id) =>
        base.findSession(call, id) ?? (id === '*' ? sessionOfThread(call, call.rawIds.thread) : undefined),
    }),
  },
  {
    name: 'not-found-only-for-lists',
    sentence: 'The stream of an unknown thread opens and stays empty.',
    violates: ['NFD-05'],
    alsoAffects: ['SSE-10'],
    seen: 'Streams that subscribe to a channel by name.',
    override: (base) => ({
      findThread(call, session, id) {
        const wantsStream = call.behaviour.wantsStream(call, headerLines(call.request, 'accept'))
        return base.findThread(call, session, id) ?? (wantsStream ? emptyThread(session) : undefined)
      },
    }),
  },
  {
    name: 'not-found-ignored-with-a-filter',
    sentence: 'With a filter, an unknown thread returns an empty list.',
    violates: ['NFD-05'],
    override: (base) => ({
      findThread: (call, session, id) =>
        base.findThread(call, session, id) ??
        (/(^|&)type/.test(call.request.query) ? emptyThread(session) : undefined),
    }),
  },
  {
    name: 'query-checked-before-the-thread',
    sentence: 'An unknown thread returns 400 for `order=desc&limit=1`.',
    violates: ['NFD-05'],
    alsoAffects: ['ISO-05'],
    override: refusal((denial, { request }) =>
      request.query.includes('order=desc')
        ? { ...denial, status: 400, type: 'invalid_request_error' }
        : denial,
    ),
  },
]
