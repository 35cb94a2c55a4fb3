import type { RequirementId } from '../../src/contract/catalogue.ts'
import type { RunRecord } from '../../src/record/run-record.ts'
import type { Fault } from '../../src/reference/faults/fault.ts'
import { judgeRun } from '../../src/verdict/judge-run.ts'

/** What became of one fault: which of its requirements failed, and which failed that it does not declare. */
export interface Detection {
  readonly fault: string
  readonly sentence: string
  readonly declared: readonly RequirementId[]
  readonly failed: readonly RequirementId[]
  readonly detected: boolean
  /** Broken by the fault itself, but not failed. */
  readonly missed: readonly RequirementId[]
  /** Failed, but not declared. */
  readonly undeclared: readonly RequirementId[]
  /** Requirements in which the suite itself broke. */
  readonly broken: readonly RequirementId[]
}

/**
 * Compares a run with what a fault declares. A fault that shows only sometimes breaks at least one of its requirements.
 * One that shows only in generated data may show by a consequence alone. No fault may break others.
 */
export function detectionOf(fault: Fault, record: RunRecord): Detection {
  const idsOf = (verdict: string) =>
    record.outcomes.filter((one) => one.verdict === verdict).map(({ id }) => id)
  const failed = idsOf('fail')
  const broken = idsOf('broken')
  const missed = fault.violates.filter((id) => !failed.includes(id))
  const declared = [...fault.violates, ...(fault.alsoAffects ?? [])]
  const undeclared = failed.filter((id) => !declared.includes(id))
  const { verdict } = judgeRun(record.outcomes, { strict: true, requireConclusive: false })
  const detected = verdict === 'nonconformant' && showsEnough(fault, failed) && undeclared.length === 0
  return {
    fault: fault.name,
    sentence: fault.sentence,
    declared: fault.violates,
    failed,
    detected,
    missed,
    undeclared,
    broken,
  }
}

function showsEnough(
  { violates, alsoAffects = [], sometimes, generatedOnly }: Fault,
  failed: readonly RequirementId[],
) {
  if (generatedOnly === true) return failed.some((id) => violates.includes(id) || alsoAffects.includes(id))
  if (sometimes === true) return failed.some((id) => violates.includes(id))
  return violates.every((id) => failed.includes(id))
}
