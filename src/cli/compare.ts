import { comparisonMarkdown, comparisonTerminal } from '../report/comparison.ts'
import { readReport } from '../report/read-report.ts'
import { createStyle } from '../report/style.ts'
import { compareRuns } from '../verdict/compare.ts'
import type { CommandContext } from './context.ts'
import type { OutputFormat } from './output-format.ts'

/** `compare old.json new.json`: exit code 1 on a regression. */
export function compareCommand(
  before: string,
  now: string,
  format: OutputFormat,
  { print, colours, cwd, stdout }: CommandContext,
): number {
  const comparison = compareRuns(readReport(before, cwd), readReport(now, cwd))
  if (format === 'json') print(`${JSON.stringify(comparison, null, 1)}\n`)
  else if (format === 'markdown') print(comparisonMarkdown(comparison))
  else print(comparisonTerminal(comparison, createStyle(colours), stdout.columns))
  return comparison.regression ? 1 : 0
}
