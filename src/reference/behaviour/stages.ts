import type { RequestStage, Stages } from '../behaviour.ts'
import { headerLines, type RequestContext } from '../request-context.ts'
import { type Denial, isDenial } from './denial.ts'

/** Nobody without a token learns what exists (AUT-06), and an unknown thread is a 404 with any query (NFD-05). */
export const standardStages: Stages = { stages: ['authenticate', 'resolve', 'negotiate', 'readQuery'] }

const run: Readonly<Record<RequestStage, (call: RequestContext) => Promise<Denial | undefined>>> = {
  async authenticate(call) {
    const identity = await call.behaviour.authenticate(call)
    if (isDenial(identity)) return identity
    call.identity = identity
    return undefined
  },

  async resolve(call) {
    const resolved = await call.behaviour.resolve(call)
    if (isDenial(resolved)) return resolved
    Object.assign(call, resolved)
    return undefined
  },

  async negotiate(call) {
    call.stream = call.atStream || call.behaviour.wantsStream(call, headerLines(call.request, 'accept'))
    return undefined
  },

  async readQuery(call) {
    const query = await call.behaviour.readQuery(call)
    if (isDenial(query)) return query
    call.query = query
    return undefined
  },
}

/** Runs the stages of the behaviour in force. @returns the first refusal. */
export async function passStages(call: RequestContext): Promise<Denial | undefined> {
  for (const stage of call.behaviour.stages) {
    const denial = await run[stage](call)
    if (denial !== undefined) return denial
  }
  return undefined
}
