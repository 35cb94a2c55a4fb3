import { isJsonObject, parseJson } from '../../contract/json.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { isBeforeRoute } from '../before-route.ts'
import type { Finding } from '../finding.ts'
import type { JudgeResult } from '../judge-result.ts'
import { judgeErrorBody } from './error-envelope.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** An `x-request-id` that every server can repeat. */
const plainId = /^[\w-]{1,64}$/

/**
 * ERR-05: an error answer has a top-level `request_id`: the request's `x-request-id`, or a new UUID. What is no error
 * envelope is ERR-01's finding. A server may replace an `x-request-id` that is repeated, long or has other characters
 * than letters, digits, `_` and `-`, so the value is not judged there.
 * @param seen the ids of earlier answers, each with its exchange; this one's is added
 */
export function judgeRequestId(exchange: Exchange, seen: Map<string, number>): JudgeResult {
  if (judgeErrorBody(exchange) !== undefined || isBeforeRoute(exchange)) return 'undecided'
  const [sent, ...more] = exchange.request.headers.flatMap(([name, value]) =>
    name.toLowerCase() === 'x-request-id' ? [value] : [],
  )
  const mayBeReplaced = more.length > 0 || (sent !== undefined && !plainId.test(sent))
  const value = parseJson(exchange.response?.body ?? '')
  if (!isJsonObject(value)) return 'undecided'
  const { request_id: actual } = value
  const finding = (kind: string, what: string, expected: string, exchanges = [exchange.id]): Finding => ({
    kind,
    message: `${exchange.request.target.slice(0, 100)} returned ${exchange.response?.status ?? 'an error'}, but ${what}.`,
    expected,
    actual: actual === undefined ? 'no request_id' : `request_id: ${JSON.stringify(actual)}`,
    exchanges,
  })
  if (typeof actual !== 'string') {
    const what = actual === undefined ? 'request_id is missing' : 'request_id is not a string'
    return finding('request-id-missing', what, mayBeReplaced ? 'a string' : (sent ?? 'a UUID'))
  }
  if (mayBeReplaced) return 'undecided'
  if (sent !== undefined)
    return actual === sent
      ? undefined
      : finding('request-id-other', 'request_id is not the x-request-id that was sent', sent)
  if (!uuid.test(actual)) return finding('request-id-form', 'request_id is not a UUID', 'a UUID')
  const earlier = seen.get(actual)
  seen.set(actual, exchange.id)
  return earlier === undefined
    ? undefined
    : finding('request-id-repeated', 'request_id is that of an earlier request', 'a new UUID', [
        earlier,
        exchange.id,
      ])
}
