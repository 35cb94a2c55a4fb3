import type { RequirementId } from '../contract/catalogue.ts'
import { differenceOf } from '../oracle/difference.ts'
import type { History, ListExchange, StreamExchange } from '../oracle/history.ts'
import type { ListQuery } from '../oracle/pagination/list-query.ts'
import { idsOf, type Page } from '../oracle/pagination/page.ts'
import { possibleWindows } from '../oracle/pagination/page-window.ts'
import { expectedFrames } from '../oracle/stream/history-replay.ts'
import { frameId } from '../oracle/stream/read-frames.ts'
import { listViolation } from './list-violation.ts'
import { type Context, type Feature, featuresOf, rootOf } from './request-features.ts'
import { streamViolation } from './stream-violation.ts'
import type { Violation } from './violations.ts'

/**
 * What a target does with a feature. `ignored`: every answer is the one that the same request without it gets.
 * `refused`: every request with it is refused, and accepted without it. `wrong`: it has an effect, but not the right
 * one, in some or all cases. `unknown`: no answer tells.
 */
export type CapabilityState = 'works' | 'ignored' | 'refused' | 'wrong' | 'unknown'

/** What a target does with one feature, and an exchange that shows it. */
export interface Capability {
  readonly feature: Feature
  readonly state: CapabilityState
  /** The sequences on which an answer with this feature is right. */
  readonly usable: readonly Context[]
  /** The sequences on which no answer with this feature is right. */
  readonly unusable: readonly Context[]
  readonly exchange: number | undefined
}

type Effect = 'right' | 'ignored' | 'refused' | 'wrong'

interface Observation {
  readonly feature: Feature
  readonly context: Context
  readonly effect: Effect
  readonly exchange: number
  readonly size: number
  /** Whether the request uses no other feature that decides which events are due. */
  readonly alone: boolean
}

const contexts: readonly Context[] = ['asc', 'desc', 'stream']

const order: readonly Feature[] = [
  'limit',
  'order',
  'after_id',
  'before_id',
  'type',
  'types[]',
  'page',
  'Accept',
  'stream address',
  'Last-Event-ID',
]

/** Features that exist in some revisions only: of these, those are named that a request used. */
const optional: ReadonlySet<Feature> = new Set(['page', 'stream address'])

/**
 * Says of each feature what the target does with it, by the answers of a history.
 * @param violations what is wrong with these answers, each under its cause
 */
export function capabilitiesOf(history: History, violations: readonly Violation[]): Capability[] {
  const causes = new Map<number, Violation>()
  for (const violation of violations) causes.set(violation.exchange, violation)
  const plain = byRequest(history.lists)
  const seen = [
    ...history.lists.flatMap((list) => listEffects(list, plain, causes)),
    ...history.streams.flatMap((stream) => streamEffects(stream, causes)),
  ]
  return order
    .filter((feature) => !optional.has(feature) || seen.some((one) => one.feature === feature))
    .map((feature) => capabilityOf(feature, seen))
}

function capabilityOf(feature: Feature, all: readonly Observation[]): Capability {
  const seen = all.filter((one) => one.feature === feature).toSorted((a, b) => a.size - b.size)
  const unusable = contexts.filter((context) => {
    const here = seen.filter((one) => one.context === context)
    return here.length > 0 && here.every(({ effect }) => effect !== 'right')
  })
  const usable = contexts.filter((context) =>
    seen.some((one) => one.context === context && one.effect === 'right'),
  )
  const smallest = (effect: Effect) => seen.find((one) => one.effect === effect)?.exchange
  const effects = new Set(seen.map(({ effect }) => effect))
  if (effects.size === 0) return { feature, state: 'unknown', usable: [], unusable: [], exchange: undefined }
  if (effects.has('right')) {
    const bad = seen.find(({ effect }) => effect !== 'right')
    return {
      feature,
      state: bad === undefined ? 'works' : 'wrong',
      usable,
      unusable,
      exchange: bad?.exchange ?? smallest('right'),
    }
  }
  // What no request shows to work is unusable everywhere.
  const state = stateOf(seen)
  return { feature, state, usable: [], unusable: [...contexts], exchange: smallest(state) }
}

