import { expect } from 'vitest'
import { schemaProblem } from '../../src/contract/schemas.ts'
import type { HostileServer } from './hostile-server.ts'
import type { RunReport } from './run-process.ts'

/** What only the suite's own stack traces and messages hold. */
const traces = [
  /^\s+at .+:\d+:\d+\)?$/m,
  /node:internal/,
  /dist\/(src|specs)\//,
  /\b(Range|Type|Reference)Error\b/,
]

/** Demands of every run, whatever the target did: an intact suite, and texts that are safe to show. */
export function expectSound({ report, terminal }: RunReport): void {
  expect(report.requirements.filter(({ verdict }) => verdict === 'broken')).toEqual([])
  expect(schemaProblem('report', JSON.parse(JSON.stringify(report)))).toBeUndefined()
  // The exchanges contain what the target sent, which may be anything.
  const own = JSON.stringify(
    { ...report, exchanges: [], requirements: report.requirements.map(said) },
    null,
    1,
  )
  for (const trace of traces) expect(own).not.toMatch(trace)
  expect(terminal).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
}

function said({ reason, provide, findings = [] }: RunReport['report']['requirements'][number]) {
  return { reason, provide, findings: findings.map(({ message }) => message) }
}

/** Demands that the run ended as its member says. */
export function expectVerdict({ report, terminal }: RunReport, { expects }: HostileServer): void {
  const failing = report.requirements.filter(({ verdict }) => verdict === 'fail')
  const ids = failing.map(({ id }) => id)
  if ('passes' in expects) {
    expect({ ids, exit: report.exit_code }).toEqual({ ids: [], exit: 0 })
    return
  }
  if ('sentence' in expects) {
    expect(report.sentence).toMatch(expects.sentence)
    expect(report.exit_code).toBe(3)
    expect(terminal.replaceAll(/\s+/g, ' ')).toContain(report.target.advice ?? 'advice')
    return
  }
  expect(ids).toEqual(expect.arrayContaining([...expects.findings]))
  expect(report.exit_code).toBe(1)
  const texts = failing.flatMap(({ findings = [] }) => findings.map(({ message }) => message))
  if (expects.terminal !== undefined) expect(terminal.replaceAll(/\s+/g, ' ')).toMatch(expects.terminal)
  if (expects.saying !== undefined) expect(texts.join('\n')).toMatch(expects.saying)
}
