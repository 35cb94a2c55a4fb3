import type { Fault } from '../fault.ts'
import { calendarFaults } from './calendar.ts'
import { directionFaults } from './direction.ts'
import { singleLimitsFaults } from './single-limits.ts'
import { sortKeysFaults } from './sort-keys.ts'
import { tiesFaults } from './ties.ts'

/** Servers that break a requirement of this area first. */
export const orderFaults: readonly Fault[] = [
  ...calendarFaults,
  ...directionFaults,
  ...singleLimitsFaults,
  ...sortKeysFaults,
  ...tiesFaults,
]
