import type { Fault } from '../fault.ts'
import { collationFaults } from './collation.ts'
import { cursorsFaults } from './cursors.ts'
import { directionFaults } from './direction.ts'
import { keysetFaults } from './keyset.ts'
import { limitsFaults } from './limits.ts'
import { liveDeliveryFaults } from './live-delivery.ts'
import { singleLimitsFaults } from './single-limits.ts'
import { sortKeysFaults } from './sort-keys.ts'

/** Servers that break a requirement of this area first. */
export const paginationFaults: readonly Fault[] = [
  ...collationFaults,
  ...cursorsFaults,
  ...directionFaults,
  ...keysetFaults,
  ...limitsFaults,
  ...liveDeliveryFaults,
  ...singleLimitsFaults,
  ...sortKeysFaults,
]
