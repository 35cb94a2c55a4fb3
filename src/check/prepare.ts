import { packageVersion } from '../contract/package-root.ts'
import { type ClientOptions, createClient, type WireClient } from '../wire/client.ts'
import { SecretRegistry } from '../wire/secrets.ts'
import { Asker } from './asker.ts'
import { discover } from './discover.ts'
import { Witness } from './evidence.ts'
import type { Facts } from './facts.ts'
import { measureGrowth } from './growth.ts'
import { type Lab, openLab } from './lab.ts'
import type { Plan } from './plan.ts'
import { brokenControl, noThread, type Obstacle, obstacleIn, preflight } from './preflight.ts'
import { probeCapabilities } from './probe-capabilities.ts'
import { Reading } from './reading.ts'
import { findReplicas } from './replicas.ts'
import type { RunBudget } from './run-budget.ts'
import { SessionKeeper } from './session-keeper.ts'
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

/**
 * Finds the ids, asks whether the target answers at all, and reads what all checks share.
 * @param onExchange told of every exchange, of the checks' too, once it is over
 */
export async function prepare(
  plan: Plan,
  budget: Pick<RunBudget, 'signal' | 'spend'>,
  onExchange?: ClientOptions['onExchange'],
): Promise<Prepared> {
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
    signal: budget.signal,
    onSend: (id) => witness.sent(id),
    onExchange: (exchange) => {
      witness.saw(exchange)
      budget.spend(exchange)
      onExchange?.(exchange)
    },
    limits: {
      timeoutMs: plan.timeoutMs,
      streamFirstByteMs: plan.timeoutMs,
      streamIdleMs: plan.streamIdleMs,
      streamTotalMs: plan.streamTotalMs,
      maxBodyBytes: plan.maxBodyBytes,
      // Far more than the events that are known, and never so many that they fill the memory.
      maxFrames: 1_000 + 10 * plan.maxEvents,
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
  if (lab.keeper instanceof SessionKeeper && !unknownIds) lab.keeper.resemble({ sessionId, threadId })
  const obstacle =
    obstacleIn(greeting, target.baseUrl, { configured, found: !unknownIds, ...named }) ??
    (await obstacleOf(lab, target.embedded)) ??
    (unknownIds && !(lab.keeper instanceof SessionKeeper)
      ? noThread(client.exchanges, target.baseUrl, places.problem ?? 'a thread')
      : undefined)
  const base = {
    ...named,
    threadProblem: places.problem,
    lab,
    other: places.other,
    knownIds: places.known,
    searchStopped: places.stopped,
    tokens: { active: target.token, expired: target.expiredToken, otherTenant: target.otherTenantToken },
  }
  if (obstacle !== undefined || unknownIds)
    return {
      client,
      asker,
      obstacle,
      witness,
      facts: { ...base, thread: undefined, stream: undefined, sibling: undefined, capabilities: [] },
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
  const capabilities = thread.problem === undefined ? await probeCapabilities(asker, thread) : []
  const growth = await measureGrowth(asker, thread)
  const replicas = await findReplicas(asker, thread)
  return {
    client,
    asker,
    obstacle,
    witness,
    facts: { ...base, thread, stream, sibling, capabilities, growth, replicas },
  }
}

// The embedded server's control routes are the suite's own.
async function obstacleOf({ keeper }: Lab, embedded: boolean): Promise<Obstacle | undefined> {
  if (embedded || !(keeper instanceof SessionKeeper)) return undefined
  const failure = await keeper.tryOut()
  return failure === undefined ? undefined : brokenControl(failure)
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

// A target may repeat a single cookie of several, or the credentials without their scheme.
function partsOf(headerValue: string): string[] {
  const parts = headerValue.split(/;\s*/).flatMap((pair) => [pair.slice(pair.indexOf('=') + 1)])
  return [...parts, headerValue.slice(headerValue.indexOf(' ') + 1)].filter(
    (part) => part.length >= shortestPart,
  )
}

/** Anything shorter is as likely a word as a secret. */
const shortestPart = 12

function secretsOf({ target }: Plan): SecretRegistry {
  const secrets = new SecretRegistry()
  secrets.add('CONFORMANCE_TOKEN', target.token)
  if (target.expiredToken !== undefined) secrets.add('CONFORMANCE_EXPIRED_TOKEN', target.expiredToken)
  if (target.otherTenantToken !== undefined)
    secrets.add('CONFORMANCE_OTHER_TENANT_TOKEN', target.otherTenantToken)
  if (target.controlToken !== undefined) secrets.add('CONFORMANCE_CONTROL_TOKEN', target.controlToken)
  for (const [at, [, value]] of target.headers.entries())
    for (const secret of [value, ...partsOf(value)]) secrets.add(`CONFORMANCE_HEADERS_${at + 1}`, secret)
  return secrets
}
