import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net'
import { type ClientOptions, createClient, type Limits, type WireClient } from './client.ts'
import { SecretRegistry } from './secrets.ts'

const closers: (() => unknown)[] = []

/** Ends all that the test opened: to be run after each test. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close()
}

const limits: Limits = {
  timeoutMs: 5_000,
  streamFirstByteMs: 5_000,
  streamIdleMs: 5_000,
  streamTotalMs: 5_000,
  maxBodyBytes: 100_000,
  keepBodyChars: 1_000,
  concurrency: 4,
  maxRps: undefined,
  maxRateLimitWaitMs: 1_000,
}

/** A client of an address. */
export function clientOf(
  base: URL,
  more: Partial<Limits> = {},
  options: Partial<ClientOptions> = {},
): WireClient {
  const client = createClient({
    base,
    token: 'pat_0123456789abcdef0123',
    headers: [],
    proxy: { http: undefined, https: undefined, no: undefined },
    secrets: new SecretRegistry(),
    userAgent: 'test',
    runId: 'run',
    limits: { ...limits, ...more },
    ...options,
  })
  closers.push(() => client.close())
  return client
}

/** Address of a new HTTP server. */
export async function httpServer(answer: RequestListener): Promise<URL> {
  const server = createServer(answer)
  closers.push(() => server.closeAllConnections())
  return opened(server)
}

/** Address of a new server that talks to its sockets itself; `request` is what came in one piece. */
export async function rawServer(talk: (socket: Socket, request: string) => void): Promise<URL> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => talk(socket, chunk.toString('latin1')))
  })
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
  })
  return opened(server)
}

/** A client of a new HTTP server. */
export async function http(answer: RequestListener, more: Partial<Limits> = {}): Promise<WireClient> {
  return clientOf(await httpServer(answer), more)
}

/** A client of a new server that talks to its sockets itself. */
export async function raw(
  talk: (socket: Socket, request: string) => void,
  more: Partial<Limits> = {},
): Promise<WireClient> {
  return clientOf(await rawServer(talk), more)
}

async function opened(server: Server | TcpServer): Promise<URL> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(resolve)))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return new URL(`http://127.0.0.1:${address.port}/v1`)
}
