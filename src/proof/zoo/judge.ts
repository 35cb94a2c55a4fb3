import type { Plan } from '../../check/plan.ts'
import type { Judged } from './judge-child.ts'
import type { Judges } from './judges.ts'
import type { ZooMember } from './member.ts'

/** Deadlines and bounds of a run in the zoo. A request may take long, for many targets are judged at once. */
const zooPlan = {
  runId: 'zoo',
  only: [],
  attempts: 1,
  seed: 1,
  runs: 4,
  ownsTarget: false,
  maxEvents: 1_000,
  runTimeoutMs: 60_000,
  timeoutMs: 6_000,
  streamIdleMs: 400,
  streamTotalMs: 2_000,
  maxBodyBytes: 8_000_000,
  maxRunBytes: 200_000_000,
  maxRateLimitWaitMs: 500,
  concurrency: 8,
  maxRps: undefined,
}

/** What a process that judges may hold at most, all of it in memory at one time. */
export const mostBytes = 800_000_000

/** How long after the end of its time budget a process may still need to say what it found. */
const graceMs = 10_000

/** The time that a member's run may take in all, in milliseconds. */
export function budgetOf(member: ZooMember): number {
  return (member.plan?.runTimeoutMs ?? zooPlan.runTimeoutMs) + graceMs
}

/** What came of a member's run; `judged` is missing where the process died or did not end in time. */
export interface ZooRun {
  readonly judged: Judged | undefined
  readonly stderr: string
  readonly wallMs: number
}

/** Judges a member with the compiled suite. */
export async function judgeMember(member: ZooMember, judges: Judges): Promise<ZooRun> {
  const target = await member.serve()
  const plan: Plan = {
    ...zooPlan,
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
