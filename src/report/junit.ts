import type { Report, ReportedRequirement } from './model.ts'
import { plainDetails } from './plain-details.ts'
import { xmlText } from './xml-text.ts'

const suiteName = 'thread-events-conformance'

/**
 * The report as JUnit XML: a suite for each area, a test case for each requirement, its id first in the name.
 * A waived failure counts as skipped, so that a pipeline that reads this file agrees with the exit code.
 */
export function junit(report: Report): string {
  const { requirements, started_at, duration_ms } = report
  const areas = [...new Set(requirements.map(({ area }) => area))]
  const suites = areas.map((area) => {
    const own = requirements.filter((requirement) => requirement.area === area)
    return [
      `<testsuite name="${xmlText(area)}" ${totals(own)} timestamp="${xmlText(started_at)}">`,
      ...own.map((requirement) => testCase(requirement, report)),
      '</testsuite>',
    ].join('\n')
  })
  const seconds = (duration_ms / 1000).toFixed(3)
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${suiteName}" ${totals(requirements)} time="${seconds}">`,
    ...suites,
    '</testsuites>',
  ].join('\n')}\n`
}

function totals(own: readonly ReportedRequirement[]): string {
  const count = (...verdicts: ReportedRequirement['verdict'][]) =>
    own.filter(({ verdict }) => verdicts.includes(verdict)).length
  return `tests="${own.length}" failures="${count('fail')}" errors="${count('broken')}" skipped="${count('waived', 'inconclusive', 'not-run')}"`
}

function testCase(requirement: ReportedRequirement, report: Report): string {
  const { id, level, area, title } = requirement
  const head = `<testcase classname="${suiteName}.${xmlText(area)}" name="${xmlText(`${id} (${level}) ${title}`)}"`
  const inside = result(requirement, report)
  return inside === '' ? `${head}/>` : `${head}>${inside}</testcase>`
}

function result(requirement: ReportedRequirement, report: Report): string {
  const { verdict, level, reason = '', findings = [], waived_by: [waiver] = [] } = requirement
  if (verdict === 'pass') return ''
  const text = plainDetails(requirement, report).split('\n').map(xmlText).join('\n')
  const element = (name: string, message: string, type?: string) =>
    `<${name} message="${xmlText(message)}"${type === undefined ? '' : ` type="${type}"`}>${text}</${name}>`
  if (verdict === 'fail') return element('failure', findings[0]?.message ?? reason, level)
  if (verdict === 'broken') return element('error', reason, 'broken')
  if (verdict === 'waived')
    return element('skipped', `waived by ${waiver?.owner ?? ''}, until ${waiver?.expires ?? ''}`)
  return element('skipped', verdict === 'not-run' ? 'left out' : `inconclusive: ${reason}`)
}
