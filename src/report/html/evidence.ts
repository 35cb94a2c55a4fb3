import type { JsonValue } from '../../contract/json.ts'
import { withoutGot } from '../concise-message.ts'
import { shortIds } from '../feature-rows.ts'
import type { ReportedExchange, ReportedFinding } from '../model.ts'
import { html, type Markup } from './markup.ts'
import { textPair } from './text-pair.ts'
import { timeLine } from './time-line.ts'
import { windowRows } from './window-rows.ts'

/** Lines of a list that has no other list beside it. */
const mostTexts = 6

/** What was expected and what was returned: a time line for a wrong order, aligned ids for lists, or two texts. */
export function evidence(finding: ReportedFinding, exchanges: readonly ReportedExchange[]): Markup {
  const { expected, actual, kind } = finding
  if (isTexts(expected) && isTexts(actual)) {
    const drawn = kind === 'inversion' ? timeLine(actual, exchanges) : undefined
    return drawn ?? windowRows(expected, actual)
  }
  return html`${textPair(shown(expected), shown(withoutGot(actual)))}`
}

function isTexts(value: JsonValue): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function shown(value: JsonValue): string {
  if (isTexts(value)) {
    const more = value.length - mostTexts
    return [...value.slice(0, mostTexts), ...(more > 0 ? [`… ${more} more`] : [])].map(shortIds).join('\n')
  }
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}
