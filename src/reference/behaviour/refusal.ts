import type { Refusal } from '../behaviour.ts'

export const standardRefusal: Refusal = {
  errorBody(call, denial) {
    const error = { type: denial.type, message: denial.message }
    const named = denial.param === undefined ? error : { ...error, param: denial.param }
    return { type: 'error', error: named, request_id: call.requestId }
  },

  errorHeaders: (call, denial) => ({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'request-id': call.requestId,
    vary: 'Accept',
    ...denial.headers,
  }),

  refuse: (call, denial) => ({
    status: denial.status,
    headers: call.behaviour.errorHeaders(call, denial),
    body: Buffer.from(JSON.stringify(call.behaviour.errorBody(call, denial))),
  }),
}
