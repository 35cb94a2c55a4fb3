import { RouteClient } from '../src/targets/route-client.ts'
import { ThreadSnapshot } from '../src/targets/thread-snapshot.ts'
import { createClient } from '../src/wire/client.ts'
import { SecretRegistry } from '../src/wire/secrets.ts'
import { place } from './long-thread.ts'

/** The suite's own way to read a thread: client, records, redaction and reading, as a run puts them together. */
export function createReader(baseUrl: string) {
  const secrets = new SecretRegistry()
  for (const [at, name] of [
    'CONFORMANCE_TOKEN',
    'CONFORMANCE_EXPIRED_TOKEN',
    'CONFORMANCE_CONTROL_TOKEN',
  ].entries())
    secrets.add(name, `pat_${'0123456789abcdef'.repeat(2)}${at}`)
  const client = createClient({
    base: new URL(baseUrl),
    token: 'pat_0123456789abcdef0123456789abcdef0',
    headers: [],
    proxy: { http: undefined, https: undefined, no: undefined },
    secrets,
    userAgent: 'bench',
    runId: 'bench',
    limits: {
      timeoutMs: 600_000,
      streamFirstByteMs: 600_000,
      streamIdleMs: 600_000,
      streamTotalMs: 3_600_000,
      maxBodyBytes: 2_000_000_000,
      keepBodyChars: 16_000,
      concurrency: 8,
      maxRps: undefined,
      maxRateLimitWaitMs: 60_000,
    },
  })
  const routeClient = new RouteClient(client, secrets)
  const reading = new ThreadSnapshot(
    place,
    10_000_000,
    async (query, one, fresh) => (await routeClient.list(one, query, { fresh })).page,
  )
  return { client, routeClient, reading }
}
