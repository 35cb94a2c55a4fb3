import { randomUUID } from 'node:crypto'
import { planOf } from '../check/plan.ts'
import type { Config } from '../config/load.ts'
import { readWaivers } from '../config/read-waivers.ts'
import { packageVersion } from '../contract/package-root.ts'
import { comparisonTerminal } from '../report/comparison.ts'
import { buildReport } from '../report/model.ts'
import { createProgress } from '../report/progress.ts'
import { readReport } from '../report/read-report.ts'
import { createStyle } from '../report/style.ts'
import { terminalReport } from '../report/terminal.ts'
import { wrap } from '../report/wrap.ts'
import { embeddedTarget } from '../target/embedded.ts'
import { configuredTarget } from '../target/target.ts'
import { compareRuns } from '../verdict/compare.ts'
import { runUnderVitest } from './vitest-run.ts'
import { appendToJobPage, clearReports, writeReports } from './write-reports.ts'

/** Where a command prints to, and whether colours belong there. */
export interface Output {
  readonly print: (text: string) => void
  readonly colours: boolean
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
  await clearReports(folder)
  const configured = configuredTarget(config)
  const embedded = configured === undefined ? await embeddedTarget() : undefined
  const target = configured ?? embedded?.target
  if (target === undefined) throw new Error('There is neither a configured nor an embedded target.')
  try {
    output.print(
      `${style.bold('thread-events-conformance')} ${packageVersion}  ${embedded === undefined ? target.baseUrl : 'embedded reference server'}\n\n`,
    )
    const progress = createProgress(output.print, style)
    const result = await runUnderVitest(planOf(config, target, randomUUID()), progress)
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
    const sinceBaseline = baseline === undefined ? undefined : compareRuns(baseline, report)
    const finished = { record: result.record, report, sinceBaseline }
    const written = await writeReports(folder, finished)
    output.print(`\n${terminalReport(report, style)}`)
    output.print(style.dim(`${wrap(written.join(' '), 80, '').join('\n')}\n`))
    if (sinceBaseline !== undefined) output.print(`\n${comparisonTerminal(sinceBaseline, style)}`)
    if (config.jobPage !== undefined && !(await appendToJobPage(config.jobPage, finished)))
      output.print(
        `GITHUB_STEP_SUMMARY names ${JSON.stringify(config.jobPage)}, which cannot be written to.\n`,
      )
    return report.exit_code
  } finally {
    await embedded?.close()
  }
}
