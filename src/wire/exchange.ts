/** One header line. */
export type HeaderPair = readonly [name: string, value: string]

/** A request as it went out, with secrets replaced by their placeholders. */
export interface WireRequest {
  readonly method: 'GET' | 'HEAD'
  /** Path and query after the base, as sent. */
  readonly target: string
  readonly headers: readonly HeaderPair[]
}

/** A response as it came, with secrets replaced by their placeholders. */
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

/** What ended the reading: the target, the suite having all it wanted, or a deadline or bound of the suite. */
export type StreamEnd = 'server' | 'enough' | 'first-byte' | 'idle' | 'total' | 'too-large' | 'failure'

/** An event stream as it was read. */
export interface StreamRecord {
  readonly frames: readonly Frame[]
  readonly comments: number
  readonly heartbeats: number
  /** Characters of an unfinished frame that were left at the end; comments alone are none. */
  readonly leftover: number
  /** What was no field of an event stream, each complaint once. Such lines are to be ignored, so no fault. */
  readonly parseErrors: readonly string[]
  readonly end: StreamEnd
  /** The last reconnection time that the stream asked for, in milliseconds. */
  readonly retryField?: number
}

/** Who answered in place of the API: a gateway before it, or whoever limits the rate of requests. */
export type OtherOrigin = 'gateway' | 'rate-limit'

/** One request with everything that came of it. */
export interface Exchange {
  /** 1, 2, 3 … in the order of sending. */
  readonly id: number
  /** What the caller asked it for. */
  readonly purpose: string
  readonly request: WireRequest
  readonly response: WireResponse | undefined
  readonly failure: WireFailure | undefined
  /** Set when the answer was read as an event stream. */
  readonly stream: StreamRecord | undefined
  /** Milliseconds from the making of the client to the sending. */
  readonly startedAtMs: number
  /** Milliseconds from the sending to the response head. */
  readonly firstByteMs: number | undefined
  /** Milliseconds from the sending to the end. */
  readonly totalMs: number
  /** How often a 429 was waited out before this answer. */
  readonly waits: number
  /** Set where the API did not answer itself: nothing is judged by such an exchange. */
  readonly origin?: OtherOrigin
  /** The trace id that was sent with it. */
  readonly traceId?: string
  /** The number of the one connection that the caller chose for it and others, where it did. */
  readonly connection?: number
  /** Names of the secrets that the response repeated, in clear or in an encoding. */
  readonly echoes: readonly string[]
}
