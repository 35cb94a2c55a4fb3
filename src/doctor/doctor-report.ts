import { requirementOf } from '../contract/catalogue.ts'
import { revisionAdvice, spokenRevision } from '../oracle/spoken-revision.ts'
import type { PreparedTarget } from '../runner/prepare/prepare-target.ts'
import type { RunPlan } from '../runner/run-plan.ts'
import type { Spec } from '../spec-dsl/spec-items.ts'
import type { Exchange } from '../wire/exchange.ts'
import { clockSign } from './clock-sign.ts'
import { connectionSigns } from './connection-signs.ts'
import { dataSigns } from './data-signs.ts'
import { rateSign } from './rate-sign.ts'
import { type Shortfall, shortfalls } from './shortfall.ts'
import type { Sign } from './sign.ts'
import { streamSign } from './stream-sign.ts'

/** Whether a run can judge the target, and why. */
export interface DoctorReport {
  readonly format: 'thread-events-conformance-doctor/1'
  readonly base_url: string
  readonly embedded: boolean
  /** 0: a run can judge the target; 3: it cannot. */
  readonly exit_code: 0 | 3
  readonly sentence: string
  readonly advice: string | null
  readonly signs: readonly Sign[]
  readonly inconclusive: readonly Shortfall[]
  /** About how many requests a run would make; `null` where there is an obstacle. */
  readonly expected_requests: number | null
  /** How many requests this look took. */
  readonly requests: number
}

/** What was found out about a target before any check. */
export interface Examination {
  readonly plan: RunPlan
  readonly prepared: PreparedTarget
  /** Our clock when the client was made, in milliseconds since 1970. */
  readonly began: number
  readonly specs: readonly Spec[]
  readonly expectedRequests: number | undefined
  readonly requireConclusive: boolean
}

/** Puts together what was found out. */
export function doctorReport(examination: Examination): DoctorReport {
  const { plan, prepared, began, specs, expectedRequests, requireConclusive } = examination
  const { client, state, obstacle } = prepared
  const { baseUrl, embedded } = plan.target
  const { exchanges } = client
  const greeting = exchanges.find(({ purpose }) => purpose === 'preflight')
  if (greeting === undefined) throw new Error('The target was prepared without a first request.')
  const lists = exchanges.filter(({ purpose }) => purpose === 'list')
  const inconclusive = obstacle === undefined ? shortfalls(specs, plan.only, state) : []
  const open = inconclusive
    .flatMap(({ requirements }) => requirements)
    .filter((id) => requirementOf(id).level === 'MUST').length
  const lacking = requireConclusive && open > 0
  return {
    format: 'thread-events-conformance-doctor/1',
    base_url: baseUrl,
    embedded,
    exit_code: obstacle !== undefined || lacking ? 3 : 0,
    sentence:
      obstacle?.problem ??
      (lacking
        ? `A run would leave ${open} MUST requirements inconclusive, and --require-conclusive is set.`
        : 'A run can judge this target.'),
    advice: obstacle?.advice ?? (lacking ? 'Provide what is missing, or drop --require-conclusive.' : null),
    signs: [
      ...revisionSign(prepared),
      ...connectionSigns(greeting, new URL(baseUrl), obstacle, exchanges),
      ...(obstacle === undefined ? dataSigns(state, plan.target.ids) : []),
      ...(state.stream === undefined ? [] : [streamSign(state.stream, lists)]),
      ...(greeting.response === undefined ? [] : [clockSign(exchanges, began)]),
      ...rateSign(exchanges),
      ...requestsSign(expectedRequests, plan, exchanges),
    ],
    inconclusive,
    expected_requests: expectedRequests ?? null,
    requests: client.traffic().requests,
  }
}

function revisionSign({ routeClient }: PreparedTarget): Sign[] {
  const { revision } = routeClient
  const spoken = spokenRevision(routeClient.history().lists, revision)
  if (spoken === undefined) return []
  return [{ name: 'revision', state: 'note', text: revisionAdvice(spoken.name, revision.name) }]
}

function requestsSign(
  expected: number | undefined,
  { maxRps, concurrency }: Pick<RunPlan, 'maxRps' | 'concurrency'>,
  exchanges: readonly Exchange[],
): Sign[] {
  if (expected === undefined) return []
  const bySpeed = expectedSeconds(expected, concurrency, exchanges) ?? 0
  const byRate = maxRps === undefined ? 0 : Math.ceil(expected / maxRps)
  const seconds = Math.max(bySpeed, byRate)
  const length = seconds === 0 ? '' : ` within about ${seconds} s`
  const rate = byRate > bySpeed ? ` at ${maxRps} requests per second` : ''
  const text = `about ${Number(expected.toPrecision(2))} in a run${length}${rate}, more if checks fail and are repeated`
  return [{ name: 'requests', state: 'ok', text }]
}

/** How long this many requests take, judged by the median response time so far. */
function expectedSeconds(
  expected: number,
  concurrency: number,
  exchanges: readonly Exchange[],
): number | undefined {
  const times = exchanges.flatMap(({ stream, response, totalMs }) =>
    stream === undefined && response !== undefined ? [totalMs] : [],
  )
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]
  return median === undefined ? undefined : Math.max(1, Math.ceil((expected * median) / concurrency / 1_000))
}
