import { packageVersion } from '../contract/package-root.ts'
import { createClient, type WireClient } from '../wire/client.ts'
import { SecretRegistry } from '../wire/secrets.ts'
import { Asker } from './asker.ts'
import { discover } from './discover.ts'
import { Witness } from './evidence.ts'
import type { Facts } from './facts.ts'
import { openLab } from './lab.ts'
import type { Plan } from './plan.ts'
import { type Obstacle, obstacleIn, preflight } from './preflight.ts'
import { Reading } from './reading.ts'
import { strangerLike } from './strangers.ts'

/** A target that is known and read as far as it can be. */
export interface Prepared {
  readonly client: WireClient
  readonly asker: Asker
  readonly facts: Facts
  readonly obstacle: Obstacle | undefined
  readonly witness: Witness
}

const keptBodyChars = 16_000
const lingerMs = 60

/** Ids of the usual form that no target has. */
const stranger = {
  sessionId: strangerLike('sess_019f00000000000000000000000000aa'),
  threadId: strangerLike('sthr_019f00000000000000000000000002bb'),
}

/** Finds the ids, asks whether the target answers at all, and reads what all checks share. */
export async function prepare(plan: Plan, signal?: AbortSignal): Promise<Prepared> {
  const { target } = plan
  const secrets = secretsOf(plan)
  const witness = new Witness()
  const client = createClient({
    base: new URL(target.baseUrl),
    token: target.token,
    headers: target.headers,
    proxy: target.proxy,
    secrets,
    userAgent: `thread-events-conformance/${packageVersion}`,
    runId: plan.runId,
    signal,
    onSend: (id) => witness.sent(id),
    onExchange: (exchange) => witness.saw(exchange),
    limits: {
      timeoutMs: plan.timeoutMs,
      streamFirstByteMs: plan.timeoutMs,
      streamIdleMs: plan.streamIdleMs,
      streamTotalMs: plan.streamTotalMs,
      maxBodyBytes: plan.maxBodyBytes,
      keepBodyChars: keptBodyChars,
      concurrency: plan.concurrency,
      maxRps: plan.maxRps,
      maxRateLimitWaitMs: plan.maxRateLimitWaitMs,
    },
  })
  const asker = new Asker(client, secrets)
  const lab = openLab(plan, client, secrets, witness)
  const { ids } = target
  const configured = ids.sessionId !== undefined && ids.threadId !== undefined
  const [places, greeting] = await Promise.all([
    discover(client, ids),
    preflight(client, { ...stranger, ...present(ids) }),
  ])
  const { sessionId, threadId } = places
  const unknownIds = sessionId === undefined || threadId === undefined
  const named = { sessionId: sessionId ?? stranger.sessionId, threadId: threadId ?? stranger.threadId }
  asker.setAddress(named.sessionId, named.threadId)
  const obstacle = obstacleIn(greeting, target.baseUrl, { configured, found: !unknownIds, ...named })
  const base = {
    ...named,
    threadProblem: places.problem,
    lab,
    other: places.other,
    tokens: { active: target.token, expired: target.expiredToken, otherTenant: target.otherTenantToken },
  }
  if (obstacle !== undefined || unknownIds)
    return {
      client,
      asker,
      obstacle,
      witness,
      facts: { ...base, thread: undefined, stream: undefined, sibling: undefined },
    }
  const read = (place: { sessionId: string; threadId: string }) => readOne(asker, place, plan.maxEvents)
  const [thread, sibling] = await Promise.all([
    read({ sessionId, threadId }),
    places.siblingThreadId === undefined ? undefined : read({ sessionId, threadId: places.siblingThreadId }),
  ])
  asker.setReadings([thread, ...(sibling === undefined ? [] : [sibling])])
  const stream = thread.problem === undefined ? await asker.stream(thread, { lingerMs }) : undefined
  thread.absorb(stream?.frames.flatMap(({ seen }) => seen ?? []) ?? [])
  asker.settle(thread)
  return { client, asker, obstacle, witness, facts: { ...base, thread, stream, sibling } }
}

function present({ sessionId, threadId }: Plan['target']['ids']) {
  return sessionId === undefined || threadId === undefined ? {} : { sessionId, threadId }
}

async function readOne(asker: Asker, place: { sessionId: string; threadId: string }, maxEvents: number) {
  const reading = new Reading(
    place,
    maxEvents,
    async (query, one, fresh) => (await asker.list(one, query, { fresh })).page,
  )
  await reading.load()
  asker.settle(reading)
  return reading
}

function secretsOf({ target }: Plan): SecretRegistry {
  const secrets = new SecretRegistry()
  secrets.add('CONFORMANCE_TOKEN', target.token)
  if (target.expiredToken !== undefined) secrets.add('CONFORMANCE_EXPIRED_TOKEN', target.expiredToken)
  if (target.otherTenantToken !== undefined)
    secrets.add('CONFORMANCE_OTHER_TENANT_TOKEN', target.otherTenantToken)
  if (target.controlToken !== undefined) secrets.add('CONFORMANCE_CONTROL_TOKEN', target.controlToken)
  for (const [at, [, value]] of target.headers.entries()) secrets.add(`CONFORMANCE_HEADERS_${at + 1}`, value)
  return secrets
}
