import type { Capability, CapabilityState } from '../capabilities/capabilities.ts'
import { type Feature, isOffered, rootOf } from '../capabilities/request-features.ts'
import type { RequirementId } from '../contract/catalogue.ts'
import { isJsonObject, type JsonValue, parseJson } from '../contract/json.ts'
import { defaultRevision, revisionNamed } from '../contract/revisions/index.ts'
import type { EventReading } from '../contract/revisions/revision.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Outcome } from '../verdict/outcome.ts'
import type { Exchange } from '../wire/exchange.ts'
import { withoutRequest } from './concise-message.ts'

/** What a target does with one feature of the route. */
export interface ReportedCapability {
  readonly feature: string
  readonly state: CapabilityState | 'missing'
  readonly requirement: string
  /** The evidence, or why nothing is known. */
  readonly detail?: string
  /** The exchange that shows it. */
  readonly exchange?: number
}

/** What the feature table is made from. */
export type FeatureSource = Pick<
  RunRecord,
  'attribution' | 'outcomes' | 'exchanges' | 'evidence' | 'revision'
>

const quotedChars = 100

const ofFilters = ['SSE-06', 'FLT-02', 'FLT-04', 'FLT-05'] as const
const ofCursors = ['PAG-05', 'PAG-06', 'PAG-07', 'ORD-04', 'FLT-05', 'PAG-11'] as const

/** The requirements on special cases of a feature: what fails where its root requirement passes. */
const furtherRequirements: Readonly<Record<Feature, readonly RequirementId[]>> = {
  limit: ['PAG-10', 'PAG-09', 'PAG-01'],
  order: ['ORD-02', 'ORD-01', 'ORD-04'],
  after_id: ofCursors,
  before_id: ofCursors,
  type: ofFilters,
  'types[]': ofFilters,
  page: ['PAG-22', 'PAG-21'],
  Accept: ['NEG-02'],
  'stream address': [],
  'Last-Event-ID': ['SSE-07'],
}

/** What the target does with each feature of the route, in the order of the contract. */
export function featureTable(record: FeatureSource): ReportedCapability[] {
  const outcomes = new Map(record.outcomes.map((one) => [one.id, one]))
  const lists = listsOf(record)
  const revision = revisionNamed(record.revision ?? defaultRevision.name)
  const asked = record.attribution.capabilities
    .filter(({ feature }) => isOffered(feature, revision))
    .map((one) => requestFeature(one, record, outcomes))
  const [limit, ...others] = asked
  return [
    ...(limit === undefined ? [] : [limit]),
    ...defaultLimit(outcomes),
    ...others,
    pageField('has_more', 'more', 'ENV-05', lists, outcomes),
    ...(revision.extensions.has('page') ? [byOutcome('next_page', ['PAG-20'], outcomes)] : []),
    pageField('first_id', 'first', 'ENV-03', lists, outcomes),
    pageField('last_id', 'last', 'ENV-03', lists, outcomes),
    eventFields(lists, record.evidence.values, outcomes, revision.events),
    byOutcome('session id', ['NFD-01'], outcomes),
    byOutcome('thread id', ['NFD-02', 'NFD-03'], outcomes),
    byOutcome('credential', ['AUT-01', 'AUT-02', 'AUT-03'], outcomes),
    byOutcome('error body', ['ERR-01', 'ERR-02', 'ERR-03'], outcomes),
  ]
}

type Outcomes = ReadonlyMap<RequirementId, Outcome>

function requestFeature(
  { feature, state, exchange: id }: Capability,
  record: FeatureSource,
  outcomes: Outcomes,
): ReportedCapability {
  const requirement = rootOf[feature]
  if (state === 'wrong' && outcomes.get(requirement)?.verdict === 'pass') {
    const failing = furtherRequirements[feature]
      .map((one) => outcomes.get(one))
      .find((one) => one?.verdict === 'fail')
    return failing === undefined
      ? { feature, state: 'works', requirement }
      : byOutcome(feature, [failing.id], outcomes)
  }
  const exchange = record.exchanges.find((one) => one.id === id)
  const detail = detailOf(feature, state, exchange, record, outcomes.get(requirement))
  return {
    feature,
    state,
    requirement,
    ...(detail === undefined ? {} : { detail }),
    ...(id === undefined ? {} : { exchange: id }),
  }
}

function detailOf(
  feature: Feature,
  state: CapabilityState,
  exchange: Exchange | undefined,
  record: FeatureSource,
  outcome: Outcome | undefined,
): string | undefined {
  if (state === 'works') return undefined
  if (state === 'refused') return refusal(exchange)
  if (state === 'ignored') return ignored(feature, exchange, record)
  if (state === 'wrong') return withoutRequest(outcome?.findings[0]?.message ?? 'wrong in some cases')
  if (feature === 'Last-Event-ID' && !streams(record)) return 'needs a stream'
  return outcome?.reason === undefined || outcome.blockedBy !== undefined
    ? 'no response shows it'
    : outcome.reason
}

function streams({ attribution }: FeatureSource): boolean {
  return attribution.capabilities.some(
    ({ feature, state }) =>
      (feature === 'Accept' || feature === 'stream address') && (state === 'works' || state === 'wrong'),
  )
}

function refusal(exchange: Exchange | undefined): string {
  const { response } = exchange ?? {}
  if (response === undefined) return 'refused'
  const words = errorMessage(response.body)
  return words === undefined ? `status ${response.status}` : `${response.status} "${words}"`
}

