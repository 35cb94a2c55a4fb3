import type { Fault } from '../fault.ts'
import { credentialsFaults } from './credentials.ts'
import { nearTokensFaults } from './near-tokens.ts'
import { tokenCompareFaults } from './token-compare.ts'
import { trustedRequestsFaults } from './trusted-requests.ts'

/** Servers that break a requirement of this area first. */
export const authenticationFaults: readonly Fault[] = [
  ...credentialsFaults,
  ...nearTokensFaults,
  ...tokenCompareFaults,
  ...trustedRequestsFaults,
]
