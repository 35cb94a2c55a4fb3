import type { RequirementId } from '../contract/catalogue.ts'
/**
 * A promise that is judged on data that nobody wrote by hand. All properties judge the same generated questions; what
 * they find falls on the requirements that they name.
 */
export interface Property {
  readonly kind: 'property'
  readonly name: string
  readonly sentence: string
  readonly ids: readonly RequirementId[]
}
