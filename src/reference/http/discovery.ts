import type { ServerResponse } from 'node:http'
import { type Denial, invalid, isDenial, methodNotAllowed, notFound } from '../behaviour/denial.ts'
import type { RequestContext } from '../request-context.ts'
import { sendJson } from './send-json.ts'

/**
 * `GET {base}/sessions`, or with a session id in the path `GET {base}/sessions/{id}/threads`: ids to look at,
 * in the order in which they were made, with `limit` and `after_id` as on every list.
 */
export async function answerDiscovery(
  call: RequestContext,
  response: ServerResponse,
  what: 'sessions' | 'threads',
): Promise<Denial | undefined> {
  const { behaviour, request, serverState } = call
  const identity = await behaviour.authenticate(call)
  if (isDenial(identity)) return identity
  if (request.method !== 'GET' && request.method !== 'HEAD') return methodNotAllowed('GET, HEAD')
  if (what === 'sessions') {
    const sessions = identity.tenant === 'owner' ? [...serverState.store.sessions.keys()] : []
    return sendPage(call, response, sessions)
  }
  const id = behaviour.decodeSegment(call.rawIds.session)
  const session =
    id === undefined || identity.tenant === 'other' ? undefined : serverState.store.sessions.get(id)
  if (session === undefined) return notFound('The session does not exist.')
  return sendPage(call, response, [...session.threads.keys()])
}

function sendPage(
  call: RequestContext,
  response: ServerResponse,
  ids: readonly string[],
): Denial | undefined {
  const parameters = new URLSearchParams(call.request.query)
  const text = parameters.get('limit') ?? '20'
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > 100) return invalid('limit must be an integer from 1 to 100.', 'limit')
  const after = parameters.get('after_id')
  const at = after === null ? -1 : ids.indexOf(after)
  if (after !== null && at === -1) return invalid('The cursor names no record of this list.', 'after_id')
  const page = ids.slice(at + 1, at + 1 + limit)
  sendJson(call, response, 200, {
    data: page.map((id) => ({ id })),
    first_id: page.at(0) ?? null,
    last_id: page.at(-1) ?? null,
    has_more: at + 1 + limit < ids.length,
  })
  return undefined
}
