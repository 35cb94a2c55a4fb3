import type { Report, ReportedRequirement } from './model.ts'

/** Whether a failure of this requirement ends the run in a failure: a SHOULD does so under strict alone. */
export function isGating({ level }: Pick<ReportedRequirement, 'level'>, { strict }: Report): boolean {
  return level === 'MUST' || strict
}
