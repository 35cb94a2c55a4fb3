import type { Capability } from '../capabilities/capabilities.ts'
import { type Feature, isOffered, rootOf } from '../capabilities/request-features.ts'
import type { RequirementId } from '../contract/catalogue.ts'
import type { Revision } from '../contract/revisions/revision.ts'
import type { ListQuery, TypeSpelling } from '../oracle/pagination/list-query.ts'
import type { TargetState } from '../targets/target-state.ts'
import { featuresOfQuery } from './query-features.ts'

/** How many requests with a feature that has no effect are made by the check that is about it. */
const enoughOfUnusable = 3

/** Which features of the route a check can use on this target, and which of those it wanted it could not. */
export class UsableFeatures {
  readonly #state: Pick<TargetState, 'capabilities'>
  readonly #revision: Revision
  readonly #unusable = new Set<Feature>()

  constructor(state: Pick<TargetState, 'capabilities'>, revision: Revision) {
    this.#state = state
    this.#revision = revision
  }

  /**
   * Whether one of the features is not in the revision, has no effect on this target, or is refused. Requests that rely
   * on it are not made, and a check without other requests is blocked by the feature's requirement.
   */
  isUnusable(...features: readonly Feature[]): boolean {
    const offered = features.filter((feature) => isOffered(feature, this.#revision))
    const unusable = offered.filter((feature) => this.#state.capabilities.some(isHopeless(feature)))
    for (const feature of unusable) this.#unusable.add(feature)
    return unusable.length > 0 || offered.length < features.length
  }

  /**
   * The queries of the revision that use no feature which has no effect on this target, apart from those that the check
   * is about. A query whose cursor is empty names an event that a short thread lacks, and is left out.
   */
  usable<Query extends ListQuery>(
    queries: readonly Query[],
    own: readonly Feature[] = [],
    spelling: TypeSpelling = 'comma',
  ): Query[] {
    let tried = 0
    return queries.filter((query) => {
      if (query.after === '' || query.before === '') return false
      const features = featuresOfQuery(query, spelling)
      const others = features.filter((feature) => !own.includes(feature))
      if (this.isUnusable(...others) || !features.every((one) => isOffered(one, this.#revision))) return false
      const hopeless = features.some((feature) => this.#state.capabilities.some(isHopeless(feature)))
      // That a feature has no effect takes a few requests to show, and not all.
      if (hopeless) tried += 1
      return !hopeless || tried <= enoughOfUnusable
    })
  }

  /** The requirements of the features that kept requests from being made. */
  get blockedBy(): RequirementId[] {
    return [...this.#unusable].map((feature) => rootOf[feature])
  }
}

function isHopeless(feature: Feature): (capability: Capability) => boolean {
  return (one) => one.feature === feature && (one.state === 'ignored' || one.state === 'refused')
}
