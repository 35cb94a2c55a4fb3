import { listVariants } from './list-variants.ts'
import { streamVariants } from './stream-variants.ts'
import type { Variant } from './variant.ts'

/** The whole catalogue of variants. */
export const variants: readonly Variant[] = [...listVariants, ...streamVariants]
