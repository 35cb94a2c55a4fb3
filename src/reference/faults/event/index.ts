import type { Fault } from '../fault.ts'
import { collationFaults } from './collation.ts'
import { documentedFieldsFaults } from './documented-fields.ts'
import { emptyPagesFaults } from './empty-pages.ts'
import { eventFieldsFaults } from './event-fields.ts'
import { largeNumbersFaults } from './large-numbers.ts'
import { listBodyFaults } from './list-body.ts'
import { representationsFaults } from './representations.ts'
import { serialiserFaults } from './serialiser.ts'
import { textContentFaults } from './text-content.ts'
import { threadScopeFaults } from './thread-scope.ts'
import { timeZonesFaults } from './time-zones.ts'
import { timestampsFaults } from './timestamps.ts'

/** Servers that break a requirement of this area first. */
export const eventFaults: readonly Fault[] = [
  ...collationFaults,
  ...documentedFieldsFaults,
  ...emptyPagesFaults,
  ...eventFieldsFaults,
  ...largeNumbersFaults,
  ...listBodyFaults,
  ...representationsFaults,
  ...serialiserFaults,
  ...textContentFaults,
  ...threadScopeFaults,
  ...timeZonesFaults,
  ...timestampsFaults,
]
