import { ConfigError } from '../config/load.ts'
import { comparisonMarkdown, comparisonTerminal } from '../report/comparison.ts'
import { readReport } from '../report/read-report.ts'
import type { Style } from '../report/style.ts'
import { compareRuns } from '../verdict/compare.ts'

/** `compare old.json new.json`: exit code 1 on a regression. */
export function compareCommand(
  operands: readonly string[],
  format: string,
  style: Style,
  print: (text: string) => void,
): number {
  const [before, now, ...more] = operands
  if (before === undefined || now === undefined || more.length > 0)
    throw new ConfigError(['compare takes two reports: compare old.json new.json.'])
  const comparison = compareRuns(readReport(before), readReport(now))
  if (format === 'json') print(`${JSON.stringify(comparison, null, 1)}\n`)
  else if (format === 'markdown') print(comparisonMarkdown(comparison))
  else if (format === 'terminal') print(comparisonTerminal(comparison, style))
  else throw new ConfigError([`--format ${format} is none of terminal, markdown and json.`])
  return comparison.regression ? 1 : 0
}
