import { EventEmitter } from 'node:events'
import type { Ask, ClientOptions } from './ask.ts'
import type { Connection } from './connection.ts'
import { EchoWatch } from './echo-watch.ts'
import type { HeaderPair, StreamRecord, WireFailure } from './exchange.ts'
import { failureOf } from './failure.ts'
import { type Content, headerOf, type Incoming, incomingOf, lookAhead } from './incoming.ts'
import { readBody } from './read-body.ts'
import { readStream, type StreamPlan } from './read-stream.ts'
import { traceparent } from './trace-context.ts'

const defaultMaxFrames = 1_000_000

/** The result of one attempt of a request. */
export interface SendResult {
  readonly incoming: Incoming | undefined
  readonly body: string
  readonly bytes: number
  readonly utf8: boolean
  readonly stream: StreamRecord | undefined
  /** The names of the secrets in the stream, if it was searched for all of them. */
  readonly streamEchoes?: readonly string[] | undefined
  readonly failure: WireFailure | undefined
  readonly firstByteMs: number | undefined
  readonly totalMs: number
}

/** The header lines of a request, in the order of sending. */
export function sentHeaders(ask: Ask, options: ClientOptions): readonly HeaderPair[] {
  const authorization = ask.authorization === undefined ? `Bearer ${options.token}` : ask.authorization
  return [
    ['User-Agent', options.userAgent],
    ['X-Conformance-Run', options.runId],
    ...options.headers,
    ...(ask.accept ?? []).map((line): HeaderPair => ['Accept', line]),
    ...(authorization === null ? [] : [['Authorization', authorization] as const]),
    ...(ask.headers ?? []),
  ]
}

/**
 * Sends a request once and reads the response.
 * @param bodyMs the timeout of the body, from sending on
 * @throws only what the callbacks of the request throw
 */
export async function sendOnce(
  ask: Ask,
  connection: Connection,
  options: ClientOptions,
  bodyMs = options.limits.timeoutMs,
): Promise<SendResult> {
  const { base, limits, signal } = options
  const started = performance.now()
  const sinceMs = () => performance.now() - started
  // An `AbortController` for each request would take a tenth of the time of a list.
  const abort = new EventEmitter()
  const stop = () => abort.emit('abort')
  let late = false
  const giveUp = () => {
    late = true
    stop()
  }
  // Only the headers tell a stream from a list, so the headers of a possible stream have their own timeout.
  const mayStream = ask.accept?.some((line) => /text\/event-stream/i.test(line)) === true
  const headMs = mayStream ? Math.max(limits.timeoutMs, limits.streamFirstByteMs) : limits.timeoutMs
  let incoming: Incoming | undefined
  let firstByteMs: number | undefined
  const answer = (rest: Partial<SendResult>): SendResult => ({
    incoming,
    body: '',
    bytes: 0,
    utf8: true,
    stream: undefined,
    firstByteMs,
    totalMs: sinceMs(),
    ...rest,
    failure: rest.failure && explained(rest.failure),
  })
  // The HTTP client reports an abort by the suite as an error of the target.
  const explained = (failure: WireFailure): WireFailure => {
    if (signal?.aborted === true) return { kind: 'aborted', message: 'the run was stopped' }
    if (!late) return atProxy(failure)
    if (incoming !== undefined) return { kind: 'timeout', message: 'the response did not end in time' }
    return connection.isOpen()
      ? { kind: 'timeout', message: `no response within ${Math.round(headMs)} ms` }
      : { kind: 'connect', message: `connecting timed out after ${Math.round(headMs)} ms` }
  }
  // Only the proxy is connected to; it reports an unreachable target as a status.
  const atProxy = (failure: WireFailure): WireFailure => {
    const unreached = failure.kind === 'dns' || (failure.kind === 'connect' && !/proxy/.test(failure.message))
    if (connection.proxy === undefined || !unreached) return failure
    return { ...failure, message: `the proxy ${connection.proxy} could not be reached: ${failure.message}` }
  }
  const readFrames = async (from: Incoming, content?: Content): Promise<Partial<SendResult>> => {
    const echoes = new EchoWatch(options.secrets)
    const plan = { ...planOf(ask, options, from), inspect: (text: string) => echoes.inspect(text) }
    const { record, bytes, failure } = await readStream(from, plan, sinceMs, content)
    return { stream: record, streamEchoes: echoes.found(), bytes, failure }
  }
  if (signal?.aborted === true)
    return answer({ failure: { kind: 'aborted', message: 'the run was stopped' } })
  signal?.addEventListener('abort', stop)
  let deadline = setTimeout(giveUp, headMs)
  try {
    try {
      const response = await connection.dispatcher.request({
        origin: base.origin,
        path: base.pathname.replace(/\/+$/, '') + ask.target,
        method: ask.method ?? 'GET',
        headers: grouped([...sentHeaders(ask, options), ...traced(ask)]),
        signal: abort,
      })
      firstByteMs = sinceMs()
      incoming = incomingOf(response)
    } catch (error) {
      return answer({ failure: failureOf(error) })
    }
    clearTimeout(deadline)
    const type = headerOf(incoming, 'content-type')?.split(';')[0]?.trim().toLowerCase()
    if (type === 'text/event-stream' && ask.method !== 'HEAD') {
      return answer(await readFrames(incoming))
    }
    deadline = setTimeout(giveUp, Math.max(0, bodyMs - sinceMs()))
    // Frames under another media type are read as frames; the type stays in the exchange, to be judged.
    const ahead =
      mayStream && incoming.status === 200 && ask.method !== 'HEAD' ? await lookAhead(incoming) : undefined
    if (ahead?.isEventStream === true) {
      clearTimeout(deadline)
      return answer(await readFrames(incoming, ahead.content))
    }
    const { text, ...rest } = await readBody(incoming, limits.maxBodyBytes, ahead?.content)
    return answer({ body: text, ...rest })
  } finally {
    clearTimeout(deadline)
    signal?.removeEventListener('abort', stop)
  }
}

// A request that sets the header itself keeps it.
function traced({ headers = [], traceId }: Ask): readonly HeaderPair[] {
  if (traceId === undefined || headers.some(([name]) => name.toLowerCase() === 'traceparent')) return []
  return [['traceparent', traceparent(traceId)]]
}

// A proxy agent keeps one value of each name in a list of pairs, but all values of a group.
function grouped(lines: readonly HeaderPair[]): Record<string, string | string[]> {
  const groups: Record<string, string | string[]> = {}
  for (const [name, value] of lines) {
    const before = groups[name]
    groups[name] = before === undefined ? value : [before, value].flat()
  }
  return groups
}

function planOf(ask: Ask, { limits }: ClientOptions, { status }: Incoming): StreamPlan {
  return {
    until: ask.until ?? (() => false),
    lingerMs: ask.lingerMs ?? 0,
    firstByteMs: limits.streamFirstByteMs,
    idleMs: limits.streamIdleMs,
    totalMs: limits.streamTotalMs,
    maxBytes: limits.maxBodyBytes,
    maxFrames: limits.maxFrames ?? defaultMaxFrames,
    onOpen: status < 400 ? ask.onOpen : undefined,
    onFrame: ask.onFrame,
    leave: ask.leave,
    keepFrame: ask.keepFrame,
  }
}
