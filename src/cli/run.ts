import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { planOf } from '../check/plan.ts'
import { type Config, ConfigError } from '../config/load.ts'
import { readWaivers } from '../config/read-waivers.ts'
import { packageVersion } from '../contract/package-root.ts'
import { comparisonTerminal } from '../report/comparison.ts'
import type { LiveLine } from '../report/live-line.ts'
import { buildReport, type Report } from '../report/model.ts'
import { createProgress } from '../report/progress.ts'
import { readReport } from '../report/read-report.ts'
import { createStyle } from '../report/style.ts'
import { terminalReport } from '../report/terminal.ts'
import { embeddedTarget } from '../target/embedded.ts'
import { configuredTarget } from '../target/target.ts'
import { compareRuns } from '../verdict/compare.ts'
import { runUnderVitest } from './vitest-run.ts'

/** Where a command prints to, and whether colours belong there. */
export interface Output {
  readonly print: (text: string) => void
  readonly colours: boolean
  /** The live line of the terminal that is printed to, where it is one. */
  readonly live?: LiveLine | undefined
}

/**
 * The main job: judges the configured target, or the embedded server, and writes the reports.
 * @returns the exit code
 */
export async function runCommand(config: Config, output: Output): Promise<number> {
  const folder = config.CONFORMANCE_REPORTS_DIR
  const style = createStyle(output.colours)
  const waivers = readWaivers(config.CONFORMANCE_WAIVERS)
  const { CONFORMANCE_BASELINE: baselineFile } = config
  const baseline = baselineFile === undefined ? undefined : readReport(baselineFile)
  await prepareFolder(folder)
  const configured = configuredTarget(config)
  const embedded = configured === undefined ? await embeddedTarget() : undefined
  const target = configured ?? embedded?.target
  if (target === undefined) throw new Error('There is neither a configured nor an embedded target.')
  try {
    output.print(
      `${style.bold('thread-events-conformance')} ${packageVersion}  ${embedded === undefined ? target.baseUrl : 'embedded reference server'}\n\n`,
    )
    const progress = createProgress(output.print, style, output.live)
    const result = await runUnderVitest(
      planOf(config, target, randomUUID()),
      resolve(folder, 'junit.xml'),
      progress,
    ).finally(() => progress.stop())
    if (result.record === undefined || result.errors.length > 0) {
      output.print(
        `${style.red('BROKEN')}  The suite itself broke: ${result.errors[0] ?? 'no record of the run was made'}\n`,
      )
      return 4
    }
    const report = buildReport(result.record, packageVersion, {
      strict: config.CONFORMANCE_STRICT,
      requireConclusive: config.CONFORMANCE_REQUIRE_CONCLUSIVE,
      waivers,
      today: new Date().toISOString().slice(0, 10),
    })
    await writeReport(folder, report)
    output.print(`\n${terminalReport(report, style)}`)
    output.print(style.dim(`${join(folder, 'conformance.json')}  ${join(folder, 'junit.xml')}\n`))
    if (baseline !== undefined) output.print(`\n${comparisonTerminal(compareRuns(baseline, report), style)}`)
    return report.exit_code
  } finally {
    await embedded?.close()
  }
}

async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    // What an earlier run said must not be taken for what this one says, should it die.
    for (const name of ['conformance.json', 'junit.xml']) await rm(join(folder, name), { force: true })
  } catch {
    throw new ConfigError([
      `CONFORMANCE_REPORTS_DIR names ${JSON.stringify(folder)}, which cannot be written to.`,
    ])
  }
}

// Written aside and renamed, so that a report is there whole or not at all.
async function writeReport(folder: string, report: Report): Promise<void> {
  const file = join(folder, 'conformance.json')
  await writeFile(`${file}.part`, `${JSON.stringify(report, null, 1)}\n`)
  await rename(`${file}.part`, file)
}
