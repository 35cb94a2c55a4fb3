import type { ZooRun } from './judge.ts'
import type { ZooMember } from './member.ts'

/** What is told of one member once its run is judged. */
export interface MemberResult {
  readonly name: string
  readonly what: string
  /** The sentence that the run ended with, or the requirements that had to fail. */
  readonly ended: string
  readonly exitCode: number
  readonly wallMs: number
  readonly peakBytes: number
}

/** Sums a run up; addresses are left out, for they differ from run to run. */
export function memberResult({ name, what, expects }: ZooMember, { judged, wallMs }: ZooRun): MemberResult {
  const sentence = judged?.report.sentence.replace(/https?:\/\/[^/]+\/v1/, 'The target') ?? 'The run died.'
  return {
    name,
    what,
    ended: 'findings' in expects ? `Fails ${expects.findings.join(', ')}, among others or alone.` : sentence,
    exitCode: judged?.report.exit_code ?? -1,
    wallMs,
    peakBytes: judged?.peakBytes ?? 0,
  }
}
