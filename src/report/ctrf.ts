import { isFlaky } from '../verdict/reproduction.ts'
import { failureText } from './failure-text.ts'
import { isGating } from './is-gating.ts'
import type { Report, ReportedRequirement } from './model.ts'
import { printable } from './printable.ts'

type Status = 'passed' | 'failed' | 'skipped' | 'other'

const usual: Readonly<Record<ReportedRequirement['verdict'], Status>> = {
  pass: 'passed',
  fail: 'failed',
  broken: 'failed',
  waived: 'other',
  inconclusive: 'skipped',
  'not-run': 'skipped',
}

// Tools fail a pipeline for every test that is called failed.
function statusOf(requirement: ReportedRequirement, report: Report): Status {
  const { verdict } = requirement
  if (requirement.uncovered === true && isGating(requirement, report)) return 'failed'
  return verdict === 'fail' && !isGating(requirement, report) ? 'other' : usual[verdict]
}

/** The report in the Common Test Report Format (ctrf.io), one test for each requirement, named by its id. */
export function ctrf(report: Report): string {
  const { requirements, suite, target, started_at, duration_ms } = report
  const start = Date.parse(started_at)
  const statuses = requirements.map((requirement) => statusOf(requirement, report))
  const count = (status: Status) => statuses.filter((one) => one === status).length
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: started_at,
    generatedBy: `thread-events-conformance ${suite.version}`,
    results: {
      tool: { name: 'thread-events-conformance', version: suite.version },
      summary: {
        tests: requirements.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        start,
        stop: start + duration_ms,
      },
      tests: requirements.map((requirement) => testOf(requirement, report)),
      environment: { appName: target.base_url },
    },
  }
  return `${JSON.stringify(document, null, 1)}\n`
}

function testOf(requirement: ReportedRequirement, report: Report) {
  const { id, level, area, title, verdict, findings = [], reason, blocked_by, request_ms = 0 } = requirement
  const message = findings[0]?.message ?? reason
  const trace = failureText(requirement, report)
  return {
    name: id,
    testId: id,
    suite: [area],
    status: statusOf(requirement, report),
    rawStatus: blocked_by === undefined ? verdict : 'blocked',
    flaky: isFlaky(requirement),
    // Checks share requests, so the durations add up to more than the run.
    duration: Math.round(request_ms),
    stdout: [`${level}: ${title}`],
    tags: [level, area],
    ...(message === undefined ? {} : { message: printable(message) }),
    ...(trace === '' ? {} : { trace }),
  }
}
