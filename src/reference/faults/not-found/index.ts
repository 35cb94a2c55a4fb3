import type { Fault } from '../fault.ts'
import { pathIdsFaults } from './path-ids.ts'

/** Servers that break a requirement of this area first. */
export const notFoundFaults: readonly Fault[] = [...pathIdsFaults]
