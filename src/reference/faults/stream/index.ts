import type { Fault } from '../fault.ts'
import { arrivalFaults } from './arrivals.ts'
import { arrivalsAndHistoryFaults } from './arrivals-and-history.ts'
import { collationFaults } from './collation.ts'
import { combinationsFaults } from './combinations.ts'
import { compressionFaults } from './compression.ts'
import { framesFaults } from './frames.ts'
import { historyFaults } from './history.ts'
import { keepAlivesFaults } from './keep-alives.ts'
import { liveDeliveryFaults } from './live-delivery.ts'
import { staleListFaults } from './stale-lists.ts'
import { streamScopeFaults } from './stream-scope.ts'
import { subscriptionFaults } from './subscriptions.ts'

/** Servers that break a requirement of this area first. */
export const streamFaults: readonly Fault[] = [
  ...arrivalFaults,
  ...arrivalsAndHistoryFaults,
  ...collationFaults,
  ...combinationsFaults,
  ...compressionFaults,
  ...framesFaults,
  ...historyFaults,
  ...keepAlivesFaults,
  ...liveDeliveryFaults,
  ...staleListFaults,
  ...streamScopeFaults,
  ...subscriptionFaults,
]
