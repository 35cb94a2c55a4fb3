import { isJsonObject, parseJson, stringField } from '../contract/json.ts'
import type { Exchange } from '../wire/exchange.ts'

/** How much of a message is quoted, in characters. */
const most = 200

/** The status of an answer with the target's own words, as a clause: `got 400: "order is not supported"`. */
export function gotStatus({ response }: Pick<Exchange, 'response'>): string {
  if (response === undefined) return 'got no response'
  const message = errorMessage(response.body)
  return message === undefined ? `got ${response.status}` : `got ${response.status}: ${quoted(message)}`
}

/** The same as a clause that says what was returned instead of something else. */
export function statusCame({ response }: Pick<Exchange, 'response'>): string {
  const message = errorMessage(response?.body ?? '')
  const status = `status ${response?.status ?? 0} came`
  return message === undefined ? status : `${status}: ${quoted(message)}`
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

// JSON makes control characters visible, but for those beyond ASCII.
function quoted(text: string): string {
  const shown = text.length <= most ? text : `${text.slice(0, most - 1)}…`
  return JSON.stringify(shown).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
