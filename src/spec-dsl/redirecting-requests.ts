import { percentEncoded } from '../contract/percent-encoded.ts'
import { type RouteRequest, streamAccept } from '../targets/route-client.ts'
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
]

/** Query parameters that name the sibling thread. */
export function siblingParameters(t: CheckContext): string {
  const id = percentEncoded(t.sibling.threadId)
  return names.map((name) => `${name}=${id}`).join('&')
}

/** Lists of the thread whose query names another thread. */
export function redirectingLists(t: CheckContext): RouteRequest[] {
  const { other } = t.state
  const own = { query: `?${siblingParameters(t)}&limit=5`, purpose: redirecting }
  if (other === undefined) return [own]
  const { sessionId, threadId } = other
  const session = percentEncoded(sessionId)
  const ofOther = `?session_id=${session}&session=${session}&thread_id=${percentEncoded(threadId)}&limit=5`
  return [own, { query: ofOther, purpose: redirecting }]
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
