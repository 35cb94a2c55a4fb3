import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '../config/load.ts'
import { badge } from '../report/badge.ts'
import { ctrf } from '../report/ctrf.ts'
import { type Asked, har } from '../report/har.ts'
import { htmlReport } from '../report/html/page.ts'
import { junit } from '../report/junit.ts'
import { markdownSummary } from '../report/markdown-summary.ts'
import type { Report } from '../report/model.ts'
import type { Comparison } from '../verdict/compare.ts'

/** What reports are made from. */
export interface Finished {
  readonly record: Asked
  readonly report: Report
  /** Where a baseline was given. */
  readonly sinceBaseline: Comparison | undefined
}

/** Every file of a run and what is in it. A further format is a line here. */
const files: Readonly<Record<string, (finished: Finished) => string>> = {
  'conformance.json': ({ report }) => `${JSON.stringify(report, null, 1)}\n`,
  'report.html': ({ report }) => htmlReport(report),
  'summary.md': ({ report, sinceBaseline }) => markdownSummary(report, sinceBaseline),
  'junit.xml': ({ report }) => junit(report),
  'ctrf.json': ({ report }) => ctrf(report),
  'exchanges.har': ({ record, report }) => har(record, report.suite.version),
  'badge.svg': ({ report }) => badge(report),
}

/**
 * Makes the reports folder ready for a run: what an earlier run said must not be taken for what this one says,
 * should it die.
 * @throws ConfigError when the folder cannot be written to
 */
export async function clearReports(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    for (const name of Object.keys(files)) {
      await rm(join(folder, name), { force: true })
      await rm(partOf(folder, name), { force: true })
    }
  } catch {
    throw new ConfigError([
      `CONFORMANCE_REPORTS_DIR names ${JSON.stringify(folder)}, which cannot be written to.`,
    ])
  }
}

/**
 * Writes all report files, each aside first and renamed when all are whole; what programs read comes last, so that
 * where it stands the others do too.
 * @returns their paths
 */
export async function writeReports(folder: string, finished: Finished): Promise<string[]> {
  const names = Object.keys(files)
  for (const [name, make] of Object.entries(files)) await writeFile(partOf(folder, name), make(finished))
  for (const name of names.toReversed()) await rename(partOf(folder, name), join(folder, name))
  return names.map((name) => join(folder, name))
}

/**
 * Appends the Markdown summary to the page of the CI job.
 * @returns whether the file could be written to
 */
export async function appendToJobPage(file: string, { report, sinceBaseline }: Finished): Promise<boolean> {
  try {
    await appendFile(file, `${markdownSummary(report, sinceBaseline)}\n`)
    return true
  } catch {
    return false
  }
}

function partOf(folder: string, name: string): string {
  return join(folder, `${name}.part`)
}
