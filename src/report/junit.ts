import { failureText } from './failure-text.ts'
import { isGating } from './is-gating.ts'
import type { Report, ReportedRequirement } from './model.ts'
import { xmlText } from './xml-text.ts'

const suiteName = 'thread-events-conformance'

/**
 * The report as JUnit XML: a suite for each area and a test case for each requirement, named by its id so that its history
 * survives rewording. Blocked requirements and failures that do not fail the run count as skipped, so that a pipeline that
 * reads this file agrees with the exit code.
 */
export function junit(report: Report): string {
  const { requirements, started_at, duration_ms } = report
  const areas = [...new Set(requirements.map(({ area }) => area))]
  const suites = areas.map((area) => {
    const own = requirements.filter((requirement) => requirement.area === area)
    return [
      `<testsuite name="${xmlText(area)}" ${totals(own, report)} timestamp="${xmlText(started_at)}">`,
      ...own.map((requirement) => testCase(requirement, report)),
      '</testsuite>',
    ].join('\n')
  })
  const seconds = (duration_ms / 1000).toFixed(3)
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${suiteName}" ${totals(requirements, report)} time="${seconds}">`,
    ...suites,
    '</testsuites>',
  ].join('\n')}\n`
}

function totals(own: readonly ReportedRequirement[], report: Report): string {
  const results = own.map((requirement) => resultOf(requirement, report))
  const count = (result: Result) => results.filter((one) => one === result).length
  return `tests="${own.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`
}

type Result = 'pass' | 'failure' | 'error' | 'skipped'

function resultOf(requirement: ReportedRequirement, report: Report): Result {
  const { verdict } = requirement
  if (verdict === 'pass') return 'pass'
  if (verdict === 'broken') return 'error'
  const gates = verdict === 'fail' || requirement.uncovered === true
  return gates && isGating(requirement, report) ? 'failure' : 'skipped'
}

function testCase(requirement: ReportedRequirement, report: Report): string {
  const { id, area } = requirement
  const head = `<testcase classname="${suiteName}.${xmlText(area)}" name="${xmlText(id)}"${time(requirement)}`
  const content = inside(requirement, report)
  return `${head}>${content}${output(requirement)}</testcase>`
}

// Checks share requests, so the times of all cases add up to more than the run.
function time({ request_ms = 0 }: ReportedRequirement): string {
  return ` time="${(request_ms / 1000).toFixed(3)}"`
}

function output({ level, title }: ReportedRequirement): string {
  return `<system-out>${xmlText(`${level}: ${title}`)}</system-out>`
}

function inside(requirement: ReportedRequirement, report: Report): string {
  const { level } = requirement
  const result = resultOf(requirement, report)
  if (result === 'pass') return ''
  const text = failureText(requirement, report).split('\n').map(xmlText).join('\n')
  const type = result === 'failure' ? ` type="${level}"` : result === 'error' ? ' type="broken"' : ''
  return `<${result} message="${xmlText(message(requirement, result))}"${type}>${text}</${result}>`
}

function message(requirement: ReportedRequirement, result: Result): string {
  const { verdict, reason = '', findings = [], blocked_by, uncovered } = requirement
  const [waiver] = requirement.waived_by ?? []
  const seen = findings[0]?.message ?? reason
  if (verdict === 'waived') return `waived by ${waiver?.owner ?? ''}, until ${waiver?.expires ?? ''}`
  if (verdict === 'not-run') return 'not selected'
  if (uncovered === true) return `not judged because of a waiver: ${reason}`
  if (blocked_by !== undefined) return reason
  if (verdict === 'inconclusive') return `not judged: ${reason}`
  return result === 'skipped' ? `failed, but does not fail the run: ${seen}` : seen
}
