import { expect, test } from 'vitest'
import { reportOfRun } from '../src/library/gate.ts'
import { compositeOptions, composites } from '../src/reference/composites/index.ts'
import { createStyle } from '../src/report/style.ts'
import { terminalReport } from '../src/report/terminal.ts'
import { runAgainst } from './run-against.ts'

const servers = composites.filter(({ name }) => name.startsWith('public-server-'))

test.for(servers)('the report of $name has at most 120 lines', { timeout: 300_000 }, async (server) => {
  const record = await runAgainst(compositeOptions(server), { runs: 2 })
  const gate = { strict: false, requireConclusive: false, waivers: [], today: '2026-01-01' }
  const report = await reportOfRun(record, gate)
  for (const width of [80, 120])
    expect(terminalReport(report, createStyle(false), { width }).split('\n').length).toBeLessThanOrEqual(120)
  expect(report.capabilities.length).toBeGreaterThan(5)
  const listed = new Set(report.causes.flatMap(({ blocked }) => blocked))
  for (const { id, blocked_by } of report.requirements) expect(listed.has(id)).toBe(blocked_by !== undefined)
})
