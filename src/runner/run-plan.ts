import { randomInt } from 'node:crypto'
import type { Config } from '../config/load.ts'
import { revisionNamed } from '../contract/revisions/index.ts'
import type { Revision } from '../contract/revisions/revision.ts'
import type { Target } from '../targets/target.ts'
import { isLoopback } from '../wire/loopback.ts'

/** Everything a run needs to know, as plain data. */
export interface RunPlan {
  readonly target: Target
  readonly runId: string
  readonly only: readonly string[]
  readonly attempts: number
  readonly maxEvents: number
  /** How long the whole run may take. */
  readonly runTimeoutMs: number
  /** How much may be read in the whole run. */
  readonly maxRunBytes: number
  readonly timeoutMs: number
  readonly streamIdleMs: number
  readonly streamTotalMs: number
  readonly maxBodyBytes: number
  readonly maxRateLimitWaitMs: number
  readonly concurrency: number
  readonly maxRps: number | undefined
  /** How many requests the whole run may make, its preparation included. */
  readonly maxRequests?: number | undefined
  /** Whether the run ends with the first MUST requirement that fails. */
  readonly failFast?: boolean | undefined
  /** What generated data begins with: the same seed gives the same data. */
  readonly seed: number
  /** How many worlds are generated. */
  readonly runs: number
  /** Whether the control protocol may be used on another host. */
  readonly ownsTarget: boolean
  /** JSON fields whose values show in no report. */
  readonly redactedFields: readonly string[]
  /** The revision that the target is judged by; without it, the default one. */
  readonly revision?: Revision | undefined
  /** Which part of a divided run this is. */
  readonly shard?: { readonly index: number; readonly count: number } | undefined
}

/** Requests per second to a target that is not on this machine. */
const politeRps = 50

/** The rate that is kept unless another is configured: none for a target on this machine. */
function defaultRate({ baseUrl }: Target): number | undefined {
  return isLoopback(new URL(baseUrl).hostname) ? undefined : politeRps
}

/** The plan that a configuration describes, for a target that is open. */
export function runPlanOf(config: Config, target: Target, runId: string): RunPlan {
  return {
    target,
    runId,
    only: config.CONFORMANCE_ONLY,
    attempts: config.CONFORMANCE_ATTEMPTS,
    maxEvents: config.CONFORMANCE_EXHAUSTIVE ? Number.MAX_SAFE_INTEGER : config.CONFORMANCE_MAX_EVENTS,
    runTimeoutMs: config.CONFORMANCE_RUN_TIMEOUT_MS,
    maxRunBytes: config.CONFORMANCE_MAX_RUN_BYTES,
    timeoutMs: config.CONFORMANCE_TIMEOUT_MS,
    streamIdleMs: config.CONFORMANCE_STREAM_IDLE_MS,
    streamTotalMs: config.CONFORMANCE_STREAM_TOTAL_MS,
    maxBodyBytes: config.CONFORMANCE_MAX_BODY_BYTES,
    maxRateLimitWaitMs: config.CONFORMANCE_MAX_RATE_LIMIT_WAIT_MS,
    concurrency: config.CONFORMANCE_CONCURRENCY,
    maxRps: config.CONFORMANCE_MAX_RPS ?? defaultRate(target),
    maxRequests: config.CONFORMANCE_MAX_REQUESTS,
    failFast: config.CONFORMANCE_FAIL_FAST,
    seed: config.CONFORMANCE_SEED ?? randomInt(2 ** 31),
    runs: config.CONFORMANCE_RUNS,
    ownsTarget: config.CONFORMANCE_I_OWN_THIS_TARGET,
    redactedFields: config.CONFORMANCE_REDACT_FIELDS,
    shard: config.CONFORMANCE_SHARD,
    revision: revisionNamed(config.CONFORMANCE_REVISION),
  }
}
