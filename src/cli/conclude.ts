import type { RunRecord } from '../check/conformance-run.ts'
import type { Config } from '../config/load.ts'
import { readWaivers } from '../config/read-waivers.ts'
import { packageVersion } from '../contract/package-root.ts'
import { diagnosed } from '../diagnosis/diagnosed.ts'
import { comparisonTerminal } from '../report/comparison.ts'
import { buildReport, type Gate, type Report } from '../report/model.ts'
import { readReport } from '../report/read-report.ts'
import { createStyle } from '../report/style.ts'
import { terminalReport } from '../report/terminal.ts'
import { wrap } from '../report/wrap.ts'
import { type Comparison, compareRuns } from '../verdict/compare.ts'
import type { Output } from './run.ts'
import { appendToJobPage, clearReports, writeReports } from './write-reports.ts'

/** How a run, or the shards of one, is to be judged and compared; read before anything is asked. */
export interface Judgement {
  readonly folder: string
  readonly gate: Gate
  readonly baseline: Report | undefined
  /** The page of the CI job, where there is one. */
  readonly jobPage: string | undefined
}

/**
 * Reads what a run is to be judged by, and makes the reports folder ready.
 * @throws ConfigError for files that cannot be read, or a folder that cannot be written to
 */
export async function prepareJudgement(config: Config): Promise<Judgement> {
  const { CONFORMANCE_REPORTS_DIR: folder, CONFORMANCE_BASELINE: baseline } = config
  const judgement: Judgement = {
    folder,
    gate: {
      strict: config.CONFORMANCE_STRICT,
      requireConclusive: config.CONFORMANCE_REQUIRE_CONCLUSIVE,
      waivers: readWaivers(config.CONFORMANCE_WAIVERS),
      today: new Date().toISOString().slice(0, 10),
    },
    baseline: baseline === undefined ? undefined : readReport(baseline),
    jobPage: config.jobPage,
  }
  await clearReports(folder)
  return judgement
}

/** Judges what was found, writes the reports and prints it. Only a whole run is compared with its baseline. */
export async function conclude(record: RunRecord, judgement: Judgement, output: Output): Promise<number> {
  const { folder, gate, baseline, jobPage } = judgement
  const style = createStyle(output.colours)
  const alone = buildReport(record, packageVersion, gate, await diagnosed(record))
  const sinceBaseline =
    baseline === undefined || record.part !== undefined ? undefined : compareRuns(baseline, alone)
  const report = withRegression(alone, sinceBaseline)
  const finished = { record, report, sinceBaseline }
  const written = await writeReports(folder, finished)
  output.print(`\n${terminalReport(report, style)}`)
  output.print(style.dim(`${wrap(written.join(' '), 80, '').join('\n')}\n`))
  if (sinceBaseline !== undefined) output.print(`\n${comparisonTerminal(sinceBaseline, style)}`)
  // The page shows the whole, which a shard is not.
  if (jobPage !== undefined && record.part === undefined && !(await appendToJobPage(jobPage, finished)))
    output.print(`GITHUB_STEP_SUMMARY names ${JSON.stringify(jobPage)}, which cannot be written to.\n`)
  return report.exit_code
}

// A SHOULD that fails newly gates as it does for `compare`.
function withRegression(report: Report, sinceBaseline: Comparison | undefined): Report {
  if (report.exit_code !== 0 || sinceBaseline?.regression !== true) return report
  return {
    ...report,
    verdict: 'nonconformant',
    exit_code: 1,
    sentence: 'No MUST fails, but something is worse than in the baseline.',
  }
}

/** Says that the suite itself broke. */
export function confessBroken(errors: readonly string[], output: Output): 4 {
  const what = errors[0] ?? 'no record of the run was made'
  output.print(`${createStyle(output.colours).red('BROKEN')}  The suite itself broke: ${what}\n`)
  return 4
}
