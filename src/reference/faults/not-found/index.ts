import type { Fault } from '../fault.ts'
import { deletedSessionFaults } from './deleted-sessions.ts'
import { nearIdsFaults } from './near-ids.ts'
import { pathIdsFaults } from './path-ids.ts'
import { spelledIdsFaults } from './spelled-ids.ts'

/** Servers that break a requirement of this area first. */
export const notFoundFaults: readonly Fault[] = [
  ...deletedSessionFaults,
  ...nearIdsFaults,
  ...pathIdsFaults,
  ...spelledIdsFaults,
]
