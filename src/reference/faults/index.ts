import { accessFaults } from './access-faults.ts'
import { envelopeFaults } from './envelope-faults.ts'
import { eventFaults } from './event-faults.ts'
import type { Fault } from './fault.ts'
import { negotiationFaults } from './negotiation-faults.ts'
import { orderFaults } from './order-faults.ts'
import { pagingFaults } from './paging-faults.ts'
import { streamFaults } from './stream-faults.ts'

/** The whole catalogue of faults. */
export const faults: readonly Fault[] = [
  ...envelopeFaults,
  ...eventFaults,
  ...orderFaults,
  ...accessFaults,
  ...negotiationFaults,
  ...pagingFaults,
  ...streamFaults,
]
