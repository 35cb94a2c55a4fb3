import { createParser } from 'eventsource-parser'
import { Agent, request } from 'undici'
import { isJsonObject, type JsonValue, parseJson } from '../contract/json.ts'
import { type ReferenceOptions, type RunningReferenceServer, startReferenceServer } from './server.ts'
import { defaultWorld } from './world/default-world.ts'
import type { ThreadEvent, World, WorldSession, WorldThread } from './world/world.ts'

/** What came back, its body read. */
export interface TestResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  readonly json: JsonValue | undefined
}

export interface TestRequest {
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS'
  /** `null` sends no Authorization at all. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: unknown
}

export interface TestFrame {
  readonly id: string | undefined
  readonly event: string | undefined
  readonly data: string
}

/** A running server with a client for it, for the server's own tests. */
export class TestBench {
  readonly server: RunningReferenceServer
  readonly world: World
  readonly #agent: Agent

  private constructor(server: RunningReferenceServer, world: World, agent: Agent) {
    this.server = server
    this.world = world
    this.#agent = agent
  }

  static async start(options: ReferenceOptions = {}, { connections = 300 } = {}): Promise<TestBench> {
    const world = options.world ?? defaultWorld()
    const agent = new Agent({ pipelining: 1, connections })
    return new TestBench(await startReferenceServer({ ...options, world }), world, agent)
  }

  async stop(): Promise<void> {
    await this.server.close()
    await this.#agent.destroy()
  }

  session(at = 0): WorldSession {
    return present(this.world.sessions[at])
  }

  thread(at = 0, session = 0): WorldThread {
    return present(this.session(session).threads[at])
  }

  /** URL of a thread's events. */
  events(query = '', thread = this.thread(), session = this.session()): string {
    return `${this.server.baseUrl}/sessions/${session.id}/threads/${thread.id}/events${query}`
  }

  async ask(url: string, ask: TestRequest = {}): Promise<TestResponse> {
    const response = await request(url, { dispatcher: this.#agent, ...this.#options(ask) })
    const text = await response.body.text()
    return { status: response.statusCode, headers: response.headers, text, json: parseJson(text) }
  }

  /** Asks a route below the control URL. */
  control(path: string, method: 'PUT' | 'POST' | 'DELETE', body?: unknown): Promise<TestResponse> {
    return this.ask(`${this.server.controlUrl}${path}`, { method, body, token: this.server.controlToken })
  }

  /** A page of the main thread. */
  async page(query: string): Promise<{ readonly ids: string[]; readonly hasMore: boolean }> {
    const { status, json, text } = await this.ask(this.events(query))
    if (status !== 200 || !isJsonObject(json)) throw new Error(`${status} ${text}`)
    return { ids: listedIds(json), hasMore: json.has_more === true }
  }

  /** The frames of a stream until `enough` says so, or the stream ends. */
  async frames(
    url: string,
    enough: (frames: readonly TestFrame[]) => boolean,
    ask: TestRequest = {},
  ): Promise<TestFrame[]> {
    const stop = new AbortController()
    const headers = { accept: 'text/event-stream', ...ask.headers }
    const options = this.#options({ ...ask, headers })
    const response = await request(url, { dispatcher: this.#agent, ...options, signal: stop.signal })
    if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${await response.body.text()}`)
    const frames: TestFrame[] = []
    const parser = createParser({ onEvent: ({ id, event, data }) => frames.push({ id, event, data }) })
    const decoder = new TextDecoder()
    try {
      if (enough(frames)) return frames
      for await (const chunk of response.body) {
        parser.feed(decoder.decode(chunk, { stream: true }))
        if (enough(frames)) break
      }
    } finally {
      stop.abort()
    }
    return frames
  }

  #options({ method = 'GET', token = this.server.token, headers = {}, body }: TestRequest) {
    const authorization = token === null ? {} : { authorization: `Bearer ${token}` }
    const sent = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
    return { method, headers: { ...authorization, ...headers }, body: sent }
  }
}

/** The ids of a list's records, in order. */
export function listedIds(json: JsonValue | undefined): string[] {
  const data = isJsonObject(json) ? json.data : undefined
  if (!Array.isArray(data)) throw new Error('There is no list.')
  return data.map((record) => (typeof record?.id === 'string' ? record.id : ''))
}

export function ids(events: readonly ThreadEvent[]): string[] {
  return events.map(({ id }) => id)
}

/** The value, which the test's data must have. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The test data lacks what the test is about.')
  return value
}
