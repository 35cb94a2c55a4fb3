import type { RunPlan } from '../../src/runner/run-plan.ts'
import { patient } from '../run-against.ts'
import type { HostileServer } from './hostile-server.ts'
import type { HostileRun, RunProcesses } from './run-processes.ts'

/** Deadlines and bounds of a run. A request may take long, since several servers are judged at once. */
const hostilePlan = {
  runId: 'hostile-servers',
  only: [],
  attempts: 1,
  seed: 1,
  runs: 4,
  ownsTarget: false,
  maxEvents: 1_000,
  runTimeoutMs: 120_000,
  timeoutMs: 20_000,
  streamIdleMs: 400,
  streamTotalMs: 2_000,
  maxBodyBytes: 8_000_000,
  maxRunBytes: 200_000_000,
  maxRateLimitWaitMs: 500,
  concurrency: 8,
  maxRps: undefined,
  redactedFields: [],
}

/** What a process that judges may hold at most, all of it in memory at one time. */
export const maxMemoryBytes = 800_000_000

/** How long after the end of its time budget a process may still need to say what it found. */
const graceMs = 60_000

/** The time that a member's run may take in all, in milliseconds. */
export function budgetOf(member: HostileServer): number {
  return (member.plan?.runTimeoutMs ?? hostilePlan.runTimeoutMs) + graceMs
}

/** Runs the compiled suite against a hostile server. */
export async function runHostileServer(member: HostileServer, judges: RunProcesses): Promise<HostileRun> {
  const target = await member.serve()
  const plan: RunPlan = {
    ...hostilePlan,
    ...('passes' in member.expects ? patient : {}),
    ...member.plan,
    target: {
      baseUrl: target.baseUrl,
      embedded: false,
      token: target.token ?? 'pat_of_no_worth_0123456789',
      expiredToken: undefined,
      otherTenantToken: undefined,
      controlUrl: undefined,
      controlToken: undefined,
      headers: [],
      proxy: { http: undefined, https: undefined, no: undefined },
      ids: { ...noIds, ...target.ids },
    },
  }
  try {
    return await judges.judge(plan, budgetOf(member), target.env)
  } finally {
    await target.close()
  }
}

const noIds = {
  sessionId: undefined,
  threadId: undefined,
  siblingThreadId: undefined,
  otherSessionId: undefined,
  otherThreadId: undefined,
}
