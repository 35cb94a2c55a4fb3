import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError } from '../config/load.ts'
import { reportOf } from '../report/report-fixture.ts'
import { clearReports, writeReports } from './write-reports.ts'

const report = reportOf()
const record = { startedAt: report.started_at, exchanges: [], target: { baseUrl: report.target.base_url } }
const finished = { record, report, sinceBaseline: undefined }

function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'conformance-reports-'))
}

test('what was written is cleared before the next run, and nothing else is', async () => {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  writeFileSync(join(folder, 'summary.md.part'), 'of a run that died')
  await writeReports(folder, finished)
  await clearReports(folder)
  expect(readdirSync(folder)).toEqual(['notes.txt'])
})

test('when one file cannot be written, none is there to be taken for a report', async () => {
  const folder = emptyFolder()
  mkdirSync(join(folder, 'badge.svg.part'))
  await expect(writeReports(folder, finished)).rejects.toThrow('EISDIR')
  expect(readdirSync(folder).filter((name) => !name.endsWith('.part'))).toEqual([])
})

test('a folder that cannot be made is a mistake of the user', async () => {
  const file = join(emptyFolder(), 'file')
  writeFileSync(file, '')
  await expect(clearReports(join(file, 'reports'))).rejects.toThrow(ConfigError)
})
