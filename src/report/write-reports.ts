import { randomBytes } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { appendFile, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ConfigError } from '../config/load.ts'
import type { ReportFormat } from '../config/report-formats.ts'
import { type FinishedRun, reportFiles } from './formats.ts'
import { markdownSummary } from './markdown-summary.ts'

/** A set of reports as it was written. */
export interface WrittenReports {
  /** The file names that were written. */
  readonly names: readonly string[]
  /** One sentence for each report that could not be written. */
  readonly problems: readonly string[]
}

/** A file beside the reports that is replaced together with them. */
export interface ExtraFile {
  readonly name: string
  readonly render: () => string | Iterable<string>
}

/**
 * Makes sure that the reports folder exists and can be written to.
 * @param name the folder as the user knows it
 * @throws ConfigError if it cannot
 */
export async function prepareFolder(folder: string, name: string): Promise<void> {
  try {
    const probe = join(folder, temporary())
    await mkdir(folder, { recursive: true })
    await mkdir(probe)
    await rm(probe, { recursive: true })
  } catch (error) {
    // A full disk is reported with the reports, after the verdict.
    if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') return
    throw new ConfigError([
      `The reports directory ${JSON.stringify(name)} cannot be written to. Choose another with --reports-dir.`,
    ])
  }
}

/** Whether a folder contains reports of an earlier run. */
export function hasReports(folder: string): boolean {
  return reportFiles.some(({ name }) => existsSync(join(folder, name)))
}

/**
 * Replaces the reports in a folder by those of a run. All files are written beside it first and then renamed under a
 * lock, so that of two runs at the same time the later one wins with all its files. Files of formats that the run does
 * not have are removed: they would belong to an earlier run.
 */
export async function writeReports(
  folder: string,
  finished: FinishedRun,
  formats: readonly ReportFormat[],
  extra: readonly ExtraFile[] = [],
): Promise<WrittenReports> {
  const problems: string[] = []
  const aside = join(folder, temporary())
  const wanted = [
    ...reportFiles
      .filter(({ format }) => formats.includes(format))
      .map(({ name, render }) => ({ name, render: () => render(finished) })),
    ...extra,
  ]
  const names: string[] = []
  try {
    await mkdir(aside, { recursive: true })
  } catch (error) {
    return { names, problems: [`No report could be written to ${folder}: ${reasonOf(error)}.`] }
  }
  try {
    for (const { name, render } of wanted) {
      try {
        await writeFile(join(aside, name), render())
        names.push(name)
      } catch (error) {
        problems.push(`${join(folder, name)} could not be written: ${reasonOf(error)}.`)
      }
    }
    if (names.length > 0)
      await underLock(folder, () => {
        const stale = reportFiles.filter(({ name }) => !names.includes(name))
        for (const { name } of stale) rmSync(join(folder, name), { force: true, recursive: true })
        for (const name of names) {
          try {
            renameSync(join(aside, name), join(folder, name))
          } catch (error) {
            problems.push(`${join(folder, name)} could not be replaced: ${reasonOf(error)}.`)
          }
        }
      })
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
  return { names, problems }
}

/**
 * Appends the Markdown summary to the page of the CI job.
 * @returns whether the file could be written to
 */
export async function appendToJobPage(
  file: string,
  { report, sinceBaseline }: FinishedRun,
): Promise<boolean> {
  try {
    await appendFile(file, `${markdownSummary(report, sinceBaseline)}\n`)
    return true
  } catch {
    return false
  }
}

function temporary(): string {
  return `.conformance-${randomBytes(6).toString('hex')}`
}

/** Renaming takes milliseconds: a lock older than this belongs to a process that died. */
const staleLockMs = 5_000
const retryMs = 20

async function underLock(folder: string, work: () => void): Promise<void> {
  const lock = join(folder, '.conformance-lock')
  for (;;) {
    try {
      await mkdir(lock)
      break
    } catch (error) {
      // Without a lock the reports are still better than none.
      if (codeOf(error) !== 'EEXIST') break
      const age = await stat(lock).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      )
      if (age > staleLockMs) await rm(lock, { recursive: true, force: true })
      else await delay(retryMs)
    }
  }
  try {
    work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function reasonOf(error: unknown): string {
  const known: Readonly<Record<string, string>> = {
    ENOSPC: 'no space left on the device',
    EDQUOT: 'the disk quota is exceeded',
    EACCES: 'permission denied',
    EROFS: 'the file system is read-only',
  }
  const code = String(codeOf(error))
  return known[code] ?? (error instanceof Error ? error.message : String(error))
}
