import type { RunRecord } from '../record/run-record.ts'
import type { Diagnosis } from '../verdict/diagnosis.ts'
import { diagnose } from './diagnose.ts'

/**
 * The diagnosis of a run, which must never stand in the way of its verdict: when it breaks, that is all it says.
 * @returns nothing where nothing failed, where the run was ended early, or for a part of a run
 */
export async function diagnoseRun(record: RunRecord): Promise<Diagnosis | undefined> {
  if (record.part !== undefined || record.obstacle !== undefined) return undefined
  try {
    return await diagnose(record)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown error'
    return {
      problems: [],
      others: [],
      failing: 0,
      compared: 0,
      unexplained: 0,
      missing: `The diagnosis failed: ${why}`,
    }
  }
}
