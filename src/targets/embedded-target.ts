import type { Config } from '../config/load.ts'
import { type ReferenceOptions, startReferenceServer } from '../reference/server.ts'
import { defaultWorld } from '../reference/world/default-world.ts'
import { inInsertionOrder } from '../reference/world/insertion-order.ts'
import { configuredTarget, type Target } from './target.ts'

const noProxy = { http: undefined, https: undefined, no: undefined }
const unknownIds = {
  sessionId: undefined,
  threadId: undefined,
  siblingThreadId: undefined,
  otherSessionId: undefined,
  otherThreadId: undefined,
}

/** Starts the reference server on a free loopback port, as a target whose events did not arrive in order. */
export async function embeddedTarget(
  options: ReferenceOptions = {},
): Promise<{ readonly target: Target; close(): Promise<void> }> {
  const server = await startReferenceServer({
    ...options,
    world: inInsertionOrder(options.world ?? defaultWorld()),
  })
  const target: Target = {
    baseUrl: server.baseUrl,
    embedded: true,
    token: server.token,
    expiredToken: server.expiredToken,
    otherTenantToken: server.otherTenantToken,
    controlUrl: options.control === false ? undefined : server.controlUrl,
    controlToken: server.controlToken,
    headers: [],
    proxy: noProxy,
    ids: unknownIds,
  }
  return { target, close: () => server.close() }
}

/** Opens the configured target, or the embedded server if none is configured. */
export async function openTarget(
  config: Config,
): Promise<{ readonly target: Target; close(): Promise<void> }> {
  const target = configuredTarget(config)
  return target === undefined
    ? embeddedTarget({ revision: config.CONFORMANCE_REVISION })
    : { target, close: () => Promise.resolve() }
}
