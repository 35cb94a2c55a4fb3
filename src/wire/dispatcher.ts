import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'

/** Proxies as CI runners name them. */
export interface ProxySettings {
  readonly http: string | undefined
  readonly https: string | undefined
  readonly no: string | undefined
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * The HTTP client's connections to one target. Deadlines are the caller's, so the client has none of its own
 * but for connecting. A loopback target is never asked through a proxy.
 */
export function createDispatcher(
  base: URL,
  proxy: ProxySettings,
  connections: number,
  connectTimeoutMs: number,
): Dispatcher {
  const options: Agent.Options = {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 256 * 1024,
    connect: { timeout: connectTimeoutMs },
  }
  const proxied = proxy.http !== undefined || proxy.https !== undefined
  if (!proxied || loopback.test(base.hostname)) return new Agent(options)
  return new EnvHttpProxyAgent({
    ...options,
    ...(proxy.http === undefined ? {} : { httpProxy: proxy.http }),
    ...(proxy.https === undefined ? {} : { httpsProxy: proxy.https }),
    noProxy: proxy.no ?? '',
  })
}
