import { createServer, request as forward, type Server } from 'node:http'
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

/**
 * Starts a forward proxy that requires credentials and passes everything on to one port, whatever the host: in a
 * tunnel and in plain HTTP.
 */
export async function forwardProxy(port: number): Promise<Running & { readonly tunnels: () => number }> {
  let tunnels = 0
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    if (request.headers['proxy-authorization'] !== expected) return response.writeHead(407).end()
    const { pathname, search } = new URL(request.url ?? '/', 'http://api.example')
    const onward = forward(
      { port, method: request.method, path: pathname + search, headers: request.rawHeaders },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.rawHeaders)
        answer.pipe(response)
      },
    )
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    return request.pipe(onward)
  })
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
