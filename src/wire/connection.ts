import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { isLoopback } from './loopback.ts'

/** Proxies as CI runners name them. */
export interface ProxySettings {
  readonly http: string | undefined
  readonly https: string | undefined
  readonly no: string | undefined
}

/** A single kept-alive connection, reopened after the target has closed it. */
export interface Connection {
  readonly dispatcher: Dispatcher
  /** Host and port of the proxy that it goes through, where it goes through one. */
  readonly proxy?: string
  /** Whether it is open now, as far as can be seen: what a proxy holds open cannot, and counts as open. */
  isOpen(): boolean
  close(): Promise<void>
}

/**
 * A way to the target with one connection. Deadlines are the caller's, so the HTTP client has none of its own
 * but for connecting. A loopback target is never requested through a proxy.
 */
export function createConnection(base: URL, proxy: ProxySettings, connectTimeoutMs: number): Connection {
  const options: Agent.Options = {
    connections: 1,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 256 * 1024,
    connect: { timeout: connectTimeoutMs },
  }
  const through = base.protocol === 'https:' ? proxy.https : proxy.http
  if (through !== undefined && !isLoopback(base.hostname)) {
    const uri = /^[a-z][a-z\d+.-]*:\/\//i.test(through) ? through : `http://${through}`
    const dispatcher = new EnvHttpProxyAgent({
      ...options,
      httpProxy: uri,
      httpsProxy: uri,
      noProxy: proxy.no ?? '',
    })
    const via = isExcepted(base.hostname, proxy.no) ? {} : { proxy: new URL(uri).host }
    return { dispatcher, ...via, isOpen: () => true, close: () => dispatcher.destroy() }
  }
  const dispatcher = new Agent(options)
  let open = false
  dispatcher.on('connect', () => {
    open = true
  })
  dispatcher.on('disconnect', () => {
    open = false
  })
  return { dispatcher, isOpen: () => open, close: () => dispatcher.destroy() }
}

// As the proxy agent reads NO_PROXY, without ports.
function isExcepted(host: string, no: string | undefined): boolean {
  const names = (no ?? '').split(/[,\s]/).map((name) => name.replace(/^\*?\./, '').replace(/:\d+$/, ''))
  return names.some((name) => name === '*' || (name !== '' && (host === name || host.endsWith(`.${name}`))))
}
