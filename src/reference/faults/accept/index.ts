import type { Fault } from '../fault.ts'
import { connectionsFaults } from './connections.ts'
import { mediaRangesFaults } from './media-ranges.ts'
import { sharedStateFaults } from './shared-state.ts'
import { sideBySideFaults } from './side-by-side.ts'
import { substringMatchFaults } from './substring-match.ts'

/** Servers that break a requirement of this area first. */
export const acceptFaults: readonly Fault[] = [
  ...sharedStateFaults,
  ...sideBySideFaults,
  ...connectionsFaults,
  ...mediaRangesFaults,
  ...substringMatchFaults,
]
