import type { JsonValue } from '../contract/json.ts'
import { isFlaky } from '../verdict/reproduction.ts'
import { withoutGot } from './concise-message.ts'
import { counterexampleLines } from './counterexample-text.ts'
import type { Report, ReportedFinding, ReportedRequirement } from './model.ts'
import { printable } from './printable.ts'
import { reproducedText } from './sentences.ts'

const mostShown = 3
const keptChars = 2_000

/**
 * Everything about a requirement that did not pass, as lines of plain text: its waivers, each finding with its command, or
 * what is missing. Empty for a pass.
 */
export function failureText(requirement: ReportedRequirement, report: Report): string {
  const { findings = [], reason, provide, reproduced, waived_by = [] } = requirement
  const more = findings.length - mostShown
  return [
    ...waived_by.map(({ owner, reason: why, expires }) => `waived by ${owner}, until ${expires}: ${why}`),
    ...(reason === undefined ? [] : [reason]),
    ...(provide === undefined ? [] : [provide]),
    ...(reproduced === undefined
      ? []
      : [isFlaky(requirement) ? `flaky: failed ${reproduced}` : reproducedText(reproduced)]),
    ...findings.slice(0, mostShown).flatMap((finding) => findingLines(finding, report)),
    ...(report.generated?.counterexamples ?? [])
      .filter((one) => one.requirement === requirement.id)
      .flatMap((one) => counterexampleLines(one, report)),
    ...(more > 0 ? [`and ${more} more, see conformance.json`] : []),
  ]
    .map(printable)
    .join('\n')
}

function findingLines(finding: ReportedFinding, report: Report): string[] {
  return [
    finding.message,
    `  expected: ${valueText(finding.expected, keptChars)}`,
    `  got: ${valueText(withoutGot(finding.actual), keptChars)}`,
    ...curlLines(finding, report).map((line) => `  ${line}`),
    ...traceIds(finding, report).map((id) => `  trace id: ${id}`),
  ]
}

/** How many commands run at the same time to show that requests affect each other. */
const mostAtOnce = 5

/** The commands that repeat the requests of a finding, two at most. Those that have to run at the same time are one line. */
export function curlLines({ exchanges, kind }: ReportedFinding, report: Report): string[] {
  const curls = exchanges.flatMap((id) => report.exchanges.find((exchange) => exchange.id === id)?.curl ?? [])
  return commandsOf(kind, curls).slice(0, 2)
}

/** The commands that show a finding of a kind: one for each request, or one for all that affect each other. */
export function commandsOf(kind: string, curls: readonly string[]): readonly string[] {
  return kind === 'neighbour' && curls.length > 0 ? [curls.slice(0, mostAtOnce).join(' & ')] : curls
}

/** The trace id of the first request of a finding, by which the owner of the target finds it. */
export function traceIds({ exchanges: [first] }: ReportedFinding, report: Report): string[] {
  const id = report.exchanges.find((exchange) => exchange.id === first)?.trace_id
  return id === undefined ? [] : [id]
}

/** A value of a finding as text, cut to a number of characters. */
export function valueText(value: JsonValue, most: number): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= most ? text : `${text.slice(0, most)}…`
}