// A cursor that gives itself too gives the first page at the first event: only what is the same everywhere is ignored.
function stateOf(seen: readonly Observation[]): Exclude<Effect, 'right'> {
  const alone = seen.filter((one) => one.alone)
  const effects = new Set((alone.length > 0 ? alone : seen).map(({ effect }) => effect))
  if (effects.has('ignored')) return effects.has('wrong') ? 'wrong' : 'ignored'
  return effects.has('refused') ? 'refused' : 'wrong'
}

/** The requirement that a feature breaks which does not work on a sequence: where lists are filtered, SSE-06. */
export function rootIn(
  context: Context,
  feature: Feature,
  capabilities: readonly Capability[],
): RequirementId {
  const isFilter = feature === 'type' || feature === 'types[]'
  const isListed = capabilities.some((one) => one.feature === feature && one.usable.length > 0)
  return context === 'stream' && isFilter && isListed ? 'SSE-06' : rootOf[feature]
}

/** What several parts of a run showed of the features, in one. */
export function mergeCapabilities(parts: readonly (readonly Capability[])[]): Capability[] {
  const features = order.filter(
    (feature) => !optional.has(feature) || parts.some((part) => part.some((one) => one.feature === feature)),
  )
  return features.map((feature) => {
    const seen = parts.flatMap((part) => part.filter((one) => one.feature === feature))
    const usable = contexts.filter((context) => seen.some((one) => one.usable.includes(context)))
    const unusable = contexts.filter(
      (context) => !usable.includes(context) && seen.some((one) => one.unusable.includes(context)),
    )
    const known = seen.filter(({ state }) => state !== 'unknown')
    const bad = known.find(({ state }) => state !== 'works')
    const [first] = known
    const state = bad === undefined ? first?.state : usable.length > 0 ? 'wrong' : bad.state
    return { feature, state: state ?? 'unknown', usable, unusable, exchange: (bad ?? first)?.exchange }
  })
}

function listEffects(
  list: ListExchange,
  plain: ReadonlyMap<string, ListExchange>,
  causes: ReadonlyMap<number, Violation>,
): Observation[] {
  const { features, context } = featuresOf(list.exchange.request)
  const violation = listViolation(list)
  const size = features.size
  return [...features].flatMap((feature): Observation[] => {
    if (feature === 'Accept' || feature === 'stream address') return []
    const without = plain.get(keyOf(list, withoutFeature(list.query, feature)))
    const alone = isAlone(list.query, feature)
    const at = { feature, context, exchange: list.exchange.id, size, alone: alone && without !== undefined }
    if (violation === undefined) return isTelling(list, feature) ? [{ ...at, effect: 'right' }] : []
    // Another feature of the request is what goes wrong.
    if (causes.get(list.exchange.id)?.requirement !== rootOf[feature] && !alone) return []
    if (violation.kind === 'refused')
      return without === undefined || typeof without.page === 'string' ? [] : [{ ...at, effect: 'refused' }]
    if (violation.kind === 'count' && feature !== 'limit') return [{ ...at, effect: 'right' }]
    if (violation.kind === 'reversed' && feature !== 'order') return []
    if (!['records', 'count', 'reversed'].includes(violation.kind)) return []
    return [{ ...at, effect: isIgnored(list, without, feature) ? 'ignored' : 'wrong' }]
  })
}

