import type { RequirementId } from '../../src/contract/catalogue.ts'
import type { Fault } from '../../src/reference/faults/fault.ts'
import type { Variant } from '../../src/reference/variants/variant.ts'
import type { Affected } from './affected.ts'
import { sampleFaults, sampleVariants } from './sample.ts'

/** The faults and variants that `npm test` runs. */
export interface Selection {
  readonly faults: readonly Fault[]
  readonly variants: readonly Variant[]
  /** How many of them are not in the fixed sample, but affected by a change. */
  readonly added: number
  /** How many are affected by a change, but left out because there are too many. */
  readonly leftOut: number
}

/** The largest number of servers that are added to the sample: about a minute on two processors. */
const maxAdded = 80

/** The fixed sample, and what a change affects. */
export function selectServers(
  faults: readonly Fault[],
  variants: readonly Variant[],
  { servers, requirements }: Affected,
): Selection {
  const sample = new Set<Fault | Variant>([...sampleFaults(faults), ...sampleVariants(variants)])
  const changed = [...faults, ...variants].filter((one) => servers.has(one.name) && !sample.has(one))
  const byRequirement = inTurn([...requirements], faults).filter(
    (fault) => !sample.has(fault) && !servers.has(fault.name),
  )
  const candidates = [...changed, ...byRequirement]
  const added = candidates.slice(0, maxAdded)
  const selected = new Set([...sample, ...added])
  return {
    faults: faults.filter((one) => selected.has(one)),
    variants: variants.filter((one) => selected.has(one)),
    added: added.length,
    leftOut: candidates.length - added.length,
  }
}

/** The faults that declare any of the requirements: one of each requirement, then a second of each, and so on. */
function inTurn(requirements: readonly RequirementId[], faults: readonly Fault[]): readonly Fault[] {
  const declaring = requirements.map((id) => faults.filter(({ violates }) => violates.includes(id)))
  const longest = Math.max(0, ...declaring.map((list) => list.length))
  const turns = Array.from({ length: longest }, (_, at) => declaring.flatMap((list) => list[at] ?? []))
  return [...new Set(turns.flat())]
}
