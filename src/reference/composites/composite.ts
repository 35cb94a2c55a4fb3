import type { RequirementId } from '../../contract/catalogue.ts'
import type { Override } from '../behaviour.ts'
import type { World } from '../world/world.ts'

/** The features of the route that a request, or the reading of its answer, can rely on. */
export const features = [
  'limit',
  'order',
  'after_id',
  'before_id',
  'type',
  'types[]',
  'Accept',
  'Last-Event-ID',
  'path ids',
  'credential',
  'list envelope',
  'error envelope',
  'event fields',
  'stream framing',
] as const
export type ComposedFeature = (typeof features)[number]

/** A root cause that a report must name: what became of a feature, or the requirement that fails. */
export type Cause =
  | { readonly feature: ComposedFeature; readonly state: 'ignored' | 'refused' | 'wrong' }
  | { readonly requirement: RequirementId }

/** A requirement that cannot be judged, and the requirement that has to be met first. */
export interface Blocked {
  readonly id: RequirementId
  readonly by: RequirementId
}

/** A server with several bugs, and what a run must find. */
export interface Composite {
  /** In kebab case. */
  readonly name: string
  /** What this server does wrong, in one sentence. */
  readonly sentence: string
  /** Applied to the standard behaviour in this order. */
  readonly overrides: readonly Override[]
  /** What it holds; without it, the default world. */
  readonly world?: () => World
  /** Whether it has the control protocol; default true. */
  readonly control?: boolean
  readonly mustFail: readonly RequirementId[]
  /** May fail or be blocked: consequences that today's checks may or may not reach. Nothing else may fail. */
  readonly mayFail: readonly RequirementId[]
  /** Must be inconclusive, blocked by this requirement. */
  readonly blocked: readonly Blocked[]
  /** Must be named as root causes. */
  readonly causes: readonly Cause[]
}
