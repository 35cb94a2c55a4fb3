import { createServer } from 'node:http'
import type { Override } from './behaviour.ts'
import { handleRequest, type Offer } from './http/handle-request.ts'
import { refuseConnect, refuseMalformed } from './http/refuse-malformed.ts'
import type { ServerState } from './request-context.ts'
import { overridesOf } from './revisions/index.ts'
import { combined, standardBehaviour, withOverride } from './standard-behaviour.ts'
import { Store } from './store/store.ts'
import { newToken, TokenTable } from './store/token-table.ts'
import { defaultWorld } from './world/default-world.ts'
import type { World } from './world/world.ts'

/** A server that runs. */
export interface RunningReferenceServer {
  /** `http://HOST:PORT/v1` */
  readonly baseUrl: string
  /** `http://HOST:PORT/control` */
  readonly controlUrl: string
  readonly token: string
  readonly controlToken: string
  readonly expiredToken: string
  readonly otherTenantToken: string
  /** Ends open streams and connections at once. */
  close(): Promise<void>
}

export interface ReferenceOptions {
  /** What the server holds at first; by default {@link defaultWorld}. */
  readonly world?: World
  /** The revision that it implements. Default: `2026-06`. */
  readonly revision?: string | undefined
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Changes to the standard behaviour: a fault, a variant, or several of them, applied in this order. */
  readonly behaviour?: Override | readonly Override[]
  /** Milliseconds between heartbeats of a stream; default 15 000. */
  readonly heartbeatMs?: number
  /** The active token; by default a new random one. */
  readonly token?: string
  /** The token of the control protocol; by default a new random one. */
  readonly controlToken?: string
  /** Whether the control protocol is offered; default true. */
  readonly control?: boolean
  /** Whether sessions and threads can be listed; default true. */
  readonly discovery?: boolean
}

/** Connections, streams among them, that are held at a time; further ones are closed at once. */
const mostConnections = 4_096

/**
 * Starts a server that offers the list and the stream of thread events as the contract asks, or with one
 * change to it. Resolves once it listens; rejects when it cannot.
 */
export async function startReferenceServer(options: ReferenceOptions = {}): Promise<RunningReferenceServer> {
  const { port = 0, host = '127.0.0.1', heartbeatMs = 15_000, control = true, discovery = true } = options
  const changes = options.behaviour ?? []
  const behaviour = withOverride(
    combined([...overridesOf(options.revision), ...(typeof changes === 'function' ? [changes] : changes)]),
    standardBehaviour,
  )
  const tokens = new TokenTable()
  const token = tokens.add('active', options.token)
  const expiredToken = tokens.add('expired')
  const otherTenantToken = tokens.add('other_tenant')
  const controlToken = options.controlToken ?? newToken('ctl')
  const store = new Store(options.world ?? defaultWorld(), behaviour)
  const serverState: ServerState = { behaviour, store, tokens, heartbeatMs, memory: new Map(), requests: 0 }
  const offer: Offer = control ? { controlToken, discovery } : { discovery }

  // A long path or header must come as far as the error envelope. The Host header is checked with the rest.
  const server = createServer({ maxHeaderSize: 65_536, requireHostHeader: false, keepAliveTimeout: 60_000 })
  server.maxConnections = mostConnections
  for (const name of ['request', 'checkExpectation'])
    server.on(name, (message, response) => void handleRequest(serverState, offer, message, response))
  server.on('clientError', refuseMalformed)
  server.on('connect', refuseConnect)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`
  return {
    baseUrl: `${origin}/v1`,
    controlUrl: `${origin}/control`,
    token,
    controlToken,
    expiredToken,
    otherTenantToken,
    close() {
      store.dismiss()
      return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}
