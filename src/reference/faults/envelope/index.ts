import type { Fault } from '../fault.ts'
import { combinationsFaults } from './combinations.ts'
import { emptyPagesFaults } from './empty-pages.ts'
import { firstAndLastIdFaults } from './first-and-last-id.ts'
import { hasMoreFaults } from './has-more.ts'
import { keysetFaults } from './keyset.ts'
import { listBodyFaults } from './list-body.ts'
import { requestHeaderFaults } from './request-headers.ts'
import { singleLimitsFaults } from './single-limits.ts'

/** Servers that break a requirement of this area first. */
export const envelopeFaults: readonly Fault[] = [
  ...requestHeaderFaults,
  ...combinationsFaults,
  ...emptyPagesFaults,
  ...firstAndLastIdFaults,
  ...hasMoreFaults,
  ...keysetFaults,
  ...listBodyFaults,
  ...singleLimitsFaults,
]