function streamEffects(stream: StreamExchange, causes: ReadonlyMap<number, Violation>): Observation[] {
  const { features } = featuresOf(stream.exchange.request)
  const violation = streamViolation(stream)
  const exchange = stream.exchange.id
  const size = features.size
  const cause = causes.get(exchange)?.requirement
  const at = { context: 'stream' as const, exchange, size, alone: size <= 2 }
  const opening: Feature = features.has('stream address') ? 'stream address' : 'Accept'
  if (violation?.kind === 'listed') return [{ ...at, feature: opening, effect: 'ignored' }]
  if (violation?.kind === 'status' && stream.types === undefined && stream.after === undefined) {
    const refused = (stream.exchange.response?.status ?? 0) >= 400
    return refused ? [{ ...at, feature: opening, effect: 'refused' }] : []
  }
  const effects: Observation[] =
    stream.exchange.stream === undefined ? [] : [{ ...at, feature: opening, effect: 'right' }]
  const given = stream.frames.map(frameId)
  if (stream.after !== undefined) {
    const effect = effectOf(violation, cause === 'SSE-05', () => violation?.ignoresCursor === true)
    if (effect !== undefined && given.length > 0) effects.push({ ...at, feature: 'Last-Event-ID', effect })
  }
  if (stream.types !== undefined) {
    const feature = features.has('types[]') ? 'types[]' : 'type'
    const whole = expectedFrames({ ...stream, types: undefined }, stream.known)
    const effect = effectOf(
      violation,
      cause === 'SSE-06' || cause === rootOf[feature],
      () => differenceOf(whole, given.slice(0, whole.length)) === undefined,
    )
    if (effect !== undefined) effects.push({ ...at, feature, effect })
  }
  return effects
}

function effectOf(
  violation: ReturnType<typeof streamViolation>,
  isCause: boolean,
  ignored: () => boolean,
): Effect | undefined {
  if (violation === undefined) return 'right'
  if (!isCause) return undefined
  if (violation.kind === 'status') return 'refused'
  return violation.kind === 'records' ? (ignored() ? 'ignored' : 'wrong') : undefined
}

/** Whether a right answer differs from the one that is right without the feature. */
function isTelling(list: ListExchange, feature: Feature): boolean {
  if (typeof list.page === 'string') return false
  const [own] = possibleWindows(list)
  const [other] = possibleWindows({ ...list, query: withoutFeature(list.query, feature) })
  if (own === undefined || other === undefined) return own !== undefined
  return differenceOf(idsOf(other.events), idsOf(own.events)) !== undefined
}

function isIgnored(list: ListExchange, without: ListExchange | undefined, feature: Feature): boolean {
  const { page } = list
  if (typeof page === 'string') return false
  if (without !== undefined && typeof without.page !== 'string') return sameIds(page, without.page)
  const [expected] = possibleWindows({ ...list, query: withoutFeature(list.query, feature) })
  return expected !== undefined && differenceOf(idsOf(expected.events), idsOf(page.events)) === undefined
}

function sameIds(one: Page, other: Page): boolean {
  return differenceOf(idsOf(one.events), idsOf(other.events)) === undefined
}

function isAlone(query: ListQuery, feature: Feature): boolean {
  const { limit: _limit, ...rest } = withoutFeature(query, feature)
  return Object.values(rest).every((value) => value === undefined)
}

function withoutFeature(query: ListQuery, feature: Feature): ListQuery {
  const { limit, order, after, before, page, types } = query
  return {
    ...(limit === undefined || feature === 'limit' ? {} : { limit }),
    ...(order === undefined || feature === 'order' ? {} : { order }),
    ...(after === undefined || feature === 'after_id' ? {} : { after }),
    ...(before === undefined || feature === 'before_id' ? {} : { before }),
    ...(page === undefined || feature === 'page' ? {} : { page }),
    ...(types === undefined || feature === 'type' || feature === 'types[]' ? {} : { types }),
  }
}

function byRequest(lists: readonly ListExchange[]): Map<string, ListExchange> {
  const found = new Map<string, ListExchange>()
  for (const list of lists) {
    const key = keyOf(list, list.query)
    if (!found.has(key)) found.set(key, list)
  }
  return found
}

function keyOf({ thread }: ListExchange, { limit, order, after, before, page, types }: ListQuery): string {
  return JSON.stringify([
    thread.sessionId,
    thread.threadId,
    limit,
    order === 'asc' ? undefined : order,
    after,
    before,
    page?.cursor,
    types?.toSorted(),
  ])
}
