import { causesOf } from './causes.ts'
import type { Counts, Report, ReportedRequirement } from './model.ts'

type Format1 = Omit<Report, 'format' | 'capabilities' | 'causes' | 'summary'> & {
  readonly format: 'thread-events-conformance/1'
  readonly summary: Readonly<Record<'MUST' | 'SHOULD', Omit<Counts, 'blocked' | 'not_judged'>>>
}

/** A report as an earlier run wrote it. */
export type StoredReport = Report | Format1

/** A report of any format in the current one. */
export function upgradeReport(stored: StoredReport): Report {
  if (stored.format === 'thread-events-conformance/2') return stored
  const { summary } = stored
  const requirements = stored.requirements.map(
    (one): ReportedRequirement =>
      one.verdict === 'pass' || one.verdict === 'fail' || one.verdict === 'waived'
        ? { ...one, last_judged: one.verdict === 'pass' ? 'pass' : 'fail' }
        : one,
  )
  return {
    ...stored,
    format: 'thread-events-conformance/2',
    requirements,
    summary: { MUST: withOpen(summary.MUST), SHOULD: withOpen(summary.SHOULD) },
    capabilities: [],
    causes: causesOf(requirements, [], stored.diagnosis),
  }
}

function withOpen(counts: Format1['summary']['MUST']): Counts {
  return { ...counts, blocked: 0, not_judged: counts.inconclusive }
}
