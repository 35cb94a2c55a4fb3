import type { Finding } from '../oracle/finding.ts'
import type { Outcome } from '../verdict/outcome.ts'
import type { Asker } from './asker.ts'
import type { AskingCheck, HistoryCheck } from './check.ts'
import type { Facts } from './facts.ts'
import type { Missing } from './needs.ts'
import { onBehalfOf } from './on-behalf.ts'
import { NotExercised, Trial } from './trial.ts'

const unexercised: Missing = {
  missing: 'anything to judge it by: nothing in this thread exercises it, or no answer came that tells',
  provide:
    'See INP-01 and INP-04 first; or point CONFORMANCE_THREAD_ID to a thread with more, and more varied, events.',
}

/** How often a failing check is tried in all. */
export interface Persistence {
  readonly attempts: number
}

/** Runs one check to its verdict; a failure is tried again to tell `always` from `sometimes`. */
export async function runCheck(
  check: AskingCheck,
  facts: Facts,
  asker: Asker,
  { attempts }: Persistence,
): Promise<Outcome> {
  const { id } = check
  const missing = check.needs.map((need) => need(facts)).find((lack) => lack !== undefined)
  if (missing !== undefined) return inconclusive(id, missing)
  try {
    const first = await tryOnce(check, facts, asker, false)
    const { judged, lack, blames } = first
    const aside = blames.length === 0 ? {} : { blames }
    if (first.findings.length === 0) {
      if (judged > 0 && lack === undefined) return { id, verdict: 'pass', judged, findings: [], ...aside }
      return { ...inconclusive(id, lack ?? unexercised), ...aside }
    }
    let failed = 1
    for (let attempt = 1; attempt < attempts; attempt++)
      if ((await tryOnce(check, facts, asker, true)).findings.length > 0) failed += 1
    return { ...failure(id, judged, first.findings, failed, attempts), ...aside }
  } catch (error) {
    return broken(id, error)
  }
}

/** Runs one judge over everything that was asked; its failures are asked again in the same way. */
export async function runHistoryCheck(
  check: HistoryCheck,
  asker: Asker,
  { attempts }: Persistence,
): Promise<Outcome> {
  const { id, judge } = check
  try {
    const { findings, tentative = [], judged } = judge(asker.history())
    const suspects = [...findings, ...tentative]
    const [suspect] = suspects
    if (suspect === undefined)
      return judged > 0 ? { id, verdict: 'pass', judged, findings: [] } : inconclusive(id, check.missing)
    let failed = 1
    for (let attempt = 1; attempt < Math.max(attempts, tentative.length > 0 ? 2 : 1); attempt++) {
      const again = judge(await asker.again(suspect.exchanges))
      if (again.findings.length > 0 || (again.tentative ?? []).length > 0) failed += 1
    }
    if (findings.length === 0 && failed === 1) return { id, verdict: 'pass', judged, findings: [] }
    return failure(id, judged, suspects, failed, attempts)
  } catch (error) {
    return broken(id, error)
  }
}

async function tryOnce(check: AskingCheck, facts: Facts, asker: Asker, fresh: boolean) {
  const trial = new Trial(facts, asker, fresh)
  let lack: Missing | undefined
  try {
    await onBehalfOf(check.id, () => check.run(trial))
  } catch (error) {
    if (!(error instanceof NotExercised)) throw error
    lack = error.missing
  }
  if (trial.judgedCases === 0) lack ??= trial.setback
  return { findings: trial.findings, judged: trial.judgedCases, blames: trial.blames, lack }
}

function failure(
  id: Outcome['id'],
  judged: number,
  findings: readonly Finding[],
  failed: number,
  attempts: number,
): Outcome {
  const reproduced = failed === attempts ? `always (${failed} of ${attempts})` : `${failed} of ${attempts}`
  return { id, verdict: 'fail', judged, findings, ...(attempts > 1 ? { reproduced } : {}) }
}

function inconclusive(id: Outcome['id'], lack: Missing): Outcome {
  return { id, verdict: 'inconclusive', judged: 0, findings: [], reason: lack.missing, provide: lack.provide }
}

function broken(id: Outcome['id'], error: unknown): Outcome {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return { id, verdict: 'broken', judged: 0, findings: [], reason }
}
