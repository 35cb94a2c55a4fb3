import type { Fault } from '../fault.ts'
import { errorBodyFaults } from './error-body.ts'
import { pathIdsFaults } from './path-ids.ts'

/** Servers that break a requirement of this area first. */
export const errorsFaults: readonly Fault[] = [...errorBodyFaults, ...pathIdsFaults]
