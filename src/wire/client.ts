import type { Dispatcher } from 'undici'
import { createDispatcher, type ProxySettings } from './dispatcher.ts'
import type { Exchange, Frame, HeaderPair, StreamRecord, WireFailure, WireResponse } from './exchange.ts'
import { failureOf } from './failure.ts'
import { Gate } from './gate.ts'
import { headerOf, type Incoming, readBody, readStream } from './read-response.ts'
import { waitBeforeRetry } from './retry-after.ts'
import type { SecretRegistry } from './secrets.ts'
import { type Traffic, trafficOf } from './traffic.ts'

/** Bounds of the client; times in milliseconds. */
export interface Limits {
  readonly timeoutMs: number
  readonly streamFirstByteMs: number
  readonly streamIdleMs: number
  readonly streamTotalMs: number
  readonly maxBodyBytes: number
  /** How much of a body the kept records hold. */
  readonly keepBodyChars: number
  readonly concurrency: number
  readonly maxRps: number | undefined
  readonly maxRateLimitWaitMs: number
}

export interface ClientOptions {
  readonly base: URL
  readonly token: string
  readonly headers: readonly HeaderPair[]
  readonly proxy: ProxySettings
  readonly limits: Limits
  readonly secrets: SecretRegistry
  readonly userAgent: string
  readonly runId: string
  readonly signal?: AbortSignal | undefined
}

/** One question to the target. */
export interface Ask {
  readonly purpose: string
  /** Path and query after the base; sent as it is. */
  readonly target: string
  readonly method?: 'GET' | 'HEAD' | undefined
  /** One Accept line each; none at all when left out. */
  readonly accept?: readonly string[] | undefined
  /** The whole header value, `null` for none; the active token as Bearer when left out. */
  readonly authorization?: string | null | undefined
  readonly headers?: readonly HeaderPair[] | undefined
  /** For a stream: asked when it opens and after each piece; true ends the reading. */
  readonly until?: ((frames: readonly Frame[]) => boolean) | undefined
  /** For a stream: how long to go on reading after `until` was true. */
  readonly lingerMs?: number | undefined
  readonly onOpen?: (() => void) | undefined
  readonly onFrame?: ((frame: Frame) => void) | undefined
  readonly connection?: Connection | undefined
}

/** A single kept-alive connection. */
export interface Connection {
  readonly dispatcher: Dispatcher
  close(): Promise<void>
}

/** Asks the target, and keeps a record of every exchange. Never rejects for what the target does. */
export interface WireClient {
  ask(ask: Ask): Promise<Exchange>
  connection(): Connection
  readonly exchanges: readonly Exchange[]
  traffic(): Traffic
  close(): Promise<void>
}

interface Answer {
  readonly incoming: Incoming | undefined
  readonly body?: string
  readonly bytes: number
  readonly utf8: boolean
  readonly stream: StreamRecord | undefined
  readonly failure: WireFailure | undefined
  readonly firstByteMs: number | undefined
  readonly totalMs: number
}

