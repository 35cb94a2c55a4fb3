import { isJsonObject, parseJson, stringField } from '../contract/json.ts'
import type { Exchange } from '../wire/exchange.ts'

/** How much of a message is quoted, in characters. */
const most = 200

/** The status of a response with the target's error message: `got 400: "order is not supported"`. */
export function gotStatus({ response }: Pick<Exchange, 'response'>): string {
  if (response === undefined) return 'got no response'
  const message = errorMessage(response.body)
  return message === undefined ? `got ${response.status}` : `got ${response.status}: ${quoted(message)}`
}

/**
 * A sentence fragment from what was expected and what {@link gotStatus} or a failed exchange says:
 * `expected a list, got 404`, or `expected a list, but the target dropped the connection`.
 */
export function expectedBut(expected: string, problem: string): string {
  if (problem.startsWith('got ')) return `expected ${expected}, ${problem}`
  return `expected ${expected}, ${problem.startsWith('no response') ? 'got' : 'but'} ${problem}`
}

/** The message of an error body, in the envelope or in the forms that frameworks use. */
function errorMessage(body: string): string | undefined {
  const value = parseJson(body)
  if (!isJsonObject(value)) return undefined
  const message =
    stringField(value.error, 'message') ??
    stringField(value, 'message') ??
    stringField(value, 'detail') ??
    stringField(value, 'error')
  return message === undefined || message.trim() === '' ? undefined : message
}

// JSON escapes ASCII control characters only.
function quoted(text: string): string {
  const shown = text.length <= most ? text : `${text.slice(0, most - 1)}…`
  return JSON.stringify(shown).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
