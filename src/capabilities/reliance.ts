import { type RequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Finding } from '../oracle/finding.ts'
import { type Feature, rootOf } from './request-features.ts'

/**
 * Requirements that an answer keeps or breaks whatever was asked for: its media type, its fields, its events one by
 * one. Nothing that a request relies on explains their findings.
 */
const ofTheAnswer: ReadonlySet<RequirementId> = new Set<RequirementId>([
  ...(['ENV-02', 'ENV-03', 'ENV-04', 'ENV-05', 'NEG-03', 'NEG-06', 'SSE-02', 'SSE-03', 'SSE-08'] as const),
  ...(['PAG-20', 'SSE-22'] as const),
  ...(['ISO-01', 'ISO-04', 'ISO-05', 'PAG-10', 'SSE-10', 'EVT-08', 'ORD-04'] as const),
])
const areasOfTheAnswer: ReadonlySet<string> = new Set([
  'event',
  'errors',
  'authentication',
  'not-found',
  'hostile-input',
])

/** Requirements of which a leak is a finding whatever else is wrong, and no leak a pass only where features work. */
const leaks: ReadonlySet<RequirementId> = new Set<RequirementId>(['ISO-02', 'ISO-03'])

/** Requirements about a page that refuses a value of a parameter: they rely on the parameter. */
const ofLimit: ReadonlySet<string> = new Set(['PAG-09', 'PAG-10', 'PAG-15', 'PAG-25'])

/** Features that a requirement relies on although its request does not show it, as `order` in ORD-02. */
export function furtherFeatures(id: RequirementId): readonly Feature[] {
  if (ofLimit.has(id)) return ['limit']
  return id === 'ORD-02' ? ['order'] : []
}

/** Features without which nothing of a requirement can be asked. */
export function neededFeatures(id: RequirementId): readonly Feature[] {
  return needed[id] ?? []
}

const needed: Readonly<Partial<Record<RequirementId, readonly Feature[]>>> = {
  'PAG-05': ['after_id'],
  'PAG-06': ['before_id'],
  'PAG-07': ['after_id', 'before_id'],
  'PAG-08': ['after_id', 'before_id'],
  'PAG-11': ['after_id', 'before_id'],
  'PAG-14': ['after_id', 'before_id'],
  'PAG-22': ['page'],
  'PAG-23': ['page', 'after_id', 'before_id'],
  'PAG-24': ['page'],
  'FLT-02': ['type'],
  'FLT-04': ['type'],
  'FLT-05': ['type'],
  'SSE-07': ['Last-Event-ID'],
  'SSE-21': ['Last-Event-ID'],
}

/** Whether what a request relies on may explain a finding of the requirement. */
export function findingRelies(id: RequirementId, { kind }: Finding): boolean {
  if (leaks.has(id)) return kind !== 'leak'
  if (id === 'ENV-01') return kind === 'status'
  return id === 'SSE-01' || !isOfTheAnswer(id)
}

/**
 * Whether a requirement that an answer breaks may explain another requirement's finding on it.
 * @param features what the request uses
 */
export function mayExplain(
  cause: RequirementId,
  id: RequirementId,
  { kind }: Finding,
  features: ReadonlySet<Feature> = new Set(),
): boolean {
  // Another media type than that of a stream is the Accept switch's where a list was returned, and nothing else's.
  if (id === 'SSE-01' && kind !== 'status') return cause === 'NEG-01' || cause === 'SSE-20'
  // How many events a page has does not depend on their order, unless a cursor divides them.
  const isCounted = kind === 'too-few' || kind === 'too-many'
  if (isCounted && (cause === 'ORD-01' || cause === 'ORD-04'))
    return features.has('after_id') || features.has('before_id')
  // An order is wrong whatever the page was to have in it, unless a filter or a cursor is what changes it.
  return id !== 'ORD-01' || cause === 'ORD-03' || explainsOrder.has(cause)
}

const explainsOrder: ReadonlySet<RequirementId> = new Set<RequirementId>([
  ...(['ORD-02', 'FLT-01', 'FLT-02', 'FLT-03', 'FLT-05', 'PAG-03', 'PAG-04', 'ISO-02', 'EVT-02'] as const),
])

/** Whether a case without a finding counts only where the features of its requests work. */
export function passRelies(id: RequirementId): boolean {
  return leaks.has(id) || ofLimit.has(id) || !isOfTheAnswer(id)
}

function isOfTheAnswer(id: RequirementId): boolean {
  return (
    ofTheAnswer.has(id) || areasOfTheAnswer.has(requirementOf(id).area) || id === 'ENV-01' || id === 'SSE-01'
  )
}

/** Whether a feature is the requirement's own: promised by it, or by what it refines. */
export function isOwn(id: RequirementId, feature: Feature): boolean {
  return rootOf[feature] === id
}
