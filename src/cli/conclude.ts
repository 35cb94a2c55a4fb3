import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunRecord } from '../check/conformance-run.ts'
import { type Config, ConfigError } from '../config/load.ts'
import { readWaivers } from '../config/read-waivers.ts'
import { packageVersion } from '../contract/package-root.ts'
import { comparisonTerminal } from '../report/comparison.ts'
import { buildReport, type Gate, type Report } from '../report/model.ts'
import { readReport } from '../report/read-report.ts'
import { createStyle } from '../report/style.ts'
import { terminalReport } from '../report/terminal.ts'
import { compareRuns } from '../verdict/compare.ts'
import type { Output } from './run.ts'

/** How a run, or the shards of one, is to be judged and compared; read before anything is asked. */
export interface Judgement {
  readonly folder: string
  readonly gate: Gate
  readonly baseline: Report | undefined
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
  }
  await prepareFolder(folder)
  return judgement
}

/** Judges what was found, writes the report and prints it. Only a whole run is compared with its baseline. */
export async function conclude(record: RunRecord, judgement: Judgement, output: Output): Promise<number> {
  const { folder, gate, baseline } = judgement
  const style = createStyle(output.colours)
  const report = buildReport(record, packageVersion, gate)
  await writeReport(folder, report)
  output.print(`\n${terminalReport(report, style)}`)
  output.print(style.dim(`${join(folder, 'conformance.json')}  ${join(folder, 'junit.xml')}\n`))
  if (baseline !== undefined && record.part === undefined)
    output.print(`\n${comparisonTerminal(compareRuns(baseline, report), style)}`)
  return report.exit_code
}

/** Says that the suite itself broke. */
export function confessBroken(errors: readonly string[], output: Output): 4 {
  const what = errors[0] ?? 'no record of the run was made'
  output.print(`${createStyle(output.colours).red('BROKEN')}  The suite itself broke: ${what}\n`)
  return 4
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
