import { standardAccess } from './behaviour/access.ts'
import { standardAppending } from './behaviour/appending.ts'
import { standardNegotiation } from './behaviour/negotiation.ts'
import { standardOrdering } from './behaviour/ordering.ts'
import { standardPaging } from './behaviour/paging.ts'
import { standardPresentation } from './behaviour/presentation.ts'
import { standardQueryReading } from './behaviour/query-reading.ts'
import { standardRefusal } from './behaviour/refusal.ts'
import { standardResolving } from './behaviour/resolving.ts'
import { standardStages } from './behaviour/stages.ts'
import { standardStreaming } from './behaviour/streaming.ts'
import type { Behaviour, Override } from './behaviour.ts'

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

/** The behaviour with a change. */
export function withOverride(override: Override, base: Behaviour = standardBehaviour): Behaviour {
  return { ...base, ...override(base) }
}

/** One override that applies several, each on top of the previous ones. */
export function combined(overrides: readonly Override[]): Override {
  return (base) => overrides.reduce((behaviour, override) => withOverride(override, behaviour), base)
}
