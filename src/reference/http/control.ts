import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { standardAccess } from '../behaviour/access.ts'
import {
  type Denial,
  invalid,
  isDenial,
  methodNotAllowed,
  notFound,
  unauthenticated,
} from '../behaviour/denial.ts'
import { standardResolving } from '../behaviour/resolving.ts'
import type { RequestContext } from '../request-context.ts'
import { digestOf, type TokenState } from '../store/token-table.ts'
import { parseEvents, parseSession, WorldError } from '../world/parse-world.ts'
import { readJsonBody } from './read-body.ts'
import { sendEmpty, sendJson } from './send-json.ts'

/** One request to the control URL. */
export interface ControlRequest {
  readonly call: RequestContext
  /** Path segments below the control URL, still percent-encoded. */
  readonly path: readonly string[]
  readonly message: IncomingMessage
  readonly response: ServerResponse
}

/**
 * The control protocol, version 1.
 * @returns the refusal, when there is one: then nothing has been written.
 */
export async function answerControl(
  request: ControlRequest,
  controlToken: string,
): Promise<Denial | undefined> {
  const { call, path, message } = request
  const presented = standardAccess.credentials(call)
  if (presented === undefined || !timingSafeEqual(digestOf(presented), digestOf(controlToken)))
    return unauthenticated('The control token is required as a bearer token.')
  const route = findRoute(path.map((segment) => standardResolving.decodeSegment(segment)))
  if (route === undefined) return notFound('There is no such control route.')
  const run = route[call.request.method]
  if (run === undefined) return methodNotAllowed(Object.keys(route).join(', '))
  const body = call.request.method === 'DELETE' ? { json: null } : await readJsonBody(message)
  if (isDenial(body)) return body
  try {
    return await run(request, body.json)
  } catch (error) {
    if (error instanceof WorldError) return invalid(error.message)
    throw error
  }
}

type Run = (request: ControlRequest, json: unknown) => Promise<Denial | undefined>

/** Bytes of events after which no more are taken; one request adds no more than a body may have. */
const mostStoredBytes = 1024 * 1024 * 1024
const full: Denial = {
  ...invalid('The server has reached its limit of events. Delete a session first.'),
  status: 413,
}

function findRoute(path: readonly (string | undefined)[]): Readonly<Record<string, Run>> | undefined {
  const [collection, session = '', threads, thread = '', events] = path
  if (collection === 'tokens' && path.length === 1) return { POST: makeToken }
  if (collection !== 'sessions' || session === '') return undefined
  if (path.length === 2) return { PUT: putSession(session), DELETE: removeSession(session) }
  if (path.length === 5 && threads === 'threads' && events === 'events')
    return { POST: append(session, thread) }
  return undefined
}

function putSession(id: string): Run {
  return async ({ call, response }, json) => {
    if (call.serverState.store.bytes > mostStoredBytes) return full
    await call.behaviour.put(call.serverState, parseSession(id, json))
    sendEmpty(call, response, 204)
    return undefined
  }
}

function removeSession(id: string): Run {
  return async ({ call, response }) => {
    await call.behaviour.remove(call.serverState, id)
    sendEmpty(call, response, 204)
    return undefined
  }
}

function append(sessionId: string, threadId: string): Run {
  return async ({ call, response }, json) => {
    if (call.serverState.store.bytes > mostStoredBytes) return full
    const session = call.serverState.store.sessions.get(sessionId)
    const thread = session?.threads.get(threadId)
    if (session === undefined || thread === undefined) return notFound('The thread does not exist.')
    const events = parseEvents(sessionId, threadId, json)
    const threads = [...session.threads.values()]
    if (events.some(({ id }) => threads.some((other) => other.has(id))))
      return { ...invalid('An event of that id exists already.'), status: 409, type: 'conflict_error' }
    await call.behaviour.append(call.serverState, session, thread, events)
    sendEmpty(call, response, 204)
    return undefined
  }
}

const makeToken: Run = async ({ call, response }, json) => {
  const state = typeof json === 'object' && json !== null && 'state' in json ? json.state : undefined
  if (!isTokenState(state)) return invalid('state must be active, expired or other_tenant.', 'state')
  sendJson(call, response, 201, { token: call.serverState.tokens.add(state) })
  return undefined
}

function isTokenState(value: unknown): value is TokenState {
  return value === 'active' || value === 'expired' || value === 'other_tenant'
}
