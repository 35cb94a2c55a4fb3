import { accessFaults } from './access-faults.ts'
import type { Fault } from './fault.ts'
import { negotiationFaults } from './negotiation-faults.ts'
import { pagingFaults } from './paging-faults.ts'
import { streamFaults } from './stream-faults.ts'

/** The whole catalogue of faults. */
export const faults: readonly Fault[] = [
  ...accessFaults,
  ...negotiationFaults,
  ...pagingFaults,
  ...streamFaults,
]
