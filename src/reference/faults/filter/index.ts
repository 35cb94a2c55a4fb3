import type { Fault } from '../fault.ts'
import { combinationsFaults } from './combinations.ts'
import { cursorsFaults } from './cursors.ts'
import { directionFaults } from './direction.ts'
import { repeatedNamesFaults } from './repeated-names.ts'
import { singleLimitsFaults } from './single-limits.ts'
import { sortKeysFaults } from './sort-keys.ts'
import { typeFilterFaults } from './type-filter.ts'

/** Servers that break a requirement of this area first. */
export const filterFaults: readonly Fault[] = [
  ...combinationsFaults,
  ...cursorsFaults,
  ...directionFaults,
  ...repeatedNamesFaults,
  ...singleLimitsFaults,
  ...sortKeysFaults,
  ...typeFilterFaults,
]
