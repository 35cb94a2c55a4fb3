import { type RequirementId, requirementOf } from '../contract/catalogue.ts'
import { failureText } from '../report/failure-text.ts'
import { isGating } from '../report/is-gating.ts'
import type { Report, ReportedRequirement } from '../report/model.ts'

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
      return isGating(requirement, report)
        ? failed(requirement, report)
        : { state: 'skipped', reason: `SHOULD, fails: ${findings[0]?.message ?? reason}` }
    case 'broken':
      return { state: 'failed', message: `Internal error: ${reason}` }
  }
}

function failed(requirement: ReportedRequirement, report: Report): TestResult {
  return { state: 'failed', message: failureText(requirement, report) }
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
