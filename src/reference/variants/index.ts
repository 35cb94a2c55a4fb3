import { accessVariants } from './access-variants.ts'
import { arrivalVariants } from './arrival-variants.ts'
import { eventVariants } from './event-variants.ts'
import { growthVariants } from './growth-variants.ts'
import { headerVariants } from './header-variants.ts'
import { idVariants } from './id-variants.ts'
import { jsonVariants } from './json-variants.ts'
import { listVariants } from './list-variants.ts'
import { liveVariants } from './live-variants.ts'
import { queryVariants } from './query-variants.ts'
import { refusalVariants } from './refusal-variants.ts'
import { routerVariants } from './router-variants.ts'
import { streamEncodingVariants } from './stream-encoding-variants.ts'
import { streamFlowVariants } from './stream-flow-variants.ts'
import { streamTextVariants } from './stream-text-variants.ts'
import { streamVariants } from './stream-variants.ts'
import { transportVariants } from './transport-variants.ts'
import type { Variant } from './variant.ts'

/** The whole catalogue of variants. */
export const variants: readonly Variant[] = [
  ...listVariants,
  ...jsonVariants,
  ...eventVariants,
  ...idVariants,
  ...headerVariants,
  ...transportVariants,
  ...queryVariants,
  ...refusalVariants,
  ...accessVariants,
  ...streamVariants,
  ...streamTextVariants,
  ...streamFlowVariants,
  ...growthVariants,
  ...routerVariants,
  ...streamEncodingVariants,
  ...arrivalVariants,
  ...liveVariants,
]
