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
  'thread[id]',
  'thread.id',
  'sthr',
]

/** What asks for the events of all threads, where it has an effect. */
const widening = 'include=threads&expand=threads&scope=session&all=true&include_children=true&recursive=true'

/** Query parameters that name the sibling thread. */
export function siblingParameters(t: CheckContext): string {
  const id = percentEncoded(t.sibling.threadId)
  return names.map((name) => `${name}=${id}`).join('&')
}

/** Lists of the thread whose query names another thread. */
export function redirectingLists(t: CheckContext): RouteRequest[] {
  const { other } = t.state
  const own = { query: `?${siblingParameters(t)}&${widening}&limit=5`, purpose: redirecting }
  if (other === undefined) return [own]
  const { sessionId, threadId } = other
  const session = percentEncoded(sessionId)
  const ofOther = `?session_id=${session}&session=${session}&sessionId=${session}&sid=${session}&session[id]=${session}&filter[session_id]=${session}&thread_id=${percentEncoded(threadId)}&limit=5`
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
