import { isJsonObject, parseJson, stringField } from '../../contract/json.ts'
import type { Exchange } from '../../wire/exchange.ts'
import type { Finding } from '../finding.ts'
import { gotStatus } from '../said.ts'

/**
 * Judges that a request was refused.
 * @param statuses the statuses that the contract allows
 * @param what the request in words, to begin the sentence with
 * @param type the `error.type` that belongs to the first of the statuses
 */
export function judgeRefusal(
  exchange: Exchange,
  statuses: readonly number[],
  what: string,
  type?: string,
): Finding | undefined {
  const wanted = statuses.join(' or ')
  const expected = type === undefined ? wanted : `${wanted} ${type}`
  const refused = (kind: string, actual: string): Finding => ({
    kind,
    message: `${what}: expected ${expected}, ${actual}.`,
    expected,
    actual,
    exchanges: [exchange.id],
  })
  const { response, failure } = exchange
  if (response === undefined)
    return refused('no-answer', `got no response (${failure?.message ?? 'no reason given'})`)
  if (!statuses.includes(response.status)) return refused(`status-${response.status}`, gotStatus(exchange))
  if (type === undefined || response.status !== statuses[0]) return undefined
  const seen = errorType(response.body)
  return seen === type ? undefined : refused('error-type', `got error.type ${JSON.stringify(seen ?? null)}`)
}

/** The `error.type` of an error body, or `undefined` when the body has none. */
export function errorType(body: string): string | undefined {
  const value = parseJson(body)
  return isJsonObject(value) ? stringField(value.error, 'type') : undefined
}
