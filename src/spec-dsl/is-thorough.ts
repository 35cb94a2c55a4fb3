import type { TargetState } from '../targets/target-state.ts'

/** Runs of generated data from which on a run is thorough, and asks every member of a kind instead of one or two. */
const thoroughRuns = 30

/** Whether the run may take its time. */
export function isThorough({ controlAccess }: TargetState): boolean {
  return controlAccess.runs >= thoroughRuns
}
