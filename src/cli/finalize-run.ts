import { join, resolve } from 'node:path'
import type { Config } from '../config/load.ts'
import { readWaivers } from '../config/read-waivers.ts'
import { chosenFormats, type ReportFormat } from '../config/report-formats.ts'
import { gateOf, reportOfRun } from '../library/gate.ts'
import type { RunRecord } from '../record/run-record.ts'
import { comparisonTerminal } from '../report/comparison.ts'
import { type FinishedRun, jsonReport } from '../report/formats.ts'
import { githubAnnotations } from '../report/github.ts'
import { withLastJudged } from '../report/last-judged.ts'
import type { GateSettings, Report } from '../report/model.ts'
import { readReport } from '../report/read-report.ts'
import { createStyle } from '../report/style.ts'
import { terminalReport } from '../report/terminal.ts'
import { wrap } from '../report/wrap.ts'
import {
  appendToJobPage,
  hasReports,
  prepareFolder,
  type WrittenReports,
  writeReports,
} from '../report/write-reports.ts'
import { compareRuns } from '../verdict/compare.ts'
import type { CommandContext } from './context.ts'
import { partFileName, partText } from './part-file.ts'
import { withRegression } from './with-regression.ts'

/** How a run, or the shards of one, is judged and compared; read before anything is requested. */
export interface Judgement {
  /** The reports folder as the user knows it. */
  readonly folder: string
  readonly gate: GateSettings
  readonly baseline: Report | undefined
  readonly formats: readonly ReportFormat[] | undefined
  /** The page of the CI job, if there is one. */
  readonly jobPage: string | undefined
  readonly onGitHub: boolean
}

/**
 * Reads what a run is judged by, and makes sure that its reports can be written.
 * @throws ConfigError for files that cannot be read, or a folder that cannot be written to
 */
export async function prepareJudgement(
  config: Config,
  { cwd }: CommandContext,
  folder = config.CONFORMANCE_REPORTS_DIR,
): Promise<Judgement> {
  const { CONFORMANCE_BASELINE: baseline } = config
  const judgement: Judgement = {
    folder,
    gate: gateOf(config, readWaivers(config.CONFORMANCE_WAIVERS, cwd)),
    baseline: baseline === undefined ? undefined : readReport(baseline, cwd),
    formats: config.CONFORMANCE_REPORTER,
    jobPage: config.jobPage,
    onGitHub: config.onGitHub,
  }
  await prepareFolder(resolve(cwd, folder), folder)
  return judgement
}

/**
 * Judges a finished run, writes the reports and prints the result. Only a whole run is compared with its baseline.
 * @param json print the report as JSON and nothing else
 * @returns the exit code
 */
export async function concludeRun(
  record: RunRecord,
  judgement: Judgement,
  context: CommandContext,
  json = false,
): Promise<number> {
  const { gate, baseline, jobPage, onGitHub } = judgement
  const alone = withLastJudged(await reportOfRun(record, gate), baseline)
  const sinceBaseline =
    baseline === undefined || record.part !== undefined ? undefined : compareRuns(baseline, alone)
  const report = {
    ...withRegression(alone, sinceBaseline),
    replay_command: `${context.invocation} replay ${shellWord(join(judgement.folder, 'conformance.json'))}`,
  }
  const finished: FinishedRun = { record, report, sinceBaseline }
  const formats = chosenFormats(judgement.formats, { failed: hasFailure(report), onGitHub })
  const written = await writeOrKeep(finished, record, judgement, formats, context.cwd)
  if (json) context.print(jsonReport(report))
  else printResult(finished, written, judgement, formats, context)
  for (const problem of written.problems) context.stderr.write(`${problem}\n`)
  // The page shows the whole run, which a shard is not.
  if (jobPage !== undefined && record.part === undefined) {
    const appended = await appendToJobPage(resolve(context.cwd, jobPage), finished)
    if (!appended)
      context.stderr.write(
        `GITHUB_STEP_SUMMARY is ${JSON.stringify(jobPage)}, which cannot be written to. The summary is in ${judgement.folder}.\n`,
      )
  }
  return report.exit_code
}

function printResult(
  { report, sinceBaseline }: FinishedRun,
  written: WrittenReports & { readonly kept: boolean },
  { folder }: Judgement,
  formats: readonly ReportFormat[],
  { print, colours, stdout }: CommandContext,
): void {
  const style = createStyle(colours)
  if (formats.includes('terminal')) {
    const width = stdout.columns ?? 80
    print(`\n${terminalReport(report, style, { width })}`)
    const paths = written.names.map((name) => join(folder, name))
    const files = written.kept
      ? `Nothing was judged, so the reports of an earlier run in ${folder} were kept.`
      : paths.join(' ')
    if (files !== '') print(style.dim(`${wrap(files, width, '').join('\n')}\n`))
    if (sinceBaseline !== undefined)
      print(`\n${comparisonTerminal(sinceBaseline, style, width, report.exit_code)}`)
  }
  if (formats.includes('github')) print(githubAnnotations(report))
}

/** Reports of an earlier run are replaced by a run that judged something only. */
async function writeOrKeep(
  finished: FinishedRun,
  record: RunRecord,
  { folder }: Judgement,
  formats: readonly ReportFormat[],
  cwd: string,
): Promise<WrittenReports & { readonly kept: boolean }> {
  const place = resolve(cwd, folder)
  const judgedSomething = finished.report.requirements.some(({ verdict }) =>
    ['pass', 'fail', 'waived', 'broken'].includes(verdict),
  )
  const { part } = record
  if (!judgedSomething && part === undefined && hasReports(place))
    return { names: [], problems: [], kept: true }
  const parts = part === undefined ? [] : [{ name: partFileName(part), render: () => partText(record) }]
  const { names, problems } = await writeReports(place, finished, formats, parts)
  const own = problems.map((problem) => problem.replaceAll(place, folder))
  return { names, problems: own, kept: false }
}

function hasFailure({ requirements }: Report): boolean {
  return requirements.some(({ verdict }) => verdict === 'fail' || verdict === 'broken')
}

// Quotes a path only where a shell would split or expand it, since most need no quotes.
function shellWord(path: string): string {
  return /^[\w./:@%+=,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}
