import { acceptFaults } from './accept/index.ts'
import { authenticationFaults } from './authentication/index.ts'
import { envelopeFaults } from './envelope/index.ts'
import { errorsFaults } from './errors/index.ts'
import { eventFaults } from './event/index.ts'
import type { Fault } from './fault.ts'
import { filterFaults } from './filter/index.ts'
import { hostileInputFaults } from './hostile-input/index.ts'
import { isolationFaults } from './isolation/index.ts'
import { notFoundFaults } from './not-found/index.ts'
import { orderFaults } from './order/index.ts'
import { paginationFaults } from './pagination/index.ts'
import { streamFaults } from './stream/index.ts'

/** The whole catalogue of faults, in the order of the areas. */
export const faults: readonly Fault[] = [
  ...envelopeFaults,
  ...eventFaults,
  ...orderFaults,
  ...isolationFaults,
  ...paginationFaults,
  ...filterFaults,
  ...acceptFaults,
  ...streamFaults,
  ...authenticationFaults,
  ...notFoundFaults,
  ...errorsFaults,
  ...hostileInputFaults,
]
