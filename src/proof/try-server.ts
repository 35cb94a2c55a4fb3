import { specs } from '../../specs/index.ts'
import { type RunRecord, startRun } from '../check/conformance-run.ts'
import type { Plan } from '../check/plan.ts'
import type { ReferenceOptions } from '../reference/server.ts'
import { embeddedTarget } from '../target/embedded.ts'

/** Deadlines short enough that a server which never answers costs little, long enough for a busy machine. */
const deadlines = { runTimeoutMs: 110_000, timeoutMs: 4_000, streamIdleMs: 1_500, streamTotalMs: 20_000 }

/** The plan of a run that is judged itself: one attempt, and a seed that stays. */
export function proofPlan(target: Plan['target'], changes: Partial<Plan>): Plan {
  return {
    target,
    runId: 'proof',
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
    ...deadlines,
    ...changes,
  }
}

/** Runs the whole suite against a reference server that was changed in one way. */
export async function tryServer(
  options: ReferenceOptions,
  changes: Partial<Plan> = {},
  ids: Partial<Plan['target']['ids']> = {},
): Promise<RunRecord> {
  const { target: found, close } = await embeddedTarget(options)
  const target = { ...found, ids: { ...found.ids, ...ids } }
  try {
    const run = await startRun(proofPlan(target, changes), specs)
    return await run.record
  } finally {
    await close()
  }
}
