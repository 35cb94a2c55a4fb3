import type { Report, ReportedRequirement } from './model.ts'

/** The report with the last verdict of what could not be judged this time, as the baseline knows it. */
export function withLastJudged(report: Report, baseline: Report | undefined): Report {
  if (baseline === undefined) return report
  const before = new Map(baseline.requirements.map((one) => [one.id, one]))
  const requirements = report.requirements.map((one): ReportedRequirement => {
    const last = before.get(one.id)?.last_judged
    return one.last_judged !== undefined || last === undefined ? one : { ...one, last_judged: last }
  })
  return { ...report, requirements }
}
