import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import type { Override } from '../../src/reference/behaviour.ts'
import { startReferenceServer } from '../../src/reference/server.ts'
import type { World } from '../../src/reference/world/world.ts'
import { namedWorld } from '../../src/reference/world/worlds.ts'
import type { OpenServer } from './hostile-server.ts'

/** Ids for targets that cannot be asked for any. */
export const someIds = { sessionId: 'sess_0123456789abcdef', threadId: 'sthr_0123456789abcdef' }

/** Two sessions with three threads: enough for every kind of request, and for no more requests than needed. */
export function smallWorld(): World {
  const world = namedWorld('twenty-one-events')
  if (world === undefined) throw new Error('The world is gone.')
  return world
}

/** The reference server with a change that makes it hostile; what is not changed conforms. */
export async function conformantExcept(override: Override): Promise<OpenServer> {
  const server = await startReferenceServer({ behaviour: override, world: smallWorld() })
  return { baseUrl: server.baseUrl, token: server.token, close: () => server.close() }
}

/** A server that writes to its sockets directly. `request` is one chunk of received data. */
export function rawTarget(
  talk: (socket: Socket, request: string) => void,
  accept: (socket: Socket) => void = () => undefined,
): Promise<OpenServer> {
  const server = createTcpServer((socket) => {
    socket.on('data', (chunk) => talk(socket, chunk.toString('latin1')))
    accept(socket)
  })
  return opened(server, someIds)
}

/** An ordinary HTTP server that answers as it likes. */
export function httpTarget(answer: RequestListener, ids: OpenServer['ids'] = someIds): Promise<OpenServer> {
  return opened(createServer(answer), ids)
}

/** Puts a server on a free loopback port. Closing it ends its connections at once. */
export async function opened(
  server: Server,
  ids: OpenServer['ids'] = someIds,
  scheme: 'http' | 'https' = 'http',
): Promise<OpenServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    // The suite closes connections early, which is not an error of the target.
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  const host = scheme === 'http' ? '127.0.0.1' : 'localhost'
  return {
    baseUrl: `${scheme}://${host}:${address.port}/v1`,
    ...(ids === undefined ? {} : { ids }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
