import { isFlaky } from '../verdict/reproduction.ts'
import type { Report, ReportedRequirement } from './model.ts'

/**
 * Whether a failure of this requirement fails the run. A SHOULD does so only under `--strict`, and a flaky failure does not
 * under `--allow-flaky`.
 */
export function isGating(requirement: ReportedRequirement, { strict, allow_flaky }: Report): boolean {
  if (allow_flaky === true && isFlaky(requirement)) return false
  return requirement.level === 'MUST' || strict
}
