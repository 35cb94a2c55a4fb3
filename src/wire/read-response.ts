import { isUtf8 } from 'node:buffer'
import type { Dispatcher } from 'undici'
import { decoded } from './decode.ts'
import type { Frame, HeaderPair, StreamEnd, StreamRecord, WireFailure } from './exchange.ts'
import { failureOf } from './failure.ts'
import { createSseReader } from './sse-reader.ts'

/** The head of a response, and where its body goes on. */
export interface Incoming {
  readonly status: number
  readonly headers: readonly HeaderPair[]
  readonly body: Dispatcher.ResponseData['body']
}

/** A whole body, or as much as came before `failure`. */
export interface ReadBody {
  readonly text: string
  readonly bytes: number
  readonly utf8: boolean
  readonly failure: WireFailure | undefined
}

/** A stream as read; `text` is all frame data joined, for the search for secrets. */
export interface ReadStream {
  readonly record: StreamRecord
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
  readonly onOpen?: (() => void) | undefined
  readonly onFrame?: ((frame: Frame) => void) | undefined
}

/** The single value of a header of an incoming response. */
export function headerOf(incoming: Incoming, name: string): string | undefined {
  return incoming.headers.find(([key]) => key === name)?.[1]
}

/** Reads a body to its end, up to a bound. The caller aborts the request when its deadline passes. */
export async function readBody(incoming: Incoming, maxBytes: number, late: () => boolean): Promise<ReadBody> {
  const source = decoded(incoming.body, headerOf(incoming, 'content-encoding'))
  if (source === undefined) {
    incoming.body.destroy()
    const failure: WireFailure = { kind: 'encoding', message: 'the Content-Encoding is not known' }
    return { text: '', bytes: 0, utf8: false, failure }
  }
  const chunks: Buffer[] = []
  let wireBytes = 0
  let size = 0
  let failure: WireFailure | undefined
  if (source !== incoming.body) incoming.body.on('data', (chunk: Buffer) => (wireBytes += chunk.length))
  try {
    for await (const chunk of source) {
      if (!Buffer.isBuffer(chunk)) continue
      size += chunk.length
      if (size > maxBytes) {
        failure = { kind: 'too-large', message: `the body is larger than ${maxBytes} bytes` }
        break
      }
      chunks.push(chunk)
    }
  } catch (error) {
    failure = bodyFailure(error, late())
  }
  incoming.body.destroy()
  const whole = Buffer.concat(chunks)
  const text = whole.toString('utf8').replace(/^\uFEFF/, '')
  return {
    text,
    bytes: Math.max(wireBytes, source === incoming.body ? size : 0),
    utf8: isUtf8(whole),
    failure,
  }
}

function bodyFailure(error: unknown, late: boolean): WireFailure {
  if (late) return { kind: 'timeout', message: 'the answer did not end in time' }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^(Z_|ERR__ERROR_|ERR_BROTLI|ERR_PADDING)/.test(code))
    return { kind: 'encoding', message: 'the body is not what its Content-Encoding says' }
  const failure = failureOf(error)
  return failure.kind === 'reset' || failure.kind === 'protocol'
    ? { kind: failure.kind, message: 'the answer broke off before its end' }
    : failure
}

/** Reads an event stream until it has what it was opened for, or a deadline or bound ends it. */
export async function readStream(
  incoming: Incoming,
  plan: StreamPlan,
  sinceMs: () => number,
): Promise<ReadStream> {
  const reader = createSseReader(plan.maxBytes)
  let bytes = 0
  let end: StreamEnd | undefined
  let failure: WireFailure | undefined
  const source = decoded(incoming.body, headerOf(incoming, 'content-encoding'))
  const stop = (why: StreamEnd) => {
    end ??= why
    incoming.body.destroy()
    source?.destroy()
  }
  incoming.body.on('error', () => undefined)
  source?.on('error', () => undefined)
  const total = setTimeout(stop, Math.max(0, plan.totalMs - sinceMs()), 'total')
  let idle = setTimeout(stop, Math.max(0, plan.firstByteMs - sinceMs()), 'first-byte')
  let linger: NodeJS.Timeout | undefined
  const consider = () => {
    if (linger !== undefined || !plan.until(reader.frames)) return
    if (plan.lingerMs === 0) stop('enough')
    else linger = setTimeout(stop, plan.lingerMs, 'enough')
  }
  try {
    plan.onOpen?.()
    consider()
    if (source === undefined) throw new Error('unknown Content-Encoding')
    for await (const chunk of source) {
      if (!Buffer.isBuffer(chunk)) continue
      const first = bytes === 0
      bytes += chunk.length
      const fresh = reader.feed(chunk, sinceMs())
      for (const frame of fresh === 0 ? [] : reader.frames.slice(-fresh)) plan.onFrame?.(frame)
      if (fresh > 0 || first) {
        clearTimeout(idle)
        idle = setTimeout(stop, plan.idleMs, 'idle')
      }
      if (reader.tooLarge || bytes > plan.maxBytes) stop('too-large')
      if (fresh > 0) consider()
      if (end !== undefined) break
    }
  } catch (error) {
    if (end === undefined) {
      end = 'failure'
      failure =
        source === undefined
          ? { kind: 'encoding', message: 'the Content-Encoding is not known' }
          : bodyFailure(error, false)
    }
  }
  clearTimeout(total)
  clearTimeout(idle)
  clearTimeout(linger)
  stop('server')
  const { frames, comments, heartbeats, leftover } = reader
  return { record: { frames, comments, heartbeats, leftover, end: end ?? 'server' }, bytes, failure }
}