/** Makes a client for one target. */
export function createClient(options: ClientOptions): WireClient {
  const { base, limits, secrets, signal } = options
  const prefix = base.pathname.replace(/\/+$/, '')
  const gate = new Gate(limits.concurrency, limits.maxRps)
  const shared = createDispatcher(base, options.proxy, limits.concurrency, limits.timeoutMs)
  const exchanges: Exchange[] = []
  const began = performance.now()
  let sent = 0
  let retries = 0

  async function ask(question: Ask): Promise<Exchange> {
    await gate.enter(signal)
    const id = ++sent
    let waits = 0
    let waitedMs = 0
    try {
      for (let tries = 1; ; tries++) {
        const startedAtMs = performance.now() - began
        const answer = await sendOnce(question)
        if (answer.failure?.kind === 'reset' && answer.incoming === undefined && tries === 1) {
          // A kept-alive connection may have been closed by the target just then: that is no answer yet.
          retries += 1
          continue
        }
        const waitMs =
          answer.incoming?.status === 429
            ? waitBeforeRetry(headerOf(answer.incoming, 'retry-after'), waits + 1, Date.now())
            : undefined
        if (
          waitMs !== undefined &&
          waitedMs + waitMs <= limits.maxRateLimitWaitMs &&
          signal?.aborted !== true
        ) {
          waits += 1
          waitedMs += waitMs
          gate.close(waitMs)
          await gate.pace(signal)
          continue
        }
        const exchange = record(question, id, answer, startedAtMs, waits)
        exchanges.push(shortened(exchange, limits.keepBodyChars))
        return exchange
      }
    } finally {
      gate.leave()
    }
  }

  async function sendOnce(question: Ask): Promise<Answer> {
    const started = performance.now()
    const sinceMs = () => performance.now() - started
    const abort = new AbortController()
    const stop = () => abort.abort()
    signal?.addEventListener('abort', stop)
    let late = false
    const deadline = setTimeout(() => {
      late = true
      abort.abort()
    }, limits.timeoutMs)
    let firstByteMs: number | undefined
    let incoming: Incoming | undefined
    const done = (rest: Partial<Answer>): Answer => ({
      incoming,
      bytes: 0,
      utf8: true,
      stream: undefined,
      failure: undefined,
      firstByteMs,
      totalMs: sinceMs(),
      ...rest,
    })
    try {
      if (signal?.aborted === true)
        return done({ failure: { kind: 'aborted', message: 'the run was stopped' } })
      const response = await (question.connection?.dispatcher ?? shared).request({
        origin: base.origin,
        path: prefix + question.target,
        method: question.method ?? 'GET',
        headers: headerLines(question).flat(),
        signal: abort.signal,
      })
      firstByteMs = sinceMs()
      incoming = { status: response.statusCode, headers: headerPairs(response.headers), body: response.body }
      const type = headerOf(incoming, 'content-type')?.split(';')[0]?.trim().toLowerCase()
      if (type === 'text/event-stream' && question.method !== 'HEAD') {
        clearTimeout(deadline)
        const { record: stream, bytes, failure } = await readStream(incoming, planOf(question), sinceMs)
        return done({ stream, bytes, failure })
      }
      const { text, bytes, utf8, failure } = await readBody(incoming, limits.maxBodyBytes, () => late)
      return done({ body: text, bytes, utf8, failure })
    } catch (error) {
      const message = `no answer came within ${limits.timeoutMs} ms`
      return done({ failure: late ? { kind: 'timeout', message } : failureOf(error) })
    } finally {
      clearTimeout(deadline)
      signal?.removeEventListener('abort', stop)
    }
  }

  function planOf(question: Ask) {
    return {
      until: question.until ?? (() => false),
      lingerMs: question.lingerMs ?? 0,
      firstByteMs: limits.streamFirstByteMs,
      idleMs: limits.streamIdleMs,
      totalMs: limits.streamTotalMs,
      maxBytes: limits.maxBodyBytes,
      onOpen: question.onOpen,
      onFrame: question.onFrame,
    }
  }

  function headerLines(question: Ask): HeaderPair[] {
    const authorization =
      question.authorization === undefined ? `Bearer ${options.token}` : question.authorization
    return [
      ['User-Agent', options.userAgent],
      ['X-Conformance-Run', options.runId],
      ...options.headers,
      ...(question.accept ?? []).map((line): HeaderPair => ['Accept', line]),
      ...(authorization === null ? [] : [['Authorization', authorization] as const]),
      ...(question.headers ?? []),
    ]
  }

  function record(question: Ask, id: number, answer: Answer, startedAtMs: number, waits: number): Exchange {
    const { incoming, stream, failure, firstByteMs, totalMs } = answer
    const body = answer.body ?? ''
    const streamText =
      stream === undefined ? '' : stream.frames.map((frame) => `${frame.id} ${frame.data}`).join('\n')
    const heads = incoming?.headers.map(([name, value]) => `${name}: ${value}`).join('\n') ?? ''
    const echoes = [
      ...new Set([...secrets.echoesIn(heads), ...secrets.echoesIn(body), ...secrets.echoesIn(streamText)]),
    ]
    const clean = (text: string) => (echoes.length === 0 ? text : secrets.redact(text))
    const response: WireResponse | undefined =
      incoming === undefined
        ? undefined
        : {
            status: incoming.status,
            headers: incoming.headers.map(([name, value]) => [
              name,
              name === 'set-cookie' ? '[redacted]' : clean(value),
            ]),
            body: clean(body),
            bytes: answer.bytes,
            utf8: answer.utf8,
          }
    return {
      id,
      purpose: question.purpose,
      request: {
        method: question.method ?? 'GET',
        target: secrets.redact(question.target),
        headers: headerLines(question).map((pair) => shownHeader(pair)),
      },
      response,
      failure,
      stream:
        stream === undefined || echoes.length === 0
          ? stream
          : { ...stream, frames: stream.frames.map(cleanFrame) },
      startedAtMs,
      firstByteMs,
      totalMs,
      waits,
      echoes,
    }
  }

  function shownHeader([name, value]: HeaderPair): HeaderPair {
    const hidden = options.headers.some(([configured]) => configured.toLowerCase() === name.toLowerCase())
    return [name, hidden ? '[redacted]' : secrets.redactHeader(value)]
  }

  function cleanFrame(frame: Frame): Frame {
    return {
      ...frame,
      id: frame.id === undefined ? undefined : secrets.redact(frame.id),
      data: secrets.redact(frame.data),
    }
  }

  return {
    ask,
    connection() {
      const dispatcher = createDispatcher(base, options.proxy, 1, limits.timeoutMs)
      return { dispatcher, close: () => dispatcher.destroy() }
    },
    exchanges,
    traffic: () => trafficOf(exchanges, retries),
    close: () => shared.destroy(),
  }
}

function headerPairs(headers: Readonly<Record<string, string | string[] | undefined>>): HeaderPair[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(
      (one): HeaderPair => [name.toLowerCase(), one],
    ),
  )
}

function shortened(exchange: Exchange, keep: number): Exchange {
  const { response } = exchange
  if (response === undefined || response.body.length <= keep) return exchange
  return { ...exchange, response: { ...response, body: `${response.body.slice(0, keep)}…` } }
}
