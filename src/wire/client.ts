import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Ask, ClientOptions } from './ask.ts'
import { type Connection, createConnection } from './connection.ts'
import { EndlessBodies } from './endless.ts'
import type { Exchange } from './exchange.ts'
import { exchangeOf, shortened, signsOf } from './exchange-record.ts'
import { headerOf } from './incoming.ts'
import { isPassing, originOf, shownOrigin } from './origin.ts'
import { OutageWatch } from './outage-watch.ts'
import { RequestLimiter } from './request-limiter.ts'
import { waitBeforeRetry } from './retry-after.ts'
import { type SendResult, sendOnce } from './send.ts'
import { SharedHeaders } from './shared-headers.ts'
import { TokenWatch } from './token-watch.ts'
import { traceIdOf } from './trace-context.ts'
import { type Traffic, trafficOf } from './traffic.ts'

export type { Ask, ClientOptions, Limits } from './ask.ts'
export type { Connection } from './connection.ts'

/** Retries after a gateway error, and the wait before the first. */
const gatewayRetries = 3
const gatewayWaitMs = 100

/** Gateway errors may affect one route only, so they never lower the rate below this many requests per second. */
const slowestBehindGateway = 5

// The end of the run is not a result of the request.
function unanswered({ firstByteMs, totalMs }: SendResult, message: string): SendResult {
  return {
    incoming: undefined,
    body: '',
    bytes: 0,
    utf8: true,
    stream: undefined,
    failure: { kind: 'aborted', message },
    firstByteMs,
    totalMs,
  }
}

function isUnanswered(answer: SendResult): boolean {
  const signs = signsOf(answer)
  return (originOf(signs) === 'gateway' && isPassing(signs)) || answer.failure?.kind === 'connect'
}

/** Sends requests to the target and records every exchange. */
export interface WireClient {
  /**
   * Sends a request, and retries it after a 429, after a gateway error or on a stale connection. Whatever the target does
   * is recorded as an exchange.
   * @throws only what the callbacks of the request throw
   */
  ask(ask: Ask): Promise<Exchange>
  /** From now on sends one request at a time, apart from those that are sent together. */
  serialise(): void
  /** A single kept-alive connection, for requests that share it. */
  connection(): Connection
  /** Whether the run was stopped. Later requests are not sent. */
  readonly stopped: boolean
  /** All exchanges in the order in which they ended, with long bodies truncated. */
  readonly exchanges: readonly Exchange[]
  traffic(): Traffic
  close(): Promise<void>
}

