import type { JsonValue } from '../contract/json.ts'
import { counterexampleLines } from './counterexample-text.ts'
import type { Report, ReportedFinding, ReportedRequirement } from './model.ts'
import { printable } from './printable.ts'

const mostShown = 3
const keptChars = 2_000

/**
 * What is to be known of a verdict that is no pass, as lines of plain text for tools that show such: who waived
 * it, each finding with its command, or what is missing. Empty for a pass.
 */
export function failureText(requirement: ReportedRequirement, report: Report): string {
  const { findings = [], reason, provide, reproduced, waived_by = [] } = requirement
  const more = findings.length - mostShown
  return [
    ...waived_by.map(({ owner, reason: why, expires }) => `waived by ${owner}, until ${expires}: ${why}`),
    ...(reason === undefined ? [] : [reason]),
    ...(provide === undefined ? [] : [provide]),
    ...(reproduced === undefined ? [] : [`seen ${reproduced}`]),
    ...findings.slice(0, mostShown).flatMap((finding) => findingLines(finding, report)),
    ...(report.generated?.counterexamples ?? [])
      .filter((one) => one.requirement === requirement.id)
      .flatMap(counterexampleLines),
    ...(more > 0 ? [`and ${more} more, see conformance.json`] : []),
  ]
    .map(printable)
    .join('\n')
}

function findingLines(finding: ReportedFinding, report: Report): string[] {
  return [
    finding.message,
    `  expected: ${valueText(finding.expected, keptChars)}`,
    `  seen: ${valueText(finding.actual, keptChars)}`,
    ...curlLines(finding, report).map((line) => `  ${line}`),
  ]
}

/** The commands that ask again what a finding was seen in, two at most. */
export function curlLines({ exchanges }: ReportedFinding, report: Report): string[] {
  return exchanges
    .flatMap((id) => report.exchanges.find((exchange) => exchange.id === id) ?? [])
    .slice(0, 2)
    .map(({ curl }) => curl)
}

/** A value of a finding as text of no more than so many characters. */
export function valueText(value: JsonValue, most: number): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= most ? text : `${text.slice(0, most)}…`
}
