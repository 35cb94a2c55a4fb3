import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Behaviour } from './behaviour.ts'
import { handleRequest } from './http/handle-request.ts'
import type { RawRequest, ServerState } from './request-context.ts'
import { Store } from './store/store.ts'
import { TokenTable } from './store/token-table.ts'
import type { ThreadEvent, World, WorldSession } from './world/world.ts'

/** An answer as it was written: the bytes of head and body, and how it ended. */
export interface RawAnswer {
  readonly head: string
  readonly body: Buffer
  /** `open`: a stream that goes on. `none`: no answer will ever come. `cut`: the connection was dropped. */
  readonly end: 'whole' | 'open' | 'none' | 'cut'
}

/** The texts of the tokens that the server knows. */
export interface TokenTexts {
  readonly active: string
  readonly expired: string
  readonly otherTenant: string
}

/** The reference server without a network: the same handler, answering into memory. */
export interface InProcessServer {
  /** Answers a request; with `connection`, as one of several on that connection. */
  ask(request: RawRequest, connection?: number): Promise<RawAnswer>
  /** Opens a request whose answer goes on: {@link OpenAnswer.read} tells what was written until now. */
  open(request: RawRequest): OpenAnswer
  append(sessionId: string, threadId: string, events: readonly ThreadEvent[]): Promise<void>
  put(session: WorldSession): Promise<void>
  remove(sessionId: string): Promise<void>
}

/** An answer that is still being written. */
export interface OpenAnswer {
  /** What was written until now. */
  read(): RawAnswer
  /** Ends the connection. */
  close(): void
}

/**
 * Makes a server of that behaviour around a world.
 * @param store a store that was filled with the world before, by the same ordering: nothing has to be sorted again
 */
export function createInProcessServer(
  behaviour: Behaviour,
  store: Store,
  tokens: TokenTexts,
): InProcessServer {
  const table = new TokenTable()
  table.add('active', tokens.active)
  table.add('expired', tokens.expired)
  table.add('other_tenant', tokens.otherTenant)
  const serverState: ServerState = {
    behaviour,
    store,
    tokens: table,
    heartbeatMs: 600_000,
    memory: new Map(),
    requests: 0,
  }
  const connections = new Map<number, MemorySocket>()

  function start(request: RawRequest, socket: MemorySocket) {
    const from = socket.written.length
    const message = new IncomingMessage(socket)
    message.method = request.method
    message.url = request.query === '' ? request.path : `${request.path}?${request.query}`
    message.httpVersion = '1.1'
    message.httpVersionMajor = 1
    message.httpVersionMinor = 1
    message.rawHeaders = request.headers.flat()
    const response = new ServerResponse(message)
    response.useChunkedEncodingByDefault = false
    response.sendDate = false
    response.assignSocket(socket)
    // As an HTTP server does for its responses: writers that wait for room are notified.
    const drained = () => response.emit('drain')
    socket.on('drain', drained)
    const handled = handleRequest(serverState, { discovery: true }, message, response)
    const read = (): RawAnswer => {
      const bytes = Buffer.concat(socket.written.slice(from))
      const blank = bytes.indexOf('\r\n\r\n')
      const end = response.writableEnded
        ? 'whole'
        : socket.destroyed
          ? 'cut'
          : response.headersSent
            ? 'open'
            : 'none'
      if (blank === -1) return { head: '', body: bytes, end }
      return { head: bytes.toString('latin1', 0, blank), body: bytes.subarray(blank + 4), end }
    }
    const close = () => {
      socket.off('drain', drained)
      if (response.writableEnded) response.detachSocket(socket)
      else socket.destroy()
    }
    return { response, handled, read, close }
  }

  return {
    async ask(request, connection) {
      const known = connection === undefined ? undefined : connections.get(connection)
      const socket = known === undefined || known.destroyed ? new MemorySocket() : known
      if (connection !== undefined) connections.set(connection, socket)
      const { response, handled, read, close } = start(request, socket)
      let done = false
      void handled.then(() => {
        done = true
      })
      await settled(
        () => done || response.writableEnded,
        () => socket.written.length,
      )
      const answer = read()
      close()
      return answer
    },
    open(request) {
      const { read, close } = start(request, new MemorySocket())
      return { read, close }
    },
    async append(sessionId, threadId, events) {
      const session = store.sessions.get(sessionId)
      const thread = session?.threads.get(threadId)
      if (session !== undefined && thread !== undefined)
        await behaviour.append(serverState, session, thread, events)
    },
    async remove(sessionId) {
      await behaviour.remove(serverState, sessionId)
    },
    async put(session) {
      await behaviour.put(serverState, session)
    },
  }
}

/** A store that holds a world as this behaviour sorts it. */
export function filledStore(world: World, behaviour: Behaviour): Store {
  return new Store(world, behaviour)
}

/** Turns of the event loop without a byte after which an open answer has nothing more to say. */
const quietTurns = 2
/** Turns without a first byte, of a timer so that waiting costs nothing: some faults wait a moment, some forever. */
const silentTurns = 40
const silentTurnMs = 2

async function settled(done: () => boolean, written: () => number): Promise<void> {
  // Most answers are whole after a few microtasks.
  for (let turn = 0; turn < 20; turn++) {
    if (done()) return
    await Promise.resolve()
  }
  for (let quiet = 0, silent = 0, seen = -1; !done() && quiet < quietTurns; ) {
    await new Promise(setImmediate)
    const now = written()
    if (now === 0 && silent < silentTurns) {
      silent++
      if (silent > quietTurns) await delay(silentTurnMs)
      continue
    }
    quiet = now === seen ? quiet + 1 : 0
    seen = now
  }
}

/** A connection whose other end is memory. */
class MemorySocket extends Socket {
  readonly written: Buffer[] = []

  override _write(chunk: Uint8Array | string, encoding: BufferEncoding, done: () => void): void {
    this.written.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk))
    done()
  }

  override _writev(
    chunks: { chunk: Uint8Array | string; encoding: BufferEncoding }[],
    done: () => void,
  ): void {
    for (const { chunk, encoding } of chunks)
      this.written.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk))
    done()
  }
}
