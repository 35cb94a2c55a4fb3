import { specs } from '../../specs/index.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Target } from '../targets/target.ts'
import { startRun } from './conformance-run.ts'
import {
  type Departures,
  type HandmadeWorld,
  handmadeServer,
  handmadeToken,
} from './handmade-server-fixture.ts'
import type { RunPlan } from './run-plan.ts'

/** Runs the suite, or some of its requirements, against a hand-made server. */
export async function judgeHandmade(
  world: HandmadeWorld,
  departures: Departures,
  changes: Partial<RunPlan> = {},
  given: Partial<Target> = {},
): Promise<RunRecord & { readonly asked: readonly string[] }> {
  const server = await handmadeServer(world, departures)
  try {
    const target = { ...handmadeTarget(server.baseUrl), ...given }
    return { ...(await judgeTarget(target, changes)), asked: server.asked }
  } finally {
    await server.close()
  }
}

/** Runs the suite against a target, with one attempt and short deadlines. */
export async function judgeTarget(target: Target, changes: Partial<RunPlan>): Promise<RunRecord> {
  const run = await startRun(handmadePlan(target, changes), specs)
  return run.record
}

/** The plan of such a run. */
export function handmadePlan(target: Target, changes: Partial<RunPlan> = {}): RunPlan {
  return {
    target,
    runId: 'handmade',
    only: [],
    attempts: 1,
    maxEvents: 1_000,
    maxBodyBytes: 64_000_000,
    maxRunBytes: 1_000_000_000,
    maxRateLimitWaitMs: 1_000,
    concurrency: 8,
    maxRps: undefined,
    seed: 1,
    runs: 1,
    ownsTarget: false,
    redactedFields: [],
    runTimeoutMs: 110_000,
    timeoutMs: 4_000,
    streamIdleMs: 1_500,
    streamTotalMs: 20_000,
    ...changes,
  }
}

/** The requirements that fail, in the order of the report, each once. */
export function failing(record: Pick<RunRecord, 'outcomes'>): string[] {
  return record.outcomes.flatMap(({ id, verdict }) => (verdict === 'fail' ? [id] : []))
}

/** The ids of the longer thread of `handmadeWorld`, which has a sibling. */
export const handmadeIds: Target['ids'] = {
  sessionId: 'sess_7f3a91c2d4e5',
  threadId: 'sthr_0a1b2c3d4e5f',
  siblingThreadId: undefined,
  otherSessionId: undefined,
  otherThreadId: undefined,
}

/** A target at this address of which nothing else is known. */
export function handmadeTarget(baseUrl: string): Target {
  return {
    baseUrl,
    embedded: false,
    token: handmadeToken,
    expiredToken: undefined,
    otherTenantToken: undefined,
    controlUrl: undefined,
    controlToken: undefined,
    headers: [],
    proxy: { http: undefined, https: undefined, no: undefined },
    ids: {
      sessionId: undefined,
      threadId: undefined,
      siblingThreadId: undefined,
      otherSessionId: undefined,
      otherThreadId: undefined,
    },
  }
}
