import type { HostileServer } from './hostile-server.ts'
import type { HostileRun } from './run-processes.ts'

/** The result of one hostile server. */
export interface RunResult {
  readonly name: string
  readonly what: string
  /** The sentence that the run ended with, or the requirements that had to fail. */
  readonly ended: string
  readonly exitCode: number
  readonly wallMs: number
  readonly peakBytes: number
}

/** Sums a run up; addresses are left out, for they differ from run to run. */
export function runResult({ name, what, expects }: HostileServer, { judged, wallMs }: HostileRun): RunResult {
  const sentence = judged?.report.sentence.replace(/https?:\/\/[^/]+\/v1/, 'The target') ?? 'The run died.'
  return {
    name,
    what,
    ended: 'findings' in expects ? `Fails at least ${expects.findings.join(', ')}.` : sentence,
    exitCode: judged?.report.exit_code ?? -1,
    wallMs,
    peakBytes: judged?.peakBytes ?? 0,
  }
}
