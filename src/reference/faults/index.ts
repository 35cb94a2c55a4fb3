import { acceptFaults } from './accept-faults.ts'
import { accessFaults } from './access-faults.ts'
import { calendarFaults } from './calendar-faults.ts'
import { collationFaults } from './collation-faults.ts'
import { combinationFaults } from './combination-faults.ts'
import { cursorFaults } from './cursor-faults.ts'
import { directionFaults } from './direction-faults.ts'
import { emptyPageFaults } from './empty-page-faults.ts'
import { envelopeFaults } from './envelope-faults.ts'
import { errorFaults } from './error-faults.ts'
import { eventFaults } from './event-faults.ts'
import type { Fault } from './fault.ts'
import { filterFaults } from './filter-faults.ts'
import { frameFaults } from './frame-faults.ts'
import { hasMoreFaults } from './has-more-faults.ts'
import { inputFaults } from './input-faults.ts'
import { isolationFaults } from './isolation-faults.ts'
import { limitFaults } from './limit-faults.ts'
import { liveFaults } from './live-faults.ts'
import { negotiationFaults } from './negotiation-faults.ts'
import { notFoundFaults } from './not-found-faults.ts'
import { orderFaults } from './order-faults.ts'
import { pageEndsFaults } from './page-ends-faults.ts'
import { pagingFaults } from './paging-faults.ts'
import { rareFaults } from './rare-faults.ts'
import { replayFaults } from './replay-faults.ts'
import { samenessFaults } from './sameness-faults.ts'
import { serialiserFaults } from './serialiser-faults.ts'
import { streamFaults } from './stream-faults.ts'
import { streamLeakFaults } from './stream-leak-faults.ts'
import { tenantFaults } from './tenant-faults.ts'
import { tieFaults } from './tie-faults.ts'
import { timestampFaults } from './timestamp-faults.ts'
import { tokenFaults } from './token-faults.ts'
import { wordingFaults } from './wording-faults.ts'

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
  ...liveFaults,
  ...collationFaults,
  ...calendarFaults,
  ...combinationFaults,
  ...wordingFaults,
  ...serialiserFaults,
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
  ...directionFaults,
  ...emptyPageFaults,
  ...hasMoreFaults,
  ...pageEndsFaults,
  ...samenessFaults,
  ...streamLeakFaults,
  ...tenantFaults,
  ...tieFaults,
  ...timestampFaults,
]
