import type { Connection, ProxySettings } from './connection.ts'
import type { Exchange, Frame, HeaderPair } from './exchange.ts'
import type { RequestRank } from './request-limiter.ts'
import type { SecretRegistry } from './secrets.ts'

/** Bounds of the client; times in milliseconds. */
export interface Limits {
  /** A whole answer, or the head of a stream. */
  readonly timeoutMs: number
  /** From the sending to the first byte of a stream's body. */
  readonly streamFirstByteMs: number
  /** From one event of a stream to the next. */
  readonly streamIdleMs: number
  readonly streamTotalMs: number
  /** How much of one answer is read, on the wire and content-decoded. */
  readonly maxBodyBytes: number
  /** How many events of one stream are read; a million unless given. */
  readonly maxFrames?: number | undefined
  /** How much of a body the kept records hold. */
  readonly keepBodyChars: number
  readonly concurrency: number
  readonly maxRps: number | undefined
  /** How many requests are made in all, repeated ones too. */
  readonly maxRequests?: number | undefined
  /** How long one request waits out 429s in all. */
  readonly maxRateLimitWaitMs: number
}

/** What a client is made of. */
export interface ClientOptions {
  readonly base: URL
  readonly token: string
  /** Further headers for every request; their values never show in a record. */
  readonly headers: readonly HeaderPair[]
  readonly proxy: ProxySettings
  readonly limits: Limits
  readonly secrets: SecretRegistry
  readonly userAgent: string
  readonly runId: string
  /** Told of every request when it goes out. */
  readonly onSend?: ((id: number) => void) | undefined
  /** Told of every exchange once it is over. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined
  /** Told that the active token stopped working, and after how many requests; 401s are not checked without it. */
  readonly onTokenLost?: ((requests: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Called once, when another request waits and all of `maxRequests` are used up and answered. */
  readonly onExhausted?: (() => void) | undefined
}

/** One question to the target. */
export interface Ask {
  readonly purpose: string
  /** The trace that the request starts; the client sets it. */
  readonly traceId?: string
  /** Path and query after the base; sent as it is. */
  readonly target: string
  readonly method?: 'GET' | 'HEAD' | undefined
  /** One Accept line each; none at all when left out. */
  readonly accept?: readonly string[] | undefined
  /** The whole header value, `null` for none; the active token as Bearer when left out. */
  readonly authorization?: string | null | undefined
  readonly headers?: readonly HeaderPair[] | undefined
  /** For a stream: asked when it opens and whenever events have come; true ends the reading. */
  readonly until?: ((frames: readonly Frame[]) => boolean) | undefined
  /** For a stream: how long to go on reading after `until` was true. */
  readonly lingerMs?: number | undefined
  /** Called when the request goes out, after it has waited for its turn. */
  readonly onSend?: (() => void) | undefined
  /** For a stream: called once its head has come, unless that is an error. */
  readonly onOpen?: (() => void) | undefined
  readonly onFrame?: ((frame: Frame) => void) | undefined
  readonly connection?: Connection | undefined
  /** Whether other requests wait for this one: it goes before those for which nothing waits. */
  readonly haste?: boolean | undefined
  /** How early it goes out among those that wait, the lowest first; before all ranks by default. */
  readonly rank?: RequestRank | undefined
}
