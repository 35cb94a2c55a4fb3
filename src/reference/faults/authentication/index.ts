import type { Fault } from '../fault.ts'
import { credentialsFaults } from './credentials.ts'
import { tokenCompareFaults } from './token-compare.ts'

/** Servers that break a requirement of this area first. */
export const authenticationFaults: readonly Fault[] = [...credentialsFaults, ...tokenCompareFaults]
