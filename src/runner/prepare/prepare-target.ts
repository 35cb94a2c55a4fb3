import { packageVersion } from '../../contract/package-root.ts'
import { largestLimit } from '../../oracle/pagination/list-query.ts'
import { readPage } from '../../oracle/pagination/page.ts'
import type { Obstacle } from '../../record/obstacle.ts'
import { RunRecorder } from '../../record/run-recorder.ts'
import { type ControlAccess, openControlAccess } from '../../targets/control-access.ts'
import { briefSearch, discover, type SearchExtent, wideSearch } from '../../targets/discovery.ts'
import { configuredTokens, furtherTokens } from '../../targets/further-tokens.ts'
import { measureGrowth } from '../../targets/growth.ts'
import { findInterference } from '../../targets/probe-interference.ts'
import { RouteClient } from '../../targets/route-client.ts'
import { SessionFixtures } from '../../targets/session-fixtures.ts'
import type { TargetState } from '../../targets/target-state.ts'
import { unknownIdLike } from '../../targets/unknown-ids.ts'
import { type ClientOptions, createClient, type WireClient } from '../../wire/client.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { SecretRegistry } from '../../wire/secrets.ts'
import type { RunBudget } from '../run-budget.ts'
import type { RunPlan } from '../run-plan.ts'
import { apiKeyObstacle } from './api-key.ts'
import { brokenControl, noThread, obstacleIn, preflight } from './preflight.ts'
import { type ReadExtent, readThreads } from './read-threads.ts'

/** A target that is known and read as far as it can be. */
export interface PreparedTarget {
  readonly client: WireClient
  readonly routeClient: RouteClient
  readonly state: TargetState
  readonly obstacle: Obstacle | undefined
  readonly recorder: RunRecorder
}

const keptBodyChars = 16_000

/** Ids of the usual form that no target has. */
const unknownPlace = {
  sessionId: unknownIdLike('sess_019f00000000000000000000000000aa'),
  threadId: unknownIdLike('sthr_019f00000000000000000000000002bb'),
}

/** How much of the target is read: all that the checks share, or only what `doctor` reports. */
type Extent = 'run' | 'look'

/** The most events of a thread that a look reads. */
const mostLookedAt = 300

/** The most events of a sibling that are read in a small run: one page. */
const onePage = largestLimit - 1

/**
 * Finds the ids, asks whether the target answers at all, and reads what all checks share.
 * @param onExchange called with every exchange, including those of the checks, once it is complete
 * @param extent whether a run follows
 */
