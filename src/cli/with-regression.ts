import type { Report } from '../report/model.ts'
import type { Comparison } from '../verdict/compare.ts'
import { isFlaky } from '../verdict/reproduction.ts'

/**
 * A report that fails if the run is worse than its baseline, as `compare` does: a SHOULD that newly fails counts too. Under
 * `--allow-flaky` flaky failures do not.
 */
export function withRegression(report: Report, sinceBaseline: Comparison | undefined): Report {
  if (report.exit_code !== 0 || sinceBaseline?.regression !== true) return report
  const flaky = new Set(report.allow_flaky ? report.requirements.filter(isFlaky).map(({ id }) => id) : [])
  const { newly_failing, changed_evidence } = sinceBaseline
  const worse = [...newly_failing, ...changed_evidence.filter(({ appeared }) => appeared.length > 0)]
  if (worse.every(({ id }) => flaky.has(id))) return report
  return {
    ...report,
    verdict: 'nonconformant',
    exit_code: 1,
    sentence: `Regression since the baseline. ${report.sentence}`,
  }
}
