import { acceptFaults } from './accept-faults.ts'
import { accessFaults } from './access-faults.ts'
import { cursorFaults } from './cursor-faults.ts'
import { envelopeFaults } from './envelope-faults.ts'
import { errorFaults } from './error-faults.ts'
import { eventFaults } from './event-faults.ts'
import type { Fault } from './fault.ts'
import { filterFaults } from './filter-faults.ts'
import { frameFaults } from './frame-faults.ts'
import { inputFaults } from './input-faults.ts'
import { isolationFaults } from './isolation-faults.ts'
import { limitFaults } from './limit-faults.ts'
import { negotiationFaults } from './negotiation-faults.ts'
import { notFoundFaults } from './not-found-faults.ts'
import { orderFaults } from './order-faults.ts'
import { pagingFaults } from './paging-faults.ts'
import { rareFaults } from './rare-faults.ts'
import { replayFaults } from './replay-faults.ts'
import { streamFaults } from './stream-faults.ts'
import { tokenFaults } from './token-faults.ts'

/** The whole catalogue of faults. */
export const faults: readonly Fault[] = [
  ...envelopeFaults,
  ...eventFaults,
  ...orderFaults,
  ...accessFaults,
  ...negotiationFaults,
  ...pagingFaults,
  ...cursorFaults,
  ...limitFaults,
  ...filterFaults,
  ...errorFaults,
  ...inputFaults,
  ...notFoundFaults,
  ...tokenFaults,
  ...acceptFaults,
  ...replayFaults,
  ...frameFaults,
  ...isolationFaults,
  ...rareFaults,
  ...streamFaults,
]
