import { type Level, requirementOf } from '../contract/catalogue.ts'
import type { Outcome } from './outcome.ts'

/** What is said of the whole target. */
export type RunVerdict = 'conformant' | 'nonconformant' | 'inconclusive' | 'broken'

/** 0 conformant, 1 nonconformant, 3 nothing could be judged (or not enough), 4 the suite broke. */
export type ExitCode = 0 | 1 | 3 | 4

/** How strictly a run is judged. */
export interface Strictness {
  readonly strict: boolean
  readonly requireConclusive: boolean
}

/** The verdict of a run with its exit code, and why in one sentence. */
export interface RunJudgement {
  readonly verdict: RunVerdict
  readonly exitCode: ExitCode
  readonly sentence: string
}

/**
 * Judges a run. A suite that broke comes first, then a failure that gates, then whether anything was judged
 * at all.
 * @param obstacle why the target could not be judged, where that is so
 * @param unusedWaivers waivers that no failure needs any more: they gate under strict
 * @param isPart whether this is a shard, which may have nothing of what was asked for
 */
export function judgeRun(
  outcomes: readonly Outcome[],
  how: Strictness,
  obstacle?: string,
  unusedWaivers = 0,
  isPart = false,
): RunJudgement {
  const count = (verdict: Outcome['verdict'], level?: Level) =>
    outcomes.filter(
      (outcome) =>
        outcome.verdict === verdict && (level === undefined || requirementOf(outcome.id).level === level),
    ).length
  const broken = count('broken')
  if (broken > 0)
    return { verdict: 'broken', exitCode: 4, sentence: `The suite itself broke in ${checks(broken)}.` }
  const gating = count('fail', 'MUST') + (how.strict ? count('fail', 'SHOULD') : 0)
  if (gating > 0)
    return { verdict: 'nonconformant', exitCode: 1, sentence: `The target breaks ${requirements(gating)}.` }
  if (how.strict && unusedWaivers > 0)
    return {
      verdict: 'nonconformant',
      exitCode: 1,
      sentence: `${unusedWaivers} of the waivers match nothing any more.`,
    }
  if (obstacle !== undefined) return { verdict: 'inconclusive', exitCode: 3, sentence: obstacle }
  if (isPart && outcomes.every(({ verdict }) => verdict === 'not-run'))
    return { verdict: 'conformant', exitCode: 0, sentence: 'Nothing of what was asked for is in this shard.' }
  if (count('pass') + count('waived') + count('fail') === 0)
    return { verdict: 'inconclusive', exitCode: 3, sentence: 'Nothing could be judged.' }
  const open = count('inconclusive', 'MUST')
  if (how.requireConclusive && open > 0)
    return {
      verdict: 'inconclusive',
      exitCode: 3,
      sentence: `No requirement fails, but ${requirements(open)} could not be judged.`,
    }
  return { verdict: 'conformant', exitCode: 0, sentence: 'No MUST requirement that could be judged fails.' }
}

function requirements(count: number): string {
  return count === 1 ? 'one requirement' : `${count} requirements`
}

function checks(count: number): string {
  return count === 1 ? 'one check' : `${count} checks`
}
