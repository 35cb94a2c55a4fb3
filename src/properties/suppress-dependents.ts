import { type RequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Property } from './property.ts'

/** Areas of which each stands on the others: one wrong list is a wrong order, a wrong page and a wrong replay. */
const data: ReadonlySet<string> = new Set([
  'envelope',
  'event',
  'order',
  'isolation',
  'pagination',
  'filter',
  'stream',
])

/**
 * Whether what generated data shows may be the fault that checks found already: one of the same property, or, for what
 * is about data, any MUST that is about data.
 * @param broken the requirements that the checks found broken by themselves
 */
export function isDependentFailure(
  requirement: RequirementId,
  { ids }: Pick<Property, 'ids'>,
  broken: ReadonlySet<RequirementId>,
): boolean {
  if (ids.some((id) => broken.has(id))) return true
  return (
    isAboutData(requirement) &&
    [...broken].some((id) => isAboutData(id) && requirementOf(id).level === 'MUST')
  )
}

function isAboutData(id: RequirementId): boolean {
  return data.has(requirementOf(id).area) || id === 'INP-03'
}
