import { specs } from '../specs/index.ts'
import type { RequirementId } from '../src/contract/catalogue.ts'
import type { RunRecord } from '../src/record/run-record.ts'
import type { ReferenceOptions } from '../src/reference/server.ts'
import { startRun } from '../src/runner/conformance-run.ts'
import type { RunPlan } from '../src/runner/run-plan.ts'
import { embeddedTarget } from '../src/targets/embedded-target.ts'

/** No deadline decides anything about a correct server, so a busy machine cannot cause a false alarm. */
export const patient = {
  runTimeoutMs: 110_000,
  timeoutMs: 20_000,
  streamIdleMs: 15_000,
  streamTotalMs: 60_000,
} as const

/** The plan of an acceptance run: one attempt per check and a fixed seed, unless changed. */
export function acceptancePlan(target: RunPlan['target'], changes: Partial<RunPlan>): RunPlan {
  return {
    target,
    runId: 'acceptance',
    only: [],
    attempts: 1,
    maxEvents: 1_000,
    maxBodyBytes: 64_000_000,
    maxRunBytes: 1_000_000_000,
    maxRateLimitWaitMs: 10_000,
    concurrency: 8,
    maxRps: undefined,
    seed: 1,
    runs: 8,
    ownsTarget: false,
    redactedFields: [],
    ...patient,
    ...changes,
  }
}

/**
 * Runs the whole suite against a reference server that differs in one way.
 * @param stopAt ends the run as soon as all of these requirements have failed
 */
export async function runAgainst(
  options: ReferenceOptions,
  changes: Partial<RunPlan> = {},
  ids: Partial<RunPlan['target']['ids']> = {},
  stopAt: readonly RequirementId[] = [],
): Promise<RunRecord> {
  const { target: found, close } = await embeddedTarget(options)
  const target = { ...found, ids: { ...found.ids, ...ids } }
  const stop = new AbortController()
  try {
    const run = await startRun(acceptancePlan(target, changes), specs, stop.signal)
    if (stopAt.length > 0)
      void Promise.all(stopAt.map((id) => run.specRun.outcome(id))).then((outcomes) => {
        if (outcomes.every(({ verdict }) => verdict === 'fail')) stop.abort()
      })
    return await run.record
  } finally {
    await close()
  }
}
