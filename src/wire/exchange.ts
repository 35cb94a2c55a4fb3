/** One header line. */
export type HeaderPair = readonly [name: string, value: string]

/** A request as it went out, with secrets replaced by their placeholders. */
export interface WireRequest {
  readonly method: 'GET' | 'HEAD'
  /** Path and query after the base, as sent. */
  readonly target: string
  readonly headers: readonly HeaderPair[]
}

/** A response, with secrets replaced by their placeholders. */
export interface WireResponse {
  readonly status: number
  readonly headers: readonly HeaderPair[]
  /** The content-decoded text; empty for a stream. */
  readonly body: string
  /** Body bytes on the wire, before content decoding. */
  readonly bytes: number
  /** Whether the content-decoded body was valid UTF-8. */
  readonly utf8: boolean
  /** Whether the answer is longer than the bound, so that its end is missing here. */
  readonly truncated: boolean
}

/**
 * Why there is no (whole) answer. `unsendable` is no fault of the target: the request cannot be written in
 * HTTP/1.1. Nor is `aborted`: the run was stopped.
 */
export type FailureKind =
  | 'timeout'
  | 'connect'
  | 'dns'
  | 'tls'
  | 'reset'
  | 'protocol'
  | 'too-large'
  | 'encoding'
  | 'unknown-encoding'
  | 'aborted'
  | 'unsendable'

/** A failure in one clause, without stack or secrets. */
export interface WireFailure {
  readonly kind: FailureKind
  readonly message: string
}

/** One dispatched Server-Sent Event; `atMs` counts from the sending of the request. */
export interface Frame {
  readonly id: string | undefined
  readonly event: string | undefined
  readonly data: string
  readonly atMs: number
}

/** Why reading ended: the target closed the stream, the suite had enough, or a deadline or limit was reached. */
export type StreamEnd = 'server' | 'enough' | 'first-byte' | 'idle' | 'total' | 'too-large' | 'failure'

/** An event stream as it was read. */
export interface StreamRecord {
  readonly frames: readonly Frame[]
  readonly comments: number
  readonly heartbeats: number
  /** Characters of an unfinished frame at the end, not counting comments. */
  readonly leftover: number
  /** Lines that are not fields of an event stream, each problem once. Clients ignore such lines, so they are not a failure. */
  readonly parseErrors: readonly string[]
  readonly end: StreamEnd
  /** The last reconnection time of the stream, in milliseconds. */
  readonly retryField?: number
  /** Set where a line ended in CR without LF. */
  readonly loneCr?: true
  /** The unfinished event has the `id` or `event` fields of several: no blank line separates them. */
  readonly unseparated?: true
}

/** What responded instead of the API: a gateway or a rate limiter. */
export type OtherOrigin = 'gateway' | 'rate-limit'

/** One request and its response. */
export interface Exchange {
  /** 1, 2, 3 … in the order of sending. */
  readonly id: number
  /** Why the request was made. */
  readonly purpose: string
  readonly request: WireRequest
  readonly response: WireResponse | undefined
  readonly failure: WireFailure | undefined
  /** Set if the response was read as an event stream. */
  readonly stream: StreamRecord | undefined
  /** Milliseconds from the creation of the client to sending. */
  readonly startedAtMs: number
  /** Milliseconds from sending to the response headers. */
  readonly firstByteMs: number | undefined
  /** Milliseconds from sending to the end. */
  readonly totalMs: number
  /** Number of waits for a 429 before this response. */
  readonly waits: number
  /** Set if the API itself did not respond. Such an exchange is not judged. */
  readonly origin?: OtherOrigin
  /** The trace id that was sent with it. */
  readonly traceId?: string
  /** The number of the connection, if the caller chose one. */
  readonly connection?: number
  /** Names of the secrets that the response repeats, in plain text or encoded. */
  readonly echoes: readonly string[]
}