export async function prepareTarget(
  plan: RunPlan,
  budget: Pick<RunBudget, 'signal' | 'spend' | 'useLastRequests' | 'exhaust' | 'tokenLost' | 'outage'>,
  onExchange?: ClientOptions['onExchange'],
  extent: Extent = 'run',
): Promise<PreparedTarget> {
  const { target } = plan
  const secrets = secretsOf(plan)
  const recorder = new RunRecorder()
  const client = createClient({
    base: new URL(target.baseUrl),
    token: target.token,
    headers: target.headers,
    proxy: target.proxy,
    secrets,
    userAgent: `thread-events-conformance/${packageVersion}`,
    runId: plan.runId,
    signal: budget.signal,
    onFewLeft: budget.useLastRequests,
    onExhausted: budget.exhaust,
    onTokenLost: (requests) => budget.tokenLost(requests),
    onOutage: (seen) => budget.outage(seen),
    onSend: (id) => recorder.recordRequest(id),
    onExchange: (exchange) => {
      recorder.recordExchange(exchange)
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
      maxRequests: plan.maxRequests,
      maxRateLimitWaitMs: plan.maxRateLimitWaitMs,
    },
  })
  let routeClient = new RouteClient(client, secrets, undefined, plan.revision)
  const controlAccess = openControlAccess(plan, client, secrets, recorder)
  const { ids } = target
  const configured = ids.sessionId !== undefined && ids.threadId !== undefined
  const counted = plan.maxRequests !== undefined
  const thrifty = counted || plan.only.length > 0
  const greet = () => preflight(client, { ...unknownPlace, ...present(ids) })
  const search = discover(client, ids, searchExtent(plan, extent), plan.revision)
  const early = thrifty ? undefined : greet()
  const places = await search
  // In a small run, the search reads the first page of its threads for the checks too.
  const pageOf = (threadId: string | undefined) =>
    thrifty && places.sessionId !== undefined && threadId !== undefined
      ? listIn(places.firstPage({ sessionId: places.sessionId, threadId }))
      : undefined
  const greeting = (await early) ?? pageOf(places.threadId) ?? (await greet())
  const { sessionId, threadId } = places
  const unknownIds = sessionId === undefined || threadId === undefined
  const named = {
    sessionId: sessionId ?? unknownPlace.sessionId,
    threadId: threadId ?? unknownPlace.threadId,
  }
  routeClient.setAddress(named.sessionId, named.threadId)
  if (controlAccess.sessionFixtures instanceof SessionFixtures && !unknownIds)
    controlAccess.sessionFixtures.resemble({ sessionId, threadId })
  const obstacle =
    (await apiKeyObstacle(client, named, target.token, target.baseUrl)) ??
    obstacleIn(greeting, target.baseUrl, { configured, found: !unknownIds, ...named }) ??
    (await obstacleOf(controlAccess, target.embedded)) ??
    (unknownIds && !(controlAccess.sessionFixtures instanceof SessionFixtures)
      ? noThread(client.exchanges, target.baseUrl, places.problem ?? 'a thread')
      : undefined)
  const base = {
    ...named,
    threadProblem: places.problem,
    controlAccess,
    other: places.other,
    knownIds: places.known,
    searchStopped: places.stopped,
    counted,
    tokens:
      obstacle === undefined ? await furtherTokens(plan, controlAccess, secrets) : configuredTokens(plan),
  }
  if (obstacle !== undefined || unknownIds)
    return {
      client,
      routeClient,
      obstacle,
      recorder,
      state: { ...base, thread: undefined, stream: undefined, sibling: undefined, capabilities: [] },
    }
  const brief = extent === 'look' || counted || (thrifty && !plan.only.some(needsWholeSibling))
  const asked = extent === 'run'
  const probes = asked && (plan.only.length === 0 || plan.only.some(usesFeatures))
  const read = (firstPages: typeof pageOf) =>
    readThreads(routeClient, {
      thread: { sessionId, threadId },
      siblingThreadId: places.siblingThreadId,
      extent: asked ? { most: plan.maxEvents, bothWays: true } : look(plan),
      siblingExtent: brief ? { most: onePage, bothWays: false } : { most: plan.maxEvents, bothWays: true },
      pageOf: firstPages,
      probes,
      thrifty,
    })
  let reading = await read(pageOf)
  // A run of a few requirements makes no further requests for it.
  const looks = probes && (plan.only.length === 0 || reading.thread.problem === undefined)
  const interference = looks ? await findInterference(routeClient, reading, thrifty) : undefined
  if (interference !== undefined) {
    client.serialise()
    // Responses until now may belong to other requests.
    routeClient = new RouteClient(client, secrets, undefined, plan.revision, client.exchanges.length)
    routeClient.setAddress(named.sessionId, named.threadId)
    reading = await read(() => undefined)
  }
  const growth = asked ? await measureGrowth(routeClient, reading.thread) : undefined
  return {
    client,
    routeClient,
    obstacle,
    recorder,
    state: {
      ...base,
      ...reading,
      ...(interference === undefined
        ? {}
        : { interference, controlAccess: { ...controlAccess, concurrency: 1 } }),
      growth,
    },
  }
}

function look({ maxEvents }: RunPlan): ReadExtent {
  return { most: Math.min(maxEvents, mostLookedAt), bothWays: false }
}

/** The share of its requests that a run with a budget spends on the search for threads. */
const searchShare = 1 / 4
/** How many requests a look spends on it: with ids, only the neighbours of the thread are missing. */
const lookedFor = { withIds: 8, withoutIds: 22 }

function searchExtent({ maxRequests, only, target: { ids } }: RunPlan, extent: Extent): SearchExtent {
  if (extent === 'look')
    return briefSearch(ids.threadId === undefined ? lookedFor.withoutIds : lookedFor.withIds)
  const most = wideSearch.mostRequests
  if (maxRequests === undefined) return only.length === 0 ? wideSearch : briefSearch(most)
  return briefSearch(Math.min(most, Math.max(lookedFor.withIds, Math.floor(maxRequests * searchShare))))
}

/** Whether what is selected, an area or a requirement, is judged by all events of another thread. */
function needsWholeSibling(name: string): boolean {
  return name === 'isolation' || name.startsWith('ISO')
}

/** Whether requests of what is selected, an area or a requirement, use more than the ids of the path. */
function usesFeatures(name: string): boolean {
  return !/^NFD-0[1-4]$/.test(name)
}

function listIn(exchange: Exchange | undefined): Exchange | undefined {
  return exchange === undefined || typeof readPage(exchange) === 'string' ? undefined : exchange
}

// The embedded server's control routes are the suite's own.
async function obstacleOf(
  { sessionFixtures }: ControlAccess,
  embedded: boolean,
): Promise<Obstacle | undefined> {
  if (embedded || !(sessionFixtures instanceof SessionFixtures)) return undefined
  const failure = await sessionFixtures.tryOut()
  return failure === undefined ? undefined : brokenControl(failure)
}

function present({ sessionId, threadId }: RunPlan['target']['ids']) {
  return sessionId === undefined || threadId === undefined ? {} : { sessionId, threadId }
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

function secretsOf({ target }: RunPlan): SecretRegistry {
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
