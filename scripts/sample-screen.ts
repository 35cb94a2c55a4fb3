import { packageFile } from '../src/contract/package-root.ts'
import { readReport } from '../src/report/read-report.ts'
import { createStyle } from '../src/report/style.ts'
import { terminalReport } from '../src/report/terminal.ts'

/** The number of lines shown of the first failure. */
const shown = 11

/** The first failure and the verdict of the run in `reports/sample`, as the terminal shows them. */
export function sampleScreen(): string {
  const report = readReport(packageFile('reports/sample/conformance.json'))
  const lines = terminalReport(report, createStyle(false)).split('\n')
  const first = lines.findIndex((line) => line.startsWith('FAIL'))
  const verdict = lines.filter((line) => /^(?:\d+ MUST|(?:NON)?CONFORMANT)\b/.test(line))
  if (first === -1 || verdict.length === 0) throw new Error('reports/sample shows no failure or no verdict.')
  return ['```text', ...lines.slice(first, first + shown), '...', ...verdict, '```'].join('\n')
}
