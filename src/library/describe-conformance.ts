import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { specs } from '../../specs/index.ts'
import { type RunRecord, startRun } from '../check/conformance-run.ts'
import { planOf } from '../check/plan.ts'
import { requirementsOf } from '../check/run-progress.ts'
import type { Config } from '../config/load.ts'
import { chosenFormats } from '../config/report-formats.ts'
import { type RequirementId, requirementOf } from '../contract/catalogue.ts'
import { gates } from '../report/gates.ts'
import type { Report, ReportedRequirement } from '../report/model.ts'
import { plainDetails } from '../report/plain-details.ts'
import { writeReports } from '../report/write-reports.ts'
import { openTarget } from '../target/embedded.ts'
import type { Waiver } from '../verdict/waivers.ts'
import { gateOf, reportOfRun } from './gate.ts'

/** A run whose tests await it. */
export interface SharedRun {
  /** The report, once everything is judged; it rejects if the options are wrong. */
  readonly report: Promise<Report>
}

/** What a shared run is made from. */
export interface SharedRunOptions {
  readonly config: Config
  readonly waivers: readonly Waiver[]
  /** Where reports are written; none are without it. */
  readonly reportsDir: string | undefined
}

/** Starts a run that all tests of a file await; a second call returns the same run. */
export function sharedRun(options: () => Promise<SharedRunOptions>): () => SharedRun {
  let shared: SharedRun | undefined
  return () => {
    shared ??= { report: judged(options) }
    return shared
  }
}

async function judged(options: () => Promise<SharedRunOptions>): Promise<Report> {
  const { config, waivers, reportsDir } = await options()
  const { target, close } = await openTarget(config)
  try {
    const run = await startRun(planOf(config, target, randomUUID()), specs)
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

/** What a test runner makes of a requirement. */
export type TestResult =
  | { readonly state: 'passed' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'skipped'; readonly reason: string }

/** The result of the test of one requirement, so that it agrees with the exit code of the command. */
export function testResultOf(id: RequirementId, report: Report): TestResult {
  const requirement = report.requirements.find((one) => one.id === id)
  if (requirement === undefined) return { state: 'skipped', reason: 'not selected' }
  const { verdict, reason = '', provide = '', findings = [], waived_by: [waiver] = [] } = requirement
  switch (verdict) {
    case 'pass':
      return { state: 'passed' }
    case 'waived':
      return {
        state: 'skipped',
        reason: `waived by ${waiver?.owner ?? ''} until ${waiver?.expires ?? ''}: ${waiver?.reason ?? ''}`,
      }
    case 'not-run':
      return { state: 'skipped', reason: 'not selected' }
    case 'inconclusive':
      return { state: 'skipped', reason: `inconclusive: ${reason}${provide === '' ? '' : `. ${provide}`}` }
    case 'fail':
      return gates(requirement, report)
        ? failed(requirement, report)
        : { state: 'skipped', reason: `SHOULD, fails: ${findings[0]?.message ?? reason}` }
    case 'broken':
      return { state: 'failed', message: `Internal error: ${reason}` }
  }
}

function failed(requirement: ReportedRequirement, report: Report): TestResult {
  return { state: 'failed', message: plainDetails(requirement, report) }
}

/** The result of the test "verdict": it fails whenever the command would not exit with 0. */
export function verdictResultOf(report: Report): TestResult {
  const { exit_code, verdict, sentence, target } = report
  if (exit_code === 0) return { state: 'passed' }
  const advice = target.advice === undefined ? '' : `\n${target.advice}`
  return {
    state: 'failed',
    message: `${verdict.toUpperCase()} (exit code ${exit_code})  ${sentence}${advice}`,
  }
}

/** The tests of every area in the order of the contract. */
export function testsByArea(): readonly { readonly area: string; readonly tests: readonly TestName[] }[] {
  return specs
    .map((spec) => ({ area: spec.area, tests: requirementsOf(spec).map(testName) }))
    .filter(({ tests }) => tests.length > 0)
}

/** The name of a requirement's test. */
export interface TestName {
  readonly id: RequirementId
  readonly name: string
}

/** Names the test of a requirement: its ID first, so that a filter by ID finds it. */
export function testName(id: RequirementId): TestName {
  const { level, title } = requirementOf(id)
  return { id, name: `${id} (${level}) ${title}` }
}
