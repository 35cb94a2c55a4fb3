import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packageFile } from '../src/contract/package-root.ts'
import { readReport } from '../src/report/read-report.ts'
import { createStyle } from '../src/report/style.ts'
import { terminalReport } from '../src/report/terminal.ts'

const text = (path: string) => readFileSync(packageFile(path), 'utf8')

test("the README's first screen is what the sample run printed", () => {
  const printed = terminalReport(
    readReport(packageFile('reports/sample/conformance.json')),
    createStyle(false),
  )
  const lines = printed.split('\n')
  const [, screen = ''] = /```text\n([\s\S]*?)```/.exec(text('README.md')) ?? []
  const shown = screen.split('\n').filter((line) => line !== '...')
  expect(shown.length).toBeGreaterThan(12)
  // A URL is shown shortened there.
  const known = (line: string) =>
    line.includes('…/threads/')
      ? lines.some((one) => one.startsWith(line.split("'http")[0] ?? ''))
      : lines.includes(line)
  expect(shown.filter((line) => !known(line))).toEqual([])
})

test('the sample shows no token and nothing of the machine that made it', () => {
  for (const name of ['conformance.json', 'report.html', 'summary.md', 'junit.xml', 'ctrf.json', 'badge.svg'])
    expect(text(`reports/sample/${name}`)).not.toMatch(/Bearer [\w.~+-]{8}|\/(?:tmp|home|root)\/|file:/)
})
