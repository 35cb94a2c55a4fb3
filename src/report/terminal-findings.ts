import type { JsonValue } from '../contract/json.ts'
import { alignIds } from './align.ts'
import { withoutGot } from './concise-message.ts'
import { shortIds, shortRequest } from './feature-rows.ts'
import type { Report, ReportedFinding, ReportedRequirement } from './model.ts'
import { printable } from './printable.ts'
import { reproducedText } from './sentences.ts'
import type { Style } from './style.ts'
import { fitTo, padTo, textWidth } from './text-width.ts'
import { wrap } from './wrap.ts'

/** Lines of a value, and rows of two lists side by side. */
const mostLines = 3
const mostRows = 5
const keptChars = 200
/** Ids of a list that has no other list beside it. */
const mostIds = 3
/** On a narrower terminal a long label has a line of its own. */
const narrow = 60

/** Where findings are printed. */
export interface FindingContext {
  readonly report: Report
  readonly style: Style
  readonly width: number
}

/** The smallest finding of a requirement: request, expected, got. */
export function terminalFindings(
  { findings = [], reproduced }: ReportedRequirement,
  { report, style, width }: FindingContext,
): string[] {
  const [finding] = findings
  if (finding === undefined) return []
  const exchange = report.exchanges.find(({ id }) => id === finding.exchanges[0])
  const rate = reproducedText(reproduced)
  const request = exchange === undefined ? '' : shortRequest(exchange)
  const room = width - 4 - textWidth(rate)
  const head =
    request === '' && rate === ''
      ? []
      : [`   ${padTo(fitTo(printable(request), room - 2), room - 1)} ${style.dim(rate)}`.trimEnd()]
  const waiver =
    finding.waived_by === undefined ? [] : wrap(`waived by ${printable(finding.waived_by)}`, width, '     ')
  return [...head, ...waiver, ...comparison(finding, width, style)]
}

function comparison({ expected, actual }: ReportedFinding, width: number, style: Style): string[] {
  if (isIds(expected) && isIds(actual)) return idTable(expected, actual, width, style)
  return [
    ...labelled('expected', shown(expected), width),
    ...labelled('got', shown(withoutGot(actual)), width),
  ]
}

/** A label with its text beside it, wrapped within its own column, or below it on a narrow terminal. */
export function labelled(label: string, text: string, width: number, columns = 11): string[] {
  if (width < narrow && columns > 11) return [`     ${label}`, ...wrap(text, width, '       ')]
  const lines = wrap(text, width - 5 - columns, '')
  const kept = lines.slice(0, mostLines)
  if (lines.length > mostLines) kept.push('…')
  return kept.map((line, at) => `     ${(at === 0 ? label : '').padEnd(columns)}${line}`.trimEnd())
}

function idTable(
  expected: readonly string[],
  actual: readonly string[],
  width: number,
  style: Style,
): string[] {
  const rows = alignIds(expected, actual).slice(0, mostRows)
  const half = Math.max(10, Math.min(44, Math.floor((width - 11) / 2)))
  const cell = (text: string | undefined) =>
    padTo(text === undefined ? '—' : fitTo(printable(shortIds(text)), half), half)
  const lines = rows.map(({ left, right, same }) => {
    if (left === undefined && right === undefined) return '       ⋮'
    const line = `     ${same ? ' ' : '≠'} ${cell(left)}  ${cell(right)}`.trimEnd()
    return same ? style.dim(line) : line
  })
  const head = `       ${`expected (${expected.length})`.padEnd(half)}  got (${actual.length})`
  return [head, ...lines]
}

function isIds(value: JsonValue): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function shown(value: JsonValue): string {
  if (isIds(value) && value.length > mostIds)
    return `${shown(value.slice(0, mostIds).join(', '))} … (${value.length} in all)`
  if (isIds(value)) return value.length === 0 ? 'none' : shown(value.join(', '))
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return printable(shortIds(text.length <= keptChars ? text : `${text.slice(0, keptChars)}…`))
}
