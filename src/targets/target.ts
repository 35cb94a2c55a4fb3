import type { Config, Proxies } from '../config/load.ts'

/** Who answers, and what is known of it before anything is asked. */
export interface Target {
  readonly baseUrl: string
  readonly embedded: boolean
  readonly token: string
  readonly expiredToken: string | undefined
  readonly otherTenantToken: string | undefined
  readonly controlUrl: string | undefined
  readonly controlToken: string | undefined
  readonly headers: readonly (readonly [string, string])[]
  readonly proxy: Proxies
  readonly ids: {
    readonly sessionId: string | undefined
    readonly threadId: string | undefined
    readonly siblingThreadId: string | undefined
    readonly otherSessionId: string | undefined
    readonly otherThreadId: string | undefined
  }
}

/** The configured target, or `undefined` when the embedded server is to be judged. */
export function configuredTarget(config: Config): Target | undefined {
  const { CONFORMANCE_BASE_URL: baseUrl, CONFORMANCE_TOKEN: token } = config
  if (baseUrl === undefined || token === undefined) return undefined
  return {
    baseUrl,
    embedded: false,
    token,
    expiredToken: config.CONFORMANCE_EXPIRED_TOKEN,
    otherTenantToken: config.CONFORMANCE_OTHER_TENANT_TOKEN,
    controlUrl: config.CONFORMANCE_CONTROL_URL,
    controlToken: config.CONFORMANCE_CONTROL_TOKEN,
    headers: config.CONFORMANCE_HEADERS,
    proxy: config.proxy,
    ids: {
      sessionId: config.CONFORMANCE_SESSION_ID,
      threadId: config.CONFORMANCE_THREAD_ID,
      siblingThreadId: config.CONFORMANCE_SIBLING_THREAD_ID,
      otherSessionId: config.CONFORMANCE_OTHER_SESSION_ID,
      otherThreadId: config.CONFORMANCE_OTHER_THREAD_ID,
    },
  }
}
