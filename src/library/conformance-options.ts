import type { Waiver } from '../verdict/waivers.ts'

/**
 * What a run is told: the settings of the command, in camel case. Nothing is read from the environment or from
 * a `.env` file, so what is left out here is its default. Times in milliseconds, sizes in bytes.
 */
export interface ConformanceOptions {
  /** Everything before `/sessions/…`. */
  readonly baseUrl: string
  /** The token that may read the thread. It shows in no report. */
  readonly token: string
  /** The session; looked for when left out, as are the other ids. */
  readonly sessionId?: string | undefined
  /** The thread that is judged. */
  readonly threadId?: string | undefined
  /** Another thread of that session. */
  readonly siblingThreadId?: string | undefined
  readonly otherSessionId?: string | undefined
  /** A thread of that other session. */
  readonly otherThreadId?: string | undefined
  /** A token whose time is over. */
  readonly expiredToken?: string | undefined
  /** A valid token of another tenant. */
  readonly otherTenantToken?: string | undefined
  /** Where the target's control protocol answers. */
  readonly controlUrl?: string | undefined
  readonly controlToken?: string | undefined
  /** Further headers of every request; their values are secrets and show in no report. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Proxies by the target's scheme; a loopback target is never asked through one. */
  readonly proxy?: ProxyOptions | undefined
  /** Deadline of one request; default 10 000. */
  readonly timeoutMs?: number | undefined
  /** How long a stream may give no event; default 5 000. */
  readonly streamIdleMs?: number | undefined
  /** Deadline of one stream; default 60 000. */
  readonly streamTotalMs?: number | undefined
  /** How much of one answer is read; default 64 000 000. */
  readonly maxBodyBytes?: number | undefined
  /** How long one request waits out 429s; default 60 000. */
  readonly maxRateLimitWaitMs?: number | undefined
  /** Requests under way at once; default 8. */
  readonly concurrency?: number | undefined
  /** Requests a second; no limit by default. */
  readonly maxRps?: number | undefined
  /** How much of a very long thread is read; default 1 000. */
  readonly maxEvents?: number | undefined
  /** How often a failing check is tried in all; default 3. */
  readonly attempts?: number | undefined
  /** Areas (`'pagination'`) or requirement ids (`'PAG-03'`) to judge; all by default. */
  readonly only?: readonly string[] | undefined
  /** Known failures that do not gate. */
  readonly waivers?: readonly Waiver[] | undefined
  /** A failing SHOULD, or an unused waiver, gates too; default false. */
  readonly strict?: boolean | undefined
  /** An inconclusive MUST ends in exit code 3; default false. */
  readonly requireConclusive?: boolean | undefined
}

/** Proxies as CI runners name them: `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. */
export interface ProxyOptions {
  readonly http?: string | undefined
  readonly https?: string | undefined
  /** Hosts that are asked directly, by commas. */
  readonly no?: string | undefined
}
