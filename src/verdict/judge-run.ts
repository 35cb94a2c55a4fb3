import { type Level, type RequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Outcome } from './outcome.ts'
import { isFlaky } from './reproduction.ts'

/** The verdict on the whole target. */
export type RunVerdict = 'conformant' | 'nonconformant' | 'inconclusive' | 'broken'

/** 0 conformant, 1 nonconformant, 3 nothing or too little could be judged, 4 an internal error. */
export type ExitCode = 0 | 1 | 3 | 4

/** How strictly a run is judged. */
export interface Strictness {
  readonly strict: boolean
  readonly requireConclusive: boolean
  /** Flaky failures do not fail the run. */
  readonly allowFlaky?: boolean | undefined
  /** Accept a run that judged fewer than half of the selected MUST requirements. */
  readonly allowInconclusive?: boolean | undefined
}

/** The verdict of a run with its exit code and one sentence of explanation. */
export interface RunJudgement {
  readonly verdict: RunVerdict
  readonly exitCode: ExitCode
  readonly sentence: string
}

/** What else is known of a run. */
export interface RunCircumstances {
  /** Why the target could not be judged, or not completely. */
  readonly obstacle?: string | undefined
  /** Why the run ended early. What was requested until then is judged. */
  readonly limit?: string | undefined
  /** Waivers that match no failure. They fail the run under strict. */
  readonly unusedWaivers?: number
  /** Requirements that a waived one blocks and that no waiver covers. A MUST among them fails the run. */
  readonly uncovered?: readonly RequirementId[]
  /** Whether this is a shard, which may contain none of the selected requirements. */
  readonly isPart?: boolean
  /** Whether any event was read, from the target or from loaded data; default true. */
  readonly eventsRead?: boolean
}

/**
 * Judges a run: first failures that fail the run, then internal errors, then whether enough was judged. The last does not
 * apply to a shard, only to the merged run.
 */
export function judgeRun(
  outcomes: readonly Outcome[],
  how: Strictness,
  {
    obstacle,
    limit,
    unusedWaivers = 0,
    uncovered = [],
    isPart = false,
    eventsRead = true,
  }: RunCircumstances = {},
): RunJudgement {
  const count = (verdict: Outcome['verdict'], level?: Level) =>
    outcomes.filter(
      (outcome) =>
        outcome.verdict === verdict && (level === undefined || requirementOf(outcome.id).level === level),
    ).length
  const allowed = how.allowFlaky === true ? outcomes.filter(isFlaky) : []
  const allowedOf = (level: Level) => allowed.filter(({ id }) => requirementOf(id).level === level).length
  const failed = count('fail', 'MUST') - allowedOf('MUST')
  const judged = count('pass', 'MUST') + count('fail', 'MUST') + count('waived', 'MUST')
  const open = count('inconclusive', 'MUST')
  const selected = judged + open + count('broken', 'MUST')
  const scope =
    selected === 0 ? 'No MUST requirement was judged.' : `Judged ${judged} of ${requirements(selected)}.`
  const flaky =
    allowed.length === 0
      ? ''
      : ` ${allowed.length === 1 ? 'One flaky failure is' : `${allowed.length} flaky failures are`} allowed.`
  const coverage = `${scope}${flaky}${limit === undefined ? '' : ` ${limit}`}`
  const inconclusive = (sentence: string): RunJudgement => ({
    verdict: 'inconclusive',
    exitCode: 3,
    sentence,
  })
  const nonconformant = (sentence: string): RunJudgement => ({
    verdict: 'nonconformant',
    exitCode: 1,
    sentence,
  })

  // A requirement that failed has failed, whatever else went wrong.
  if (failed > 0) return nonconformant(`${requirements(failed)} failed. ${coverage}`)
  const broken = count('broken')
  if (broken > 0)
    return {
      verdict: 'broken',
      exitCode: 4,
      sentence: `Internal error in ${broken === 1 ? 'one check' : `${broken} checks`}. ${coverage}`,
    }
  const hidden = uncovered.filter((id) => requirementOf(id).level === 'MUST')
  if (hidden.length > 0)
    return nonconformant(
      `${requirements(hidden.length)} not judged because of a waiver that does not cover ${hidden.length === 1 ? 'it' : 'them'}: ${hidden.join(', ')}. ${coverage}`,
    )
  const failedShould = count('fail', 'SHOULD') - allowedOf('SHOULD')
  if (how.strict && failedShould > 0)
    return nonconformant(
      `${failedShould} SHOULD requirement${failedShould === 1 ? '' : 's'} failed, and --strict is set. ${coverage}`,
    )
  if (how.strict && unusedWaivers > 0)
    return nonconformant(
      `${unusedWaivers === 1 ? 'One waiver matches' : `${unusedWaivers} waivers match`} no failure, and --strict is set. ${coverage}`,
    )
  if (obstacle !== undefined) return inconclusive(`${obstacle} ${coverage}`)
  if (isPart && outcomes.every(({ verdict }) => verdict === 'not-run'))
    return {
      verdict: 'conformant',
      exitCode: 0,
      sentence: 'This shard contains none of the selected requirements.',
    }
  if (count('pass') + count('waived') + count('fail') === 0)
    return inconclusive(`Nothing could be judged. ${coverage}`)
  if (!isPart && !eventsRead && judged < selected) return inconclusive(`No events could be read. ${coverage}`)
  if (!isPart && how.requireConclusive && open > 0)
    return inconclusive(
      `No MUST requirement failed, but ${requirements(open)} could not be judged. ${coverage}`,
    )
  if (!isPart && how.allowInconclusive !== true && judged * 2 < selected)
    return inconclusive(`Fewer than half of the MUST requirements could be judged. ${coverage}`)
  const result =
    allowedOf('MUST') > 0 ? 'No MUST requirement failed in every attempt.' : 'No MUST requirement failed.'
  return { verdict: 'conformant', exitCode: 0, sentence: `${result} ${coverage}` }
}

function requirements(count: number): string {
  return `${count} MUST requirement${count === 1 ? '' : 's'}`
}
