import { listVariants } from './list-variants.ts'
import { streamVariants } from './stream-variants.ts'
import type { Variant } from './variant.ts'

/** Every variant, in the order in which a run of all of them shows them. */
export const variants: readonly Variant[] = [...listVariants, ...streamVariants]
