import { setTimeout as delay } from 'node:timers/promises'
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import type { ControlSession } from '../contract/control-session.ts'
import { isJsonObject, type JsonObject, parseJson, stringField, writeJson } from '../contract/json.ts'
import { isLoopback } from '../wire/loopback.ts'
import { saysUnreachable } from '../wire/origin.ts'
import type { Target } from './target.ts'

/** Why the control protocol could not be used, in one clause. Says nothing of the judged API. */
export class ControlError extends Error {
  /** Whether a deadline ended the request. */
  readonly late: boolean

  constructor(message: string, late = false) {
    super(message)
    this.late = late
  }
}

/** The control protocol, version 1, of one target. Every function throws a {@link ControlError} when it is refused. */
export interface ControlClient {
  /** Makes the session with exactly these threads, or replaces it. */
  put(session: ControlSession): Promise<void>
  /** Appends events; once it resolves they are in the list and on the way to open streams. */
  append(sessionId: string, threadId: string, events: readonly JsonObject[]): Promise<void>
  /** Takes the session away. */
  remove(sessionId: string): Promise<void>
  /** A token of that state, or `undefined` where the target has no such route. */
  token(state: 'expired' | 'other_tenant'): Promise<string | undefined>
  close(): Promise<void>
}

/**
 * Why the control URL must not be used: on another host than this one it would change data that someone may need.
 * @param owned whether the user said that the target is theirs to change
 */
export function controlRefusal(
  { controlUrl }: Pick<Target, 'controlUrl'>,
  owned: boolean,
): string | undefined {
  if (controlUrl === undefined || owned || isLoopback(new URL(controlUrl).hostname)) return undefined
  return `the control URL is on another host (${new URL(controlUrl).host}), and nobody has said that its data may be changed`
}

/**
 * Opens the control protocol of a target, or `undefined` where it has none.
 * @param redact takes the secrets out of what the target says
 */
export function openControl(
  target: Target,
  timeoutMs: number,
  redact: (text: string) => string,
): ControlClient | undefined {
  const { controlUrl, controlToken } = target
  if (controlUrl === undefined) return undefined
  const dispatcher = dispatcherFor(controlUrl, target)
  const url = new URL(controlUrl)

  /** Repeats what a gateway answered. Events that were appended twice would look like the target's mistake. */
  async function ask(method: 'PUT' | 'POST' | 'DELETE', path: string, body?: JsonObject): Promise<Answer> {
    const repeatable = method !== 'POST' || path === tokensPath
    for (let tries = 1; ; tries++) {
      const answer = await askOnce(method, path, body)
      const again =
        answer instanceof ControlError
          ? repeatable && !answer.late
          : answer.status === 429 || (repeatable && isGateway(answer))
      if (!again || tries > mostRepeats) {
        if (answer instanceof ControlError) throw answer
        return answer
      }
      await delay(repeatAfterMs * 2 ** (tries - 1))
    }
  }

  async function askOnce(
    method: 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: JsonObject,
  ): Promise<Answer | ControlError> {
    try {
      const response = await dispatcher.request({
        origin: url.origin,
        path: url.pathname.replace(/\/+$/, '') + path,
        method,
        headers: {
          ...(controlToken === undefined ? {} : { authorization: `Bearer ${controlToken}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : writeJson(body),
        signal: AbortSignal.timeout(timeoutMs),
      })
      return { status: response.statusCode, text: redact(await beginningOf(response.body)) }
    } catch (error) {
      const why = error instanceof Error ? error.name : 'an error'
      return new ControlError(`${method} ${shown(path)} was not answered (${why})`, why === 'TimeoutError')
    }
  }

  async function expect204(
    method: 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: JsonObject,
  ): Promise<void> {
    const { status, text } = await ask(method, path, body)
    if (status >= 200 && status <= 299) return
    if (method === 'DELETE' && status === 404) return
    throw new ControlError(`${method} ${shown(path)} was answered ${status}${reasonIn(text)}`)
  }

  return {
    put: ({ id, threads }) =>
      expect204('PUT', `/sessions/${encodeURIComponent(id)}`, { threads: [...threads] }),
    append: (sessionId, threadId, events) =>
      expect204(
        'POST',
        `/sessions/${encodeURIComponent(sessionId)}/threads/${encodeURIComponent(threadId)}/events`,
        { events: [...events] },
      ),
    remove: (sessionId) => expect204('DELETE', `/sessions/${encodeURIComponent(sessionId)}`),
    async token(state) {
      const { status, text } = await ask('POST', tokensPath, { state })
      if (status === 404 || status === 405 || status === 501) return undefined
      const token = status === 201 ? stringField(parseJson(text), 'token') : undefined
      if (token !== undefined && isSendable(token)) return token
      const problem = status === 201 ? 'without a usable token' : reasonIn(text)
      throw new ControlError(`POST /tokens was answered ${status} ${problem}`.trim())
    },
    close: () => dispatcher.destroy(),
  }
}

const tokensPath = '/tokens'
/** How often a request is repeated that a gateway answered or that got no answer, and the wait before the first. */
const mostRepeats = 3
const repeatAfterMs = 100

function isGateway({ status }: Answer): boolean {
  return saysUnreachable(status)
}

// A token goes into a header, and one that is very short would be redacted everywhere.
function isSendable(token: string): boolean {
  return /^[\x21-\x7e]{4,4096}$/.test(token)
}

// What is read of an answer is its token or its error; a longer one is neither.
const mostBytes = 64_000

async function beginningOf(body: AsyncIterable<unknown>): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of body) {
    if (!Buffer.isBuffer(piece)) continue
    pieces.push(piece)
    size += piece.length
    if (size > mostBytes) break
  }
  return Buffer.concat(pieces).subarray(0, mostBytes).toString()
}

interface Answer {
  readonly status: number
  readonly text: string
}

function dispatcherFor(controlUrl: string, { proxy }: Target): Dispatcher {
  const { protocol, hostname } = new URL(controlUrl)
  const through = protocol === 'https:' ? proxy.https : proxy.http
  if (through === undefined || isLoopback(hostname)) return new Agent({ connections: 8, ...freshConnections })
  return new EnvHttpProxyAgent({
    ...freshConnections,
    httpProxy: through,
    httpsProxy: through,
    noProxy: proxy.no ?? '',
  })
}

// Servers close connections that were idle for a few seconds, perhaps in the moment in which one is used again.
const freshConnections = { keepAliveTimeout: 300, keepAliveMaxTimeout: 300 }

function shown(path: string): string {
  return path.length <= 80 ? path : `${path.slice(0, 80)}…`
}

function reasonIn(text: string): string {
  const body = parseJson(text)
  const message = isJsonObject(body) ? stringField(body.error, 'message') : undefined
  return message === undefined ? '' : ` (${message.slice(0, 120)})`
}
