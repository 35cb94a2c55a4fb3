import type { Fault } from '../reference/faults/fault.ts'
import { kindOfBug } from './kinds.ts'

/**
 * By kind of bug, how well the known bug of that kind that fits best accounts for the requirements that fail: the share
 * of what it breaks by itself that fails, times the share of what fails that it can break. A kind with consequences of
 * its own thus ranks above the kinds that fail only because of it.
 */
export function kindFits(
  failed: ReadonlySet<string>,
  faults: readonly Pick<Fault, 'violates' | 'alsoAffects'>[],
): ReadonlyMap<string, number> {
  const fits = new Map<string, number>()
  for (const { violates, alsoAffects = [] } of faults) {
    if (!failed.has(violates[0])) continue
    const breakable = new Set<string>([...violates, ...alsoAffects])
    const broken = violates.filter((id) => failed.has(id)).length / violates.length
    const accounted = [...failed].filter((id) => breakable.has(id)).length / failed.size
    const kind = kindOfBug(violates[0])
    fits.set(kind, Math.max(fits.get(kind) ?? 0, broken * accounted))
  }
  return fits
}
