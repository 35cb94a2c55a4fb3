import type { JsonValue } from '../contract/json.ts'

/** A finding's message without the request that it starts with, for where the request is shown beside it. */
export function withoutRequest(message: string): string {
  return message.replace(/^The (?:plain )?list(?: \?\S+)?: |^\/\S* (?=returned )/, '')
}

/** The actual value of a finding for a place that is labelled `got` already. */
export function withoutGot(actual: JsonValue): JsonValue {
  return typeof actual === 'string' ? actual.replace(/^got (?!$)/, '') : actual
}
