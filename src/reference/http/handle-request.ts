import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Denial, internalError, invalid, isDenial, notFound } from '../behaviour/denial.ts'
import {
  type ConnectionState,
  headerLines,
  type RequestContext,
  type ServerState,
} from '../request-context.ts'
import { answerEvents } from './answer-events.ts'
import { answerControl } from './control.ts'
import { answerDiscovery } from './discovery.ts'
import { rawRequest } from './raw-request.ts'
import { findRoute, type Route } from './route.ts'

/** Which routes a server offers beside the events route. */
export interface Offer {
  /** Absent when there is no control route. */
  readonly controlToken?: string
  readonly discovery: boolean
}

const connections = new WeakMap<object, ConnectionState>()

/** Answers one request, whatever happens on the way. Never rejects. */
export async function handleRequest(
  serverState: ServerState,
  offer: Offer,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const route = findRoute(rawRequest(message).path)
  const call = newCall(serverState, message, route)
  // A reader may go in the middle of a write; without a listener that would end the process.
  response.on('error', () => response.destroy())
  try {
    const denial = await answer(call, route, offer, message, response)
    if (denial === undefined) return
    await call.behaviour.transmit(
      call,
      await call.behaviour.finish(call, call.behaviour.refuse(call, denial)),
      response,
    )
  } catch {
    // A behaviour that throws stands for a server that crashed inside: what it says must not be shown.
    if (response.headersSent) response.destroy()
    else sendCrash(call, response)
  }
}

function newCall(serverState: ServerState, message: IncomingMessage, route: Route): RequestContext {
  const connection = connections.get(message.socket) ?? { requests: 0, memory: new Map<string, unknown>() }
  connections.set(message.socket, connection)
  connection.requests += 1
  serverState.requests += 1
  return {
    serverState,
    behaviour: serverState.behaviour,
    connection,
    request: rawRequest(message),
    number: serverState.requests,
    requestId: `req_${randomBytes(12).toString('hex')}`,
    memory: new Map(),
    atStream: route.to === 'events' && route.stream,
    rawIds: {
      session: 'session' in route ? route.session : '',
      thread: 'thread' in route ? route.thread : '',
    },
  }
}

async function answer(
  call: RequestContext,
  route: Route,
  offer: Offer,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<Denial | undefined> {
  const hosts = headerLines(call.request, 'host').length
  if (hosts > 1 || (hosts === 0 && message.httpVersion === '1.1'))
    return invalid('The request must have one Host header.')
  if (route.to === 'events') return await answerEvents(call, response)
  if (route.to === 'control' && offer.controlToken !== undefined)
    return await answerControl({ call, path: route.path, message, response }, offer.controlToken)
  if (offer.discovery && (route.to === 'sessions' || route.to === 'threads'))
    return await answerDiscovery(call, response, route.to)
  if (route.to !== 'nothing' && route.to !== 'control') {
    const identity = await call.behaviour.authenticate(call)
    if (isDenial(identity)) return identity
  }
  return notFound('There is no such route.')
}

function sendCrash(call: RequestContext, response: ServerResponse): void {
  const { type, message, status } = internalError()
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify({ type: 'error', error: { type, message }, request_id: call.requestId }))
}
