import type { RequirementId } from '../../contract/catalogue.ts'
import type { Finding } from '../finding.ts'

/** A finding with the requirement that it breaks. */
export interface Attribution {
  readonly id: RequirementId
  readonly finding: Finding
}
