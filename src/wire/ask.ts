import type { Connection, ProxySettings } from './connection.ts'
import type { Exchange, Frame, HeaderPair } from './exchange.ts'
import type { QueuePlace } from './request-limiter.ts'
import type { SecretRegistry } from './secrets.ts'

/** Limits of the client; times in milliseconds. */
export interface Limits {
  /** A complete response, or the headers of a stream. */
  readonly timeoutMs: number
  /** From sending to the first byte of a stream's body. */
  readonly streamFirstByteMs: number
  /** From one event of a stream to the next. */
  readonly streamIdleMs: number
  readonly streamTotalMs: number
  /** Maximum bytes read of one response, on the wire and after decompression. */
  readonly maxBodyBytes: number
  /** Maximum events read of one stream; default one million. */
  readonly maxFrames?: number | undefined
  /** Maximum characters of a body in the record. */
  readonly keepBodyChars: number
  readonly concurrency: number
  readonly maxRps: number | undefined
  /** Maximum number of requests, retries included. */
  readonly maxRequests?: number | undefined
  /** Maximum total wait of one request for 429s. */
  readonly maxRateLimitWaitMs: number
}

/** The configuration of a client. */
export interface ClientOptions {
  readonly base: URL
  readonly token: string
  /** Additional headers for every request; their values are never recorded. */
  readonly headers: readonly HeaderPair[]
  readonly proxy: ProxySettings
  readonly limits: Limits
  readonly secrets: SecretRegistry
  readonly userAgent: string
  readonly runId: string
  /** Called when a request is sent. */
  readonly onSend?: ((id: number) => void) | undefined
  /** Called when an exchange has ended. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined
  /** Called when the active token stopped working, with the number of requests so far. Without it, 401s are not checked. */
  readonly onTokenLost?: ((requests: number) => void) | undefined
  /** Called when the target is down, with the response that showed it. Without it, outages are not checked. */
  readonly onOutage?: ((seen: string) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Called once, when few of `maxRequests` are left: requests that it makes go out before those that wait. */
  readonly onFewLeft?: (() => Promise<void>) | undefined
  /** Called once, when a request is waiting and all of `maxRequests` have been sent and have ended. */
  readonly onExhausted?: (() => void) | undefined
}

/** One request to the target. */
export interface Ask extends QueuePlace {
  readonly purpose: string
  /** The trace that the request starts; the client sets it. */
  readonly traceId?: string
  /** Path and query after the base, sent unchanged. */
  readonly target: string
  readonly method?: 'GET' | 'HEAD' | undefined
  /** One Accept line each; no Accept header if omitted. */
  readonly accept?: readonly string[] | undefined
  /** The complete header value, or `null` for no header; by default the active token as Bearer. */
  readonly authorization?: string | null | undefined
  readonly headers?: readonly HeaderPair[] | undefined
  /** Returns the exchange that is recorded; by default one with a truncated body. */
  readonly keep?: ((exchange: Exchange) => Exchange) | undefined
  /** For a stream: returns the frame that is kept in place of each one that arrives. */
  readonly keepFrame?: ((frame: Frame) => Frame) | undefined
  /** For a stream: called when it opens and after new events; true stops reading. */
  readonly until?: ((frames: readonly Frame[]) => boolean) | undefined
  /** For a stream: how long to go on reading after `until` was true. */
  readonly lingerMs?: number | undefined
  /** Called when the request goes out, after it has waited for its turn. */
  readonly onSend?: (() => void) | undefined
  /** For a stream: called when its headers have arrived, unless they are an error. */
  readonly onOpen?: (() => void) | undefined
  readonly onFrame?: ((frame: Frame) => void) | undefined
  /** For a stream: closes it when aborted, even if `until` is not true yet. */
  readonly leave?: AbortSignal | undefined
  readonly connection?: Connection | undefined
}
