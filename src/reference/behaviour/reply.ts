/** Header values by name; several values become several lines. */
export type Headers = Readonly<Record<string, string | readonly string[]>>

/** A whole answer: everything but the streams. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}

/** The beginning of an answer whose body follows bit by bit. */
export type ReplyHead = Pick<Reply, 'status' | 'headers'>