function errorMessage(body: string): string | undefined {
  const value = parseJson(body)
  const error = isJsonObject(value) ? value.error : undefined
  const text =
    typeof error === 'string'
      ? error
      : isJsonObject(error)
        ? error.message
        : isJsonObject(value)
          ? value.message
          : undefined
  if (typeof text !== 'string' || text === '') return undefined
  return text.length <= quotedChars ? text : `${text.slice(0, quotedChars)}…`
}

function ignored(feature: Feature, exchange: Exchange | undefined, record: FeatureSource): string {
  switch (feature) {
    case 'order':
      return 'same order with and without it'
    case 'type':
    case 'types[]': {
      const types = typesIn(exchange, record)
      return types < 2 ? 'same page with and without it' : `a filter for one type returned ${types} types`
    }
    case 'Accept':
    case 'stream address': {
      const type = exchange?.response?.headers.find(([name]) => name === 'content-type')?.[1]
      return `asked for text/event-stream, got ${type?.split(';')[0] ?? 'no media type'}`
    }
    case 'Last-Event-ID':
      return 'the stream starts from the beginning with it'
    default:
      return 'same page with and without it'
  }
}

function typesIn(exchange: Exchange | undefined, { evidence }: FeatureSource): number {
  const answer = evidence.answers.find((one) => one.exchange === exchange?.id)?.answer
  if (answer?.body.kind !== 'list') return 0
  const types = (answer.body.rows ?? []).map((row) => {
    const event = evidence.values[row]
    return isJsonObject(event) ? event.type : undefined
  })
  return new Set(types).size
}

function defaultLimit(outcomes: Outcomes): ReportedCapability[] {
  const outcome = outcomes.get('PAG-01')
  if (outcome?.verdict !== 'fail') return []
  return [byOutcome('default limit', ['PAG-01'], outcomes)]
}

interface SeenList {
  readonly exchange: number
  readonly rows: readonly number[]
  readonly first: JsonValue | undefined
  readonly last: JsonValue | undefined
  readonly more: JsonValue | undefined
}

const eventsRoute = /\/sessions\/[^/?]+\/threads\/[^/?]+\/events(\?|$)/

function listsOf({ evidence, exchanges }: FeatureSource): SeenList[] {
  const ofEvents = new Set(
    exchanges.filter(({ request }) => eventsRoute.test(request.target)).map(({ id }) => id),
  )
  return evidence.answers.flatMap(({ exchange, answer: { status, body } }) =>
    ofEvents.has(exchange) && status === 200 && body.kind === 'list' && body.rows !== null
      ? [{ exchange, rows: body.rows, first: body.first, last: body.last, more: body.more }]
      : [],
  )
}

function pageField(
  feature: string,
  field: 'first' | 'last' | 'more',
  requirement: RequirementId,
  lists: readonly SeenList[],
  outcomes: Outcomes,
): ReportedCapability {
  const without = lists.filter((list) => list[field] === undefined)
  const [shown] = without
  if (shown === undefined) return byOutcome(feature, [requirement], outcomes)
  const everywhere = without.length === lists.length
  return {
    feature,
    state: everywhere ? 'missing' : 'wrong',
    requirement: 'ENV-01',
    detail: everywhere ? 'missing in every list' : `missing in ${without.length} of ${lists.length} lists`,
    exchange: shown.exchange,
  }
}

function eventFields(
  lists: readonly SeenList[],
  values: readonly JsonValue[],
  outcomes: Outcomes,
  { required, times }: EventReading,
): ReportedCapability {
  const rows = [...new Set(lists.flatMap((list) => list.rows))]
  const lacks = required.map((field) => {
    const without = rows.filter((row) => {
      const event = values[row]
      return isJsonObject(event) && event[field] === undefined
    })
    return { field, without }
  })
  const everywhere = lacks.filter(({ without }) => without.length > 0 && without.length === rows.length)
  // Events of incremental streaming may lack their time.
  const sometimes = lacks.filter(
    ({ field, without }) => without.length > 0 && without.length < rows.length && !times.includes(field),
  )
  const [first] = [...everywhere, ...sometimes]
  if (first === undefined)
    return byOutcome('event fields', ['EVT-01', 'EVT-03', 'EVT-04', 'EVT-05'], outcomes)
  const details = [
    ...(everywhere.length === 0
      ? []
      : [`${everywhere.map(({ field }) => field).join(', ')} missing in every event`]),
    ...sometimes.map(
      ({ field, without }) => `${field} missing in ${without.length} of ${rows.length} events`,
    ),
  ]
  const exchange = lists.find((list) => list.rows.some((row) => first.without.includes(row)))?.exchange
  return {
    feature: 'event fields',
    state: everywhere.length > 0 ? 'missing' : 'wrong',
    requirement: 'EVT-01',
    detail: details.join('; '),
    ...(exchange === undefined ? {} : { exchange }),
  }
}

function byOutcome(
  feature: string,
  ids: readonly [RequirementId, ...RequirementId[]],
  outcomes: Outcomes,
): ReportedCapability {
  const known = ids.flatMap((id) => outcomes.get(id) ?? [])
  const failing = known.find(({ verdict }) => verdict === 'fail')
  if (failing !== undefined) {
    const [finding] = failing.findings
    const exchange = finding?.exchanges[0]
    return {
      feature,
      state: 'wrong',
      requirement: failing.id,
      ...(finding === undefined ? {} : { detail: withoutRequest(finding.message) }),
      ...(exchange === undefined ? {} : { exchange }),
    }
  }
  const [first] = known
  if (known.some(({ verdict }) => verdict === 'pass')) return { feature, state: 'works', requirement: ids[0] }
  return {
    feature,
    state: 'unknown',
    requirement: ids[0],
    detail: first?.reason ?? (first?.verdict === 'not-run' ? 'not requested' : 'no response shows it'),
  }
}
