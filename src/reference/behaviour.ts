import { type Access, standardAccess } from './behaviour/access.ts'
import { type Appending, standardAppending } from './behaviour/appending.ts'
import { type Negotiation, standardNegotiation } from './behaviour/negotiation.ts'
import { type Ordering, standardOrdering } from './behaviour/ordering.ts'
import { type Paging, standardPaging } from './behaviour/paging.ts'
import { type Presentation, standardPresentation } from './behaviour/presentation.ts'
import { type QueryReading, standardQueryReading } from './behaviour/query-reading.ts'
import { type Refusal, standardRefusal } from './behaviour/refusal.ts'
import { type Resolving, standardResolving } from './behaviour/resolving.ts'
import { type Stages, standardStages } from './behaviour/stages.ts'
import { type Streaming, standardStreaming } from './behaviour/streaming.ts'

/**
 * Everything that the server does, as small steps that can each be replaced.
 * A step reaches the others through `call.behaviour`, so a replaced one is used wherever it is needed.
 */
export interface Behaviour
  extends Stages,
    Access,
    Resolving,
    Negotiation,
    QueryReading,
    Ordering,
    Paging,
    Presentation,
    Refusal,
    Streaming,
    Appending {}

/** The behaviour that the contract asks for. */
export const standardBehaviour: Behaviour = {
  ...standardStages,
  ...standardAccess,
  ...standardResolving,
  ...standardNegotiation,
  ...standardQueryReading,
  ...standardOrdering,
  ...standardPaging,
  ...standardPresentation,
  ...standardRefusal,
  ...standardStreaming,
  ...standardAppending,
}

/** One change: which steps are replaced, and by what. `base` is the behaviour without the change. */
export type Override = (base: Behaviour) => Partial<Behaviour>

/** The former name of {@link Override}. */

/** The behaviour with a change. */
export function altered(override: Override, base: Behaviour = standardBehaviour): Behaviour {
  return { ...base, ...override(base) }
}

/** One override that applies several, each to the behaviour that the ones before it left. */
export function combined(overrides: readonly Override[]): Override {
  return (base) => overrides.reduce((behaviour, override) => altered(override, behaviour), base)
}
