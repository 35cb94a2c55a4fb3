import { accessFaults } from './access-faults.ts'
import type { Fault } from './fault.ts'
import { negotiationFaults } from './negotiation-faults.ts'
import { pagingFaults } from './paging-faults.ts'
import { streamFaults } from './stream-faults.ts'

/** Every fault, in the order in which a run of all of them shows them. */
export const faults: readonly Fault[] = [
  ...pagingFaults,
  ...accessFaults,
  ...negotiationFaults,
  ...streamFaults,
]
