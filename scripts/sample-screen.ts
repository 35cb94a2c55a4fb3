import { packageFile } from '../src/contract/package-root.ts'
import { readReport } from '../src/report/read-report.ts'
import { createStyle } from '../src/report/style.ts'
import { terminalReport } from '../src/report/terminal.ts'

/** The verdict and the first root cause of the run in `reports/sample`, as in the terminal. */
export function sampleScreen(): string {
  const report = readReport(packageFile('reports/sample/conformance.json'))
  const lines = terminalReport(report, createStyle(false)).split('\n')
  const top = lines.findIndex((line) => line.startsWith('NONCONFORMANT'))
  const first = lines.findIndex((line) => line.startsWith('1  '))
  const end = lines.findIndex((line, at) => at > first && line === '')
  if (top === -1 || first === -1 || end === -1)
    throw new Error('reports/sample shows no root cause or no verdict.')
  // The command to reproduce is one long line, which the page would cut off.
  const left = ['Reproduce', 'Trace id', 'Known bug', '   also ']
  const whole = lines.slice(first, end).filter((line) => !left.some((one) => line.includes(one)))
  const differing = whole.filter((line) => line.startsWith('     ≠ '))
  const cause = whole.filter((line) => !differing.slice(1).includes(line))
  const verdict = lines.slice(top, lines.indexOf('', top)).slice(0, 2)
  return ['```text', ...verdict, '...', ...cause, '```'].join('\n')
}
