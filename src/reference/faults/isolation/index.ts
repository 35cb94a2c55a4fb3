import type { Fault } from '../fault.ts'
import { credentialsFaults } from './credentials.ts'
import { cursorsFaults } from './cursors.ts'
import { foreignLastEventIdFaults } from './foreign-last-event-id.ts'
import { historyFaults } from './history.ts'
import { liveDeliveryFaults } from './live-delivery.ts'
import { queryNamesThreadFaults } from './query-names-thread.ts'
import { streamLabelsFaults } from './stream-labels.ts'
import { streamScopeFaults } from './stream-scope.ts'
import { tenantsFaults } from './tenants.ts'
import { threadScopeFaults } from './thread-scope.ts'
import { typeFilterFaults } from './type-filter.ts'

/** Servers that break a requirement of this area first. */
export const isolationFaults: readonly Fault[] = [
  ...credentialsFaults,
  ...cursorsFaults,
  ...foreignLastEventIdFaults,
  ...historyFaults,
  ...liveDeliveryFaults,
  ...queryNamesThreadFaults,
  ...streamLabelsFaults,
  ...streamScopeFaults,
  ...tenantsFaults,
  ...threadScopeFaults,
  ...typeFilterFaults,
]
