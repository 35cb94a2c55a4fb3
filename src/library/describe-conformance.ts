import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { specs } from '../../specs/index.ts'
import type { Config } from '../config/load.ts'
import { chosenFormats } from '../config/report-formats.ts'
import { defaultRevision, revisionNamed } from '../contract/revisions/index.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Report } from '../report/model.ts'
import { writeReports } from '../report/write-reports.ts'
import { startRun } from '../runner/conformance-run.ts'
import { runPlanOf } from '../runner/run-plan.ts'
import { requirementsOf } from '../runner/run-progress.ts'
import { specsOfRevision } from '../spec-dsl/specs-of-revision.ts'
import { openTarget } from '../targets/embedded-target.ts'
import type { Waiver } from '../verdict/waivers.ts'
import { gateOf, reportOfRun } from './gate.ts'
import { type TestName, testName } from './test-result.ts'

/** What a shared run is made from. */
export interface SharedRunOptions {
  readonly config: Config
  readonly waivers: readonly Waiver[]
  /** Where reports are written; none are without it. */
  readonly reportsDir: string | undefined
}

/** Starts a run that all tests of a file await; a second call returns the same run. */
export function sharedRun(
  options: () => Promise<SharedRunOptions>,
): () => { readonly report: Promise<Report> } {
  let shared: { readonly report: Promise<Report> } | undefined
  return () => {
    shared ??= { report: judged(options) }
    return shared
  }
}

async function judged(options: () => Promise<SharedRunOptions>): Promise<Report> {
  const { config, waivers, reportsDir } = await options()
  const { target, close } = await openTarget(config)
  try {
    const run = await startRun(runPlanOf(config, target, randomUUID()), specs)
    const record = await run.record
    const report = await reportOfRun(record, gateOf(config, waivers))
    if (reportsDir !== undefined) await write(reportsDir, record, report, config)
    return report
  } finally {
    await close()
  }
}

async function write(folder: string, record: RunRecord, report: Report, config: Config): Promise<void> {
  const failed = report.requirements.some(({ verdict }) => verdict === 'fail')
  const formats = chosenFormats(config.CONFORMANCE_REPORTER, { failed, onGitHub: false })
  const { problems } = await writeReports(
    resolve(folder),
    { record, report, sinceBaseline: undefined },
    formats,
  )
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

/** The tests of every area of a revision, in the order of the contract. */
export function testsByArea(
  revision: string = defaultRevision.name,
): readonly { readonly area: string; readonly tests: readonly TestName[] }[] {
  return specsOfRevision(specs, revisionNamed(revision))
    .map((spec) => ({ area: spec.area, tests: requirementsOf(spec).map(testName) }))
    .filter(({ tests }) => tests.length > 0)
}
