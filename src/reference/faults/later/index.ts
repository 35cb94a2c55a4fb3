import type { Fault } from '../fault.ts'
import { laterEventFaults } from './events.ts'
import { laterLimitFaults } from './limits.ts'
import { nextPageFaults } from './next-page.ts'
import { pageCursorFaults } from './page-cursors.ts'
import { requestIdFaults } from './request-ids.ts'
import { streamAddressFaults } from './stream-address.ts'

/** Faults of what later revisions add. They are judged by their own revision. */
export const laterFaults: readonly Fault[] = [
  ...pageCursorFaults,
  ...nextPageFaults,
  ...laterLimitFaults,
  ...requestIdFaults,
  ...streamAddressFaults,
  ...laterEventFaults,
]
