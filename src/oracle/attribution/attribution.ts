import type { RequirementId } from '../../contract/catalogue.ts'
import type { Finding } from '../finding.ts'
import { findingIn, type JudgeResult } from '../judge-result.ts'

/** A finding with the requirement that it breaks. */
export interface Attribution {
  readonly id: RequirementId
  readonly finding: Finding
}

/** A judge's finding under its requirement. */
export function attributed(id: RequirementId, result: JudgeResult): Attribution[] {
  const finding = findingIn(result)
  return finding === undefined ? [] : [{ id, finding }]
}