/** Creates a client for one target. */
export function createClient(options: ClientOptions): WireClient {
  const { base, limits, signal } = options
  const gate = new RequestLimiter({
    concurrency: limits.concurrency,
    maxRps: limits.maxRps,
    maxRequests: limits.maxRequests,
    onFewLeft: options.onFewLeft,
    onExhausted: options.onExhausted,
  })
  const exchanges: Exchange[] = []
  const headers = new SharedHeaders()
  const idle: Connection[] = []
  const all = new Set<Connection>()
  const chosen = new Map<Connection, number>()
  const began = performance.now()
  let sent = 0
  let retries = 0
  const endless = new EndlessBodies()
  const gateway = new Map<string, number>()
  const watch = new TokenWatch(async (request) => {
    retries += 1
    await gate.pace(signal)
    return answerTo(request)
  })
  const outage = new OutageWatch({
    basicList: () => watch.basicList,
    async ask(request) {
      retries += 1
      await gate.pace(signal)
      return answerTo(request)
    },
    // A stopped run gets no answers either.
    isUnanswered: (answer) => !stopped() && isUnanswered(answer),
    pause,
  })
  // Every pending request listens.
  if (signal !== undefined) setMaxListeners(0, signal)

  function connect(): Connection {
    const connection = createConnection(base, options.proxy, limits.timeoutMs)
    all.add(connection)
    const close = () => {
      all.delete(connection)
      return connection.close()
    }
    return { ...connection, close }
  }

  async function ask(untraced: Ask): Promise<Exchange> {
    await gate.enter(signal, untraced)
    try {
      if (stopped()) return unsent(untraced)
      const id = ++sent
      const request: Ask = { ...untraced, traceId: traceIdOf(options.runId, id) }
      options.onSend?.(id)
      request.onSend?.()
      const connection = numberOf(request.connection)
      let waitedMs = 0
      let waits = 0
      for (let gatewayAnswers = 0; ; ) {
        const now = performance.now()
        const startedAtMs = now - began
        const answer = await answerTo(request)
        const again = answeredByGateway(answer) && gatewayAnswers < gatewayRetries && !stopped()
        if (again) gate.slowDown(now, slowestBehindGateway)
        if (again && gate.takeRetry()) {
          retries += 1
          await pause(gatewayWaitMs * 2 ** gatewayAnswers)
          gatewayAnswers += 1
          await gate.pace(signal)
          continue
        }
        const waitMs = waitFor(answer, waits + 1)
        if (waitMs !== undefined) gate.slowDown(now)
        if (waitMs === undefined || waitedMs + waitMs > limits.maxRateLimitWaitMs || !gate.takeRetry()) {
          const judged = (await endedBy(request, answer)) ?? answer
          const exchange = exchangeOf(
            request,
            judged,
            { id, startedAtMs, waits, connection, headers },
            options,
          )
          exchanges.push(request.keep?.(exchange) ?? shortened(exchange, limits.keepBodyChars))
          options.onExchange?.(exchange)
          return exchange
        }
        waits += 1
        waitedMs += waitMs
        gate.close(waitMs)
        await gate.pace(signal)
      }
    } finally {
      gate.leave()
    }
  }

  // The run ended while the request was waiting, so it is not recorded.
  function unsent(request: Ask): Exchange {
    const answer: SendResult = {
      incoming: undefined,
      body: '',
      bytes: 0,
      utf8: true,
      stream: undefined,
      firstByteMs: undefined,
      totalMs: 0,
      failure: { kind: 'aborted', message: 'the run was stopped' },
    }
    const startedAtMs = performance.now() - began
    return exchangeOf(
      request,
      answer,
      { id: ++sent, startedAtMs, waits: 0, connection: undefined, headers },
      options,
    )
  }

  function stopped(): boolean {
    return signal?.aborted === true
  }

  // Counts gateway errors, and returns whether a retry may reach the API.
  function answeredByGateway(answer: SendResult): boolean {
    const signs = signsOf(answer)
    if (signal?.aborted === true || originOf(signs) !== 'gateway') return false
    const shown = options.secrets.redact(shownOrigin(signs))
    gateway.set(shown, (gateway.get(shown) ?? 0) + 1)
    return isPassing(signs)
  }

  // Ends the run before the caller learns of an answer that shows a lost token or a target that is down.
  async function endedBy(request: Ask, answer: SendResult): Promise<SendResult | undefined> {
    if (stopped()) return undefined
    const { onTokenLost, onOutage } = options
    if (onTokenLost !== undefined && (await watch.isLost(request, answer))) {
      onTokenLost(exchanges.length)
      return unanswered(answer, 'the token stopped working')
    }
    if (onOutage !== undefined && (await outage.isDown(answer))) {
      onOutage(options.secrets.redact(shownOrigin(signsOf(answer))))
      return unanswered(answer, 'the target is down')
    }
    return undefined
  }

  // Adds a random delay, so that requests that failed together are not retried together.
  function pause(ms: number): Promise<void> {
    const options = signal === undefined ? {} : { signal }
    return delay(ms * (1 + Math.random()), undefined, options).catch(() => undefined)
  }

  function numberOf(connection: Connection | undefined): number | undefined {
    if (connection === undefined) return undefined
    const number = chosen.get(connection) ?? chosen.size + 1
    chosen.set(connection, number)
    return number
  }

  function waitFor({ incoming }: SendResult, tries: number): number | undefined {
    if (incoming?.status !== 429 || signal?.aborted === true) return undefined
    return waitBeforeRetry(headerOf(incoming, 'retry-after'), tries, Date.now(), Math.random())
  }

  async function answerTo(request: Ask): Promise<SendResult> {
    const connection = request.connection ?? idle.pop() ?? connect()
    const wasOpen = connection.isOpen()
    const answer = await sendOn(connection, request)
    // The target may have closed a kept-alive connection just when the request was sent.
    if (!wasOpen || answer.failure?.kind !== 'reset' || answer.incoming !== undefined) return answer
    retries += 1
    await gate.pace(signal)
    return sendOn(request.connection ?? connect(), request)
  }

  async function sendOn(connection: Connection, request: Ask): Promise<SendResult> {
    let reusable = false
    try {
      const kind = `${request.accept?.join() ?? ''} ${request.authorization === undefined}`
      const patienceMs = endless.patienceMs(kind, limits.timeoutMs)
      const answer = await sendOnce(request, connection, options, patienceMs)
      endless.learn(kind, answer)
      const { failure, stream } = answer
      reusable = failure === undefined && (stream === undefined || stream.end === 'server')
      return answer
    } finally {
      if (connection !== request.connection) {
        if (reusable) idle.push(connection)
        else await connection.close()
      }
    }
  }

  return {
    ask,
    serialise: () => gate.serialise(),
    connection: connect,
    exchanges,
    get stopped() {
      return signal?.aborted === true
    },
    traffic: () => trafficOf(exchanges, retries, gateway),
    async close() {
      await Promise.all([...all].map((connection) => connection.close()))
    },
  }
}
