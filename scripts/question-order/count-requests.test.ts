import { expect, test } from 'vitest'
import { revisions } from '../../src/contract/revisions/index.ts'
import { storedRequestCounts } from '../../src/doctor/stored-request-counts.ts'
import { requestsOfChecks } from './count-requests.ts'

test.for(revisions)(
  'the stored counts of revision $name are current (if not: npm run order -- count)',
  async (revision) => {
    const asked = (checks: Readonly<Record<string, readonly number[]>> = {}) =>
      Object.entries(checks)
        .map(([id, [, count]]) => `${id} ${count}`)
        .toSorted()
    const stored = storedRequestCounts[revision.name]?.checks
    expect(asked(stored)).toEqual(asked(await requestsOfChecks(revision)))
  },
)
