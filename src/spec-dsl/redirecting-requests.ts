import { percentEncoded } from '../contract/percent-encoded.ts'
import { type RouteRequest, streamAccept } from '../targets/route-client.ts'
import type { TargetState } from '../targets/target-state.ts'
import type { CheckContext } from './check-context.ts'

/** The purpose of requests whose query names another thread than their path. */
export const redirecting = 'query that names another thread'

const names = [
  'thread_id',
  'session_thread_id',
  'threadId',
  'thread',
  'threads[]',
  'id',
  'tid',
  'thread_ids',
  'thread_id[]',
  'filter[thread_id]',
  'thread[id]',
  'thread.id',
  'sthr',
]

/** What asks for the events of all threads, where it has an effect. */
export const widening =
  'include=threads&expand=threads&scope=session&all=true&include_children=true&recursive=true'

/** Query parameters that name the sibling thread. */
export function siblingParameters(t: CheckContext): string {
  const id = percentEncoded(t.sibling.threadId)
  return names.map((name) => `${name}=${id}`).join('&')
}

/** Query parameters that name a thread of another session, and that session. */
export function otherSessionParameters({ sessionId, threadId }: NonNullable<TargetState['other']>): string {
  const session = percentEncoded(sessionId)
  const named = ['session_id', 'session', 'sessionId', 'sid', 'session[id]', 'filter[session_id]']
  return [...named.map((name) => `${name}=${session}`), `thread_id=${percentEncoded(threadId)}`].join('&')
}

/** Lists of the thread whose query names another thread. */
export function redirectingLists(t: CheckContext): RouteRequest[] {
  const { other } = t.state
  const queries = [
    `${siblingParameters(t)}&${widening}`,
    ...(other === undefined ? [] : [otherSessionParameters(other)]),
  ]
  return queries.map((query) => ({ query: `?${query}&limit=5`, purpose: redirecting }))
}

/** A stream of the thread whose query names another thread. */
export function redirectingStream(t: CheckContext): RouteRequest {
  return {
    query: `?${siblingParameters(t)}`,
    accept: streamAccept,
    purpose: redirecting,
    until: (frames) => frames.length > 0,
  }
}
