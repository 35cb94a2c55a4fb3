import { createServer, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'

/** A server on a free loopback port. */
export interface Running {
  readonly port: number
  close(): Promise<void>
}

const credentials = { user: 'suite', password: 'proxy-password' }
const expected = `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`

/** The address of the proxy with its credentials. */
export function proxyUrl({ port }: Running): string {
  return `http://${credentials.user}:${credentials.password}@127.0.0.1:${port}`
}

/** Starts a forward proxy that requires credentials, and opens every tunnel to one port, whatever the host. */
export async function forwardProxy(port: number): Promise<Running & { readonly tunnels: () => number }> {
  let tunnels = 0
  const sockets = new Set<Socket>()
  // The suite tunnels plain HTTP too.
  const server = createServer((_request, response) => response.writeHead(501).end())
  server.on('connect', (request, socket: Socket) => {
    socket.on('error', () => socket.destroy())
    if (request.headers['proxy-authorization'] !== expected)
      return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    tunnels += 1
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    for (const end of [socket, onward]) {
      sockets.add(end)
      end.on('error', () => end.destroy())
      end.on('close', () => {
        socket.destroy()
        onward.destroy()
      })
    }
    return socket
  })
  return { ...(await started(server, sockets)), tunnels: () => tunnels }
}

/** Resolves once the server listens. */
export async function started(server: Server, sockets: ReadonlySet<Socket> = new Set()): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
