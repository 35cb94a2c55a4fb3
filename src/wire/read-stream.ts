import type { Frame, StreamEnd, StreamRecord, WireFailure } from './exchange.ts'
import { type Content, contentOf, type Incoming } from './incoming.ts'
import { createSseReader } from './sse-reader.ts'

/** A stream as read. */
export interface ReadStream {
  readonly record: StreamRecord
  /** On the wire. */
  readonly bytes: number
  readonly failure: WireFailure | undefined
}

/** What a stream is read for, and its bounds in milliseconds and bytes. */
export interface StreamPlan {
  readonly until: (frames: readonly Frame[]) => boolean
  readonly lingerMs: number
  readonly firstByteMs: number
  readonly idleMs: number
  readonly totalMs: number
  readonly maxBytes: number
  readonly maxFrames: number
  readonly onOpen?: (() => void) | undefined
  readonly onFrame?: ((frame: Frame) => void) | undefined
  readonly leave?: AbortSignal | undefined
  readonly keepFrame?: ((frame: Frame) => Frame) | undefined
  /** Called with the text of one or more whole events, comments included. */
  readonly inspect?: ((text: string) => void) | undefined
}

/** A bound on bytes that is no larger holds for a single frame too. */
const smallBound = 1_000_000

// The parser keeps what is unfinished of a frame, and streams are read side by side: a whole body of it is too much.
function longestFrame(maxBytes: number): number {
  return Math.max(Math.ceil(maxBytes / 4), Math.min(maxBytes, smallBound))
}

/**
 * Reads an event stream until it has what it was opened for, or a deadline or bound ends it. Heartbeats and
 * comments do not push the idle deadline back.
 * @param sinceMs milliseconds since the request was sent
 * @throws whatever the plan's functions throw
 */
export async function readStream(
  incoming: Incoming,
  plan: StreamPlan,
  sinceMs: () => number,
  content: Content = contentOf(incoming, true),
): Promise<ReadStream> {
  const { maxBytes, maxFrames, keepFrame, inspect } = plan
  const reader = createSseReader(longestFrame(maxBytes), maxFrames, keepFrame, inspect)
  let size = 0
  let end: StreamEnd | undefined
  let failure: WireFailure | undefined
  const stop = (why: StreamEnd) => {
    end ??= why
    incoming.body.destroy()
  }
  const total = setTimeout(stop, Math.max(0, plan.totalMs - sinceMs()), 'total')
  let idle = setTimeout(stop, Math.max(0, plan.firstByteMs - sinceMs()), 'first-byte')
  let linger: NodeJS.Timeout | undefined
  const leave = () => stop('enough')
  const consider = () => {
    if (linger !== undefined || !plan.until(reader.frames)) return
    if (plan.lingerMs === 0) return stop('enough')
    // From here on silence is expected, and the linger is the bound.
    clearTimeout(idle)
    linger = setTimeout(stop, plan.lingerMs, 'enough')
  }
  try {
    plan.onOpen?.()
    plan.leave?.addEventListener('abort', leave)
    if (plan.leave?.aborted === true) leave()
    consider()
    const broken = await content.read((piece) => {
      if (end !== undefined) return false
      const first = size === 0
      size += piece.length
      const fresh = reader.feed(piece, sinceMs())
      if (linger === undefined && (fresh.length > 0 || first)) {
        clearTimeout(idle)
        idle = setTimeout(stop, plan.idleMs, 'idle')
      }
      if (plan.onFrame !== undefined) fresh.forEach(plan.onFrame)
      if (fresh.length > 0) consider()
      if (reader.tooLarge || Math.max(size, content.wireBytes) > maxBytes) stop('too-large')
      return end === undefined
    })
    if (end === undefined && broken !== undefined) {
      failure = broken
      stop('failure')
    }
  } finally {
    clearTimeout(total)
    clearTimeout(idle)
    clearTimeout(linger)
    plan.leave?.removeEventListener('abort', leave)
    stop('server')
  }
  const { frames, comments, heartbeats, parseErrors, retryField, loneCr } = reader
  const record: StreamRecord = {
    frames,
    comments,
    heartbeats,
    leftover: reader.leftover(),
    parseErrors,
    end: end ?? 'server',
    ...(retryField === undefined ? {} : { retryField }),
    ...(loneCr ? { loneCr: true as const } : {}),
    ...(reader.unseparated() ? { unseparated: true as const } : {}),
  }
  return { record, bytes: content.wireBytes, failure }
}
