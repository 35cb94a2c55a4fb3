import { randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../../contract/json.ts'
import type { Override } from '../../behaviour.ts'
import { headerLines, type RequestContext } from '../../request-context.ts'
import type { Fault } from '../fault.ts'

const revision = '2026-07'

function body(change: (body: JsonObject, call: RequestContext, status: number) => JsonObject): Override {
  return (base) => ({
    errorBody(call, denial) {
      const right = base.errorBody(call, denial)
      return isJsonObject(right) ? change(right, call, denial.status) : right
    },
  })
}

const without = ({ request_id: _id, ...rest }: JsonObject): JsonObject => rest
const sent = (call: RequestContext) => headerLines(call.request, 'x-request-id')[0]

/** `request_id` in error answers. */
export const requestIdFaults: readonly Fault[] = [
  {
    name: 'request-id-missing',
    sentence: 'Error answers have no request_id.',
    violates: ['ERR-05'],
    revision,
    override: body(without),
  },
  {
    name: 'request-id-missing-in-401',
    sentence: 'Only answers with 401 have no request_id.',
    violates: ['ERR-05'],
    revision,
    override: body((right, _call, status) => (status === 401 ? without(right) : right)),
  },
  {
    name: 'request-id-constant',
    sentence: 'The request_id is the same in every answer.',
    violates: ['ERR-05'],
    revision,
    override: body((right, call) => ({
      ...right,
      request_id: sent(call) ?? '00000000-0000-4000-8000-000000000000',
    })),
  },
  {
    name: 'request-id-ignores-header',
    sentence: 'The request_id is a new one although the request had an x-request-id.',
    violates: ['ERR-05'],
    revision,
    override: body((right) => ({ ...right, request_id: randomUUID() })),
  },
  {
    name: 'request-id-inside-error',
    sentence: 'The request_id is inside `error` in place of beside it.',
    violates: ['ERR-05'],
    revision,
    override: body((right) => {
      const error = isJsonObject(right.error) ? right.error : {}
      return { ...without(right), error: { ...error, request_id: right.request_id ?? null } }
    }),
  },
  {
    name: 'request-id-is-no-uuid',
    sentence: 'The request_id has a form of its own (`req_…`).',
    violates: ['ERR-05'],
    revision,
    override: body((right, call) => ({ ...right, request_id: sent(call) ?? call.requestId })),
  },
  {
    name: 'request-id-null',
    sentence: 'The request_id is null where the request had no x-request-id.',
    violates: ['ERR-05'],
    revision,
    override: body((right, call) => ({ ...right, request_id: sent(call) ?? null })),
  },
]
