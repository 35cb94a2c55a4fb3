import type { Waiver } from '../verdict/waivers.ts'

/**
 * The options of a run: the settings of the command in camel case. Nothing is read from the environment or from
 * a `.env` file; what is omitted has its default. Times in milliseconds, sizes in bytes.
 */
export interface ConformanceOptions {
  /** Everything before `/sessions/…`. */
  readonly baseUrl: string
  /** The token that may read the thread. It shows in no report. */
  readonly token: string
  /** The revision of the API to judge by: `2026-06` (default) or `2026-07`. */
  readonly revision?: string | undefined
  /** The session; auto-detected by default, as are the other ids. */
  readonly sessionId?: string | undefined
  /** The thread under test. */
  readonly threadId?: string | undefined
  /** Another thread of that session. */
  readonly siblingThreadId?: string | undefined
  readonly otherSessionId?: string | undefined
  /** A thread of that other session. */
  readonly otherThreadId?: string | undefined
  /** An expired token. */
  readonly expiredToken?: string | undefined
  /** A valid token of another tenant. */
  readonly otherTenantToken?: string | undefined
  /** Base URL of the target's control protocol. */
  readonly controlUrl?: string | undefined
  readonly controlToken?: string | undefined
  /** Additional headers of every request; their values are treated as secrets. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** JSON fields whose values are left out of reports. */
  readonly redactFields?: readonly string[] | undefined
  /** Proxies by the target's scheme; a loopback target is never requested through one. */
  readonly proxy?: ProxyOptions | undefined
  /** Timeout of one request; default 10 000. */
  readonly timeoutMs?: number | undefined
  /** Idle timeout for streams; default 5 000. */
  readonly streamIdleMs?: number | undefined
  /** Total timeout of one stream; default 60 000. */
  readonly streamTotalMs?: number | undefined
  /** Maximum bytes read of one response; default 64 000 000. */
  readonly maxBodyBytes?: number | undefined
  /** Longest wait of one request for rate limits (429); default 60 000. */
  readonly maxRateLimitWaitMs?: number | undefined
  /** Maximum concurrent requests; default 8. */
  readonly concurrency?: number | undefined
  /** Maximum requests per second; default 50, unlimited for a target on this machine. */
  readonly maxRps?: number | undefined
  /** Request budget of the whole run; the most revealing requests go first. Unlimited by default. */
  readonly maxRequests?: number | undefined
  /** `smoke` (50 requests), `default`, or `thorough` (many generated worlds). */
  readonly profile?: 'smoke' | 'default' | 'thorough' | undefined
  /** Stop at the first MUST requirement that fails; default false. */
  readonly failFast?: boolean | undefined
  /** Maximum events read of one thread; default 1 000. */
  readonly maxEvents?: number | undefined
  /** Read threads to their end, whatever their length; default false. */
  readonly exhaustive?: boolean | undefined
  /** Time budget of the whole run; default 600 000. */
  readonly runTimeoutMs?: number | undefined
  /** Maximum bytes read in the whole run; default 500 000 000. */
  readonly maxRunBytes?: number | undefined
  /** Number of generated worlds, with queries in proportion; default 2. */
  readonly runs?: number | undefined
  /** Seed of generated data; the same seed generates the same data. Random by default. */
  readonly seed?: number | undefined
  /** Allow creating sessions through a control URL on another host; default false. */
  readonly iOwnThisTarget?: boolean | undefined
  /** Attempts per failing check; default 3. */
  readonly attempts?: number | undefined
  /** Areas (`'pagination'`) or requirement ids (`'PAG-03'`) to judge; all by default. */
  readonly only?: readonly string[] | undefined
  /** Known failures that do not fail the run. */
  readonly waivers?: readonly Waiver[] | undefined
  /** Failing SHOULD requirements and unused waivers fail the run too; default false. */
  readonly strict?: boolean | undefined
  /** Failures that do not occur in every attempt do not fail the run; default false. */
  readonly allowFlaky?: boolean | undefined
  /** Exit code 3 if any MUST requirement is inconclusive; default false. */
  readonly requireConclusive?: boolean | undefined
  /** Accept a run that judged fewer than half of the MUST requirements; default false. */
  readonly allowInconclusive?: boolean | undefined
}

/** Proxies as CI runners name them: `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. */
export interface ProxyOptions {
  readonly http?: string | undefined
  readonly https?: string | undefined
  /** Comma-separated hosts that are requested directly. */
  readonly no?: string | undefined
}
