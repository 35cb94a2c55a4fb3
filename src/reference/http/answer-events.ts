import type { ServerResponse } from 'node:http'
import { type Denial, isDenial, methodNotAllowed } from '../behaviour/denial.ts'
import { passStages } from '../behaviour/stages.ts'
import type { RequestContext, ThreadRequestContext } from '../request-context.ts'
import { answerStream } from './answer-stream.ts'

/**
 * Answers the route that this server is about: list or stream.
 * @returns the refusal, when there is one: then nothing has been written.
 */
export async function answerEvents(
  call: RequestContext,
  response: ServerResponse,
): Promise<Denial | undefined> {
  const { behaviour, request } = call
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const identity = await behaviour.authenticate(call)
    return isDenial(identity) ? identity : methodNotAllowed('GET, HEAD')
  }
  const denial = await passStages(call)
  if (denial !== undefined) return denial
  const ready = readyCall(call)
  if (call.stream === true) return await answerStream(ready, response)
  const reply = await behaviour.list(ready)
  if (isDenial(reply)) return reply
  await behaviour.transmit(call, await behaviour.finish(call, reply), response)
  return undefined
}

function readyCall(call: RequestContext): ThreadRequestContext {
  const { session, thread, query } = call
  if (session === undefined || thread === undefined || query === undefined)
    throw new Error('The stages leave a call without session, thread or query.')
  return { ...call, session, thread, query }
}
