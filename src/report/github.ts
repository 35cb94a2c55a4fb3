import { isGating } from './is-gating.ts'
import type { Report, ReportedRequirement } from './model.ts'
import { printable } from './printable.ts'
import { unblocksText } from './sentences.ts'

/**
 * The failures as workflow commands of GitHub Actions: `::error` for what fails the run, `::warning` for other
 * failures.
 */
export function githubAnnotations(report: Report): string {
  return report.requirements
    .filter(({ verdict, uncovered }) => verdict === 'fail' || verdict === 'broken' || uncovered === true)
    .map((requirement) => annotation(requirement, report))
    .join('')
}

function annotation(requirement: ReportedRequirement, report: Report): string {
  const { id, level, title, verdict, reason = '', findings = [] } = requirement
  const command = verdict === 'broken' || isGating(requirement, report) ? 'error' : 'warning'
  const [first] = findings
  const curl = report.exchanges.find((exchange) => exchange.id === first?.exchanges[0])?.curl
  const cause = report.causes.find(({ requirements }) => requirements.includes(id))
  const fix = cause?.suggested_fix === undefined ? [] : [`Suggested fix: ${cause.suggested_fix}`]
  const gain = unblocksText(cause?.id === id ? cause.blocked.length : 0)
  const lines = [title, first?.message ?? reason, gain, ...fix, ...(curl === undefined ? [] : [curl])]
  const text = lines.filter((line) => line !== '').map(printable)
  return `::${command} title=${property(`${id} (${level})`)}::${message(text.join('\n'))}\n`
}

// What GitHub's own toolkit escapes: https://github.com/actions/toolkit, packages/core/src/command.ts.
function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
